package dev.tandem.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures as the Standard Webhooks specification makes them: {@code v1,} and the base64 of the HMAC-SHA256 of {@code
 * id.timestamp.body}, several separated by spaces while a sender rotates its secret.
 */
final class SigningSecrets {
    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final int MOST_SIGNATURES = 10;

    private final List<SecretKeySpec> keys;

    /** @param secrets {@code whsec_} and the key in base64 */
    SigningSecrets(Collection<String> secrets) {
        keys = secrets.stream()
                .map(secret -> new SecretKeySpec(key(secret), "HmacSHA256"))
                .toList();
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    }

    /** Whether any of the signatures was made with any of the secrets. */
    boolean made(String signatures, String id, String timestamp, byte[] body) {
        boolean made = false;
        for (SecretKeySpec key : keys) {
            byte[] expected = sign(key, id, timestamp, body);
            String[] given = signatures.split(" ", MOST_SIGNATURES + 1);
            for (int i = 0; i < Math.min(given.length, MOST_SIGNATURES); i++) {
                made |= given[i].startsWith(VERSION)
                        && MessageDigest.isEqual(
                                expected, given[i].substring(VERSION.length()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return made;
    }

    private static byte[] sign(SecretKeySpec key, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
