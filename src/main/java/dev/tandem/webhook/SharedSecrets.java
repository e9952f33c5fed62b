package dev.tandem.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;

/** The secrets that a caller may show: two while they are rotated. How long a comparison takes says nothing of them. */
final class SharedSecrets {
    private final List<byte[]> digests;

    SharedSecrets(Collection<String> secrets) {
        digests = secrets.stream()
                .map(secret -> digest(secret.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    boolean include(byte[] shown) {
        byte[] digest = digest(shown);
        boolean included = false;
        for (byte[] known : digests) {
            included |= MessageDigest.isEqual(known, digest);
        }
        return included;
    }

    /** Of one length whatever was shown: a plain comparison would tell how long the secret is. */
    private static byte[] digest(byte[] shown) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(shown);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
