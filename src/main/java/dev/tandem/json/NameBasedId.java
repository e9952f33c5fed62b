package dev.tandem.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;

/**
 * The ids that we may choose: UUIDs of version 5 (RFC 9562) in one fixed namespace, so that a repeat, even by a new ledger,
 * collides instead of doubling (protocol 8).
 *
 * <p>Parts are taken exactly as OSCaR sent them, but for {@code uuid}, which is put in lower case. An absent part is the
 * empty text. Ids are written in lower case.
 */
public final class NameBasedId {
    private static final UUID NAMESPACE = UUID.fromString("c32e6c66-7005-4381-9569-52e3cfff802c");

    private NameBasedId() {}

    /** The id of a Primero case made for an OSCaR client. */
    public static String ofCase(String globalId) {
        return of("primero-case", globalId);
    }

    /**
     * The id of a service row made for a referral of OSCaR's.
     *
     * @param referralId in plain decimal
     * @param uuid of the service in OSCaR's catalogue; blank: {@code name} stands in
     */
    public static String ofReferralRow(String globalId, String ngo, String referralId, String uuid, String name) {
        return of("primero-referral", globalId, ngo, referralId, uuidOrName(uuid, name));
    }

    /** The id of a service row made for an enrolment in a programme; a blank {@code uuid}: {@code name} stands in. */
    public static String ofProgramRow(String globalId, String ngo, String programName, String uuid, String name) {
        return of("primero-program", globalId, ngo, programName, uuidOrName(uuid, name));
    }

    private static String uuidOrName(String uuid, String name) {
        return Fields.isBlank(uuid) ? name : uuid.toLowerCase(Locale.ROOT);
    }

    /** The id for a name of these parts, exactly as they are; an absent one counts as empty. */
    public static String of(String... parts) {
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            if (name.length() > 0) {
                name.append('\n');
            }
            name.append(part == null ? "" : part);
        }
        ByteBuffer input = ByteBuffer.wrap(sha1(name.toString()));
        long most = (input.getLong() & ~0xF000L) | 0x5000L;
        long least = (input.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }

    private static byte[] sha1(String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            return sha1.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
