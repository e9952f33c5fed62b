package dev.tandem.ledger.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * What the ledger's columns take of a text from outside: asked before a call is intended, so that no value can make the ledger fail
 * after it. Identities that are too long are kept by a hash, words are cut, and what must be kept whole parks its effect.
 */
public final class Storable {
    public static final int RECORD = 200;
    public static final int NAME = 200;
    public static final int KEY = 400;
    public static final int SHOWS = 100;
    public static final int CONDITION = 700;
    public static final int CODE = 60;
    public static final int WORDS = 600;

    private static final int KIND = 20;
    private static final int CONFIRMED = 400;
    private static final int FACTS = 2000;
    private static final int HASH_BYTES = 16;
    private static final char REPLACEMENT = '\uFFFD';

    private Storable() {}

    /** Makes each text that any statement binds one that both databases take. */
    public static void prepare(Jdbi jdbi) {
        jdbi.registerArgument(new Texts());
        jdbi.registerArrayType(String.class, "varchar", Storable::clean);
    }

    /** PostgreSQL takes no NUL, and neither database half of a surrogate pair. */
    private static final class Texts extends AbstractArgumentFactory<String> {
        Texts() {
            super(java.sql.Types.VARCHAR);
        }

        @Override
        protected Argument build(String value, ConfigRegistry config) {
            String clean = clean(value);
            return (position, statement, context) -> statement.setString(position, clean);
        }
    }

    static String clean(String value) {
        if (value == null || !isUnclean(value)) {
            return value;
        }
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints().forEach(point -> clean.appendCodePoint(isStorable(point) ? point : REPLACEMENT));
        return clean.toString();
    }

    private static boolean isUnclean(String value) {
        return value.codePoints().anyMatch(point -> !isStorable(point));
    }

    private static boolean isStorable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }

    /** The value itself, or if it is too long or cannot be stored as it is, its beginning and a hash of all of it. */
    public static String identity(String value, int most) {
        if (value.length() <= most && !isUnclean(value)) {
            return value;
        }
        String hash = "~" + hash(value);
        return words(value, most - hash.length()) + hash;
    }

    public static Optional<String> identity(Optional<String> value, int most) {
        return value.map(text -> identity(text, most));
    }

    private static String hash(String value) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_16));
            return HexFormat.of().formatHex(all, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As much of it as there is room for; never half of a character. */
    public static String words(String value, int most) {
        if (value == null) {
            return null;
        }
        if (value.length() <= most) {
            return clean(value);
        }
        return clean(value.substring(0, Character.isHighSurrogate(value.charAt(most - 1)) ? most - 1 : most));
    }

    /** What of an effect cannot be kept as it is, in words that do not quote it; none if all can. */
    public static Optional<String> fault(
            String key, String kind, Optional<String> confirmedValue, Optional<String> facts) {
        return fault("its key", key, KEY)
                .or(() -> fault("its kind", kind, KIND))
                .or(() -> confirmedValue.flatMap(value -> fault("what is confirmed of it (said)", value, CONFIRMED)))
                .or(() -> facts.flatMap(value -> fault("what is remembered of it (facts)", value, FACTS)));
    }

    private static Optional<String> fault(String what, String value, int most) {
        if (value.length() > most) {
            return Optional.of(what + " has " + value.length() + " characters, and the ledger keeps " + most
                    + ": correct the value at its source, or the mapping");
        }
        return isUnclean(value)
                ? Optional.of(what + " has a character that no database keeps: correct the value at its source")
                : Optional.empty();
    }

    public static String kind(String kind) {
        return words(kind, KIND);
    }
}
