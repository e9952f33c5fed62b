package dev.tandem.ledger.effects;

/**
 * Calls to a system that succeed or fail together, such as {@code new referral to cif}.
 *
 * @param system that is called
 * @param words what they are, to be read after "every"; codes only
 */
public record CallKind(String system, String words) {
    static final String CONDITION = "held:";
    private static final int LONGEST = 250;

    public CallKind {
        words = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }

    public String key() {
        return system + ":" + words;
    }

    /** What an effect of this kind waits for while it is held. */
    public String condition() {
        return CONDITION + key();
    }
}
