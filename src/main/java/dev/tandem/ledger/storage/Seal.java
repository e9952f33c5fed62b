package dev.tandem.ledger.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What makes content unreadable to whoever reads the database: AES-256-GCM for payloads, HMAC-SHA-256 for fingerprints. Both
 * carry the id of their key, so that a key can be changed while the one before is still known.
 */
public final class Seal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Where a payload is kept: the row of this table for this record. */
    public static String place(String table, String flow, String record) {
        return String.join("\n", table, Storable.clean(flow), Storable.clean(record));
    }

    /** A payload as it lies in the database. */
    public record Sealed(String keyId, byte[] bytes) {}

    private record Keys(SecretKeySpec payload, SecretKeySpec fingerprint) {}

    private final Map<String, Keys> keys = new LinkedHashMap<>();
    private final String current;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param key 32 bytes
     * @param previous the key before, while keys are rotated
     */
    public Seal(byte[] key, Optional<byte[]> previous) {
        current = add(key);
        previous.ifPresent(this::add);
    }

    /** A keyed hash that tells equal from different and nothing else: {@code <key id>:<base64>}. */
    public String fingerprint(byte[] content) {
        return fingerprint(current, content);
    }

    /** Whether this is the fingerprint of that content; false for an unknown key, which means: compare with the target. */
    public boolean matches(String fingerprint, byte[] content) {
        if (fingerprint == null) {
            return false;
        }
        String keyId = fingerprint.substring(0, Math.max(0, fingerprint.indexOf(':')));
        return keys.containsKey(keyId)
                && MessageDigest.isEqual(
                        fingerprint.getBytes(StandardCharsets.US_ASCII),
                        fingerprint(keyId, content).getBytes(StandardCharsets.US_ASCII));
    }

    /** The id of the key that is in use. */
    public String currentKeyId() {
        return current;
    }

    /** The ids of the keys that are known. */
    public Set<String> keyIds() {
        return Set.copyOf(keys.keySet());
    }

    /** @param place where it is kept; nobody who can write to the database can give it to another record */
    public Sealed seal(byte[] payload, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(current).payload(), nonce, payload, place)
                .orElseThrow();
        return new Sealed(
                current,
                ByteBuffer.allocate(nonce.length + cipher.length)
                        .put(nonce)
                        .put(cipher)
                        .array());
    }

    /**
     * The payload, or none if its key is no longer known.
     *
     * @throws IllegalStateException if it was changed, or sealed for another place
     */
    public Optional<byte[]> open(Sealed sealed, String place) {
        return Optional.ofNullable(keys.get(sealed.keyId())).map(known -> {
            byte[] nonce = Arrays.copyOf(sealed.bytes(), NONCE_BYTES);
            byte[] cipher = Arrays.copyOfRange(sealed.bytes(), NONCE_BYTES, sealed.bytes().length);
            // Rows of earlier releases are bound to no place.
            return Stream.of(place, "")
                    .flatMap(bound -> cipher(Cipher.DECRYPT_MODE, known.payload(), nonce, cipher, bound).stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "a payload of the ledger cannot be read: it was changed, or belongs to another record"));
        });
    }

    private String fingerprint(String keyId, byte[] content) {
        byte[] mac = mac(keys.get(keyId).fingerprint(), content);
        return keyId + ":" + Base64.getEncoder().withoutPadding().encodeToString(mac);
    }

    private String add(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("a payload key has 32 bytes");
        }
        SecretKeySpec root = new SecretKeySpec(key, "HmacSHA256");
        String id = HexFormat.of().formatHex(mac(root, "id".getBytes(StandardCharsets.US_ASCII)), 0, 4);
        keys.put(
                id,
                new Keys(
                        new SecretKeySpec(mac(root, "payload".getBytes(StandardCharsets.US_ASCII)), "AES"),
                        new SecretKeySpec(mac(root, "fingerprint".getBytes(StandardCharsets.US_ASCII)), "HmacSHA256")));
        return id;
    }

    private static byte[] mac(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    /** Empty if the input was not sealed with this key for this place. */
    private static Optional<byte[]> cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] input, String place) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(input));
        } catch (AEADBadTagException changed) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }
}
