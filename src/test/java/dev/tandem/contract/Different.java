package dev.tandem.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** A clause does not hold. What was seen names statuses, keys, counts and the suite's own values only. */
public final class Different extends RuntimeException {
    private final String said;
    private final String seen;

    public Different(String said, String seen) {
        super("the contract says: " + said + "; seen: " + seen);
        this.said = said;
        this.seen = seen;
    }

    /** Compares by text, so that a JSON value equals what it would be written as. */
    public static void unlessSame(String what, Object said, Object seen) {
        if (!text(said).equals(text(seen))) {
            throw new Different(what + " " + text(said), what + " " + text(seen));
        }
    }

    public static void unless(String said, boolean holds) {
        if (!holds) {
            throw new Different(said, "not so");
        }
    }

    private static String text(Object value) {
        return value instanceof JsonNode node && node.isValueNode() ? node.asText() : String.valueOf(value);
    }

    String said() {
        return said;
    }

    String seen() {
        return seen;
    }
}
