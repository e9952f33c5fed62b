package dev.tandem.settings;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The key, 32 bytes, under which the ledger encrypts snapshots (AES-256-GCM) and hashes contents. Never printed. */
public final class PayloadKey {
    static final int LENGTH = 32;

    private final byte[] bytes;

    private PayloadKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Empty if the text is not base64 of exactly 32 bytes. */
    static Optional<PayloadKey> ofBase64(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            return decoded.length == LENGTH ? Optional.of(new PayloadKey(decoded)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static PayloadKey random() {
        byte[] fresh = new byte[LENGTH];
        new SecureRandom().nextBytes(fresh);
        return new PayloadKey(fresh);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PayloadKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
