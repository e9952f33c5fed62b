package dev.tandem.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * The ids that we may choose ourselves: UUID version 5 (RFC 9562) in Tandem's own namespace, so that a repeat, even by a
 * new ledger, collides instead of doubling (protocol 8).
 */
public final class NameBasedId {
    private static final UUID NAMESPACE = UUID.fromString("c32e6c66-7005-4381-9569-52e3cfff802c");

    private NameBasedId() {}

    /**
     * The id for a name, in lower case.
     *
     * @param parts of the name, joined by one line feed each; an absent one is given as empty
     */
    public static String of(String... parts) {
        return of(List.of(parts));
    }

    static String of(List<String> parts) {
        byte[] name = String.join("\n", parts).getBytes(UTF_8);
        byte[] hash = sha1(ByteBuffer.allocate(16 + name.length)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .put(name)
                .array());
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        ByteBuffer bits = ByteBuffer.wrap(hash);
        return new UUID(bits.getLong(), bits.getLong()).toString();
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
