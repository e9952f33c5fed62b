package dev.tandem.outcome;

/**
 * Why one effect, or the reading of one record, did not succeed. The ledger decides by the type what follows: try again,
 * find out, wait, or park.
 */
public abstract sealed class Setback extends RuntimeException
        permits NotSent, AnswerLost, Refused, Unmappable, Waits, Planned {
    private final String code;

    /**
     * @param code a stable, lower-case code such as {@code http-503} or {@code unmapped-code}
     * @param words one sentence for people; no personal data
     */
    Setback(String code, String words) {
        super(words, null, false, false);
        this.code = code;
    }

    /** The stable code, fit for a metric's label and for {@code dead-letters retry --reason}. */
    public String code() {
        return code;
    }
}
