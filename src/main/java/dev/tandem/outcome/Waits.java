package dev.tandem.outcome;

/** Something must come first; the effect waits for it (protocol 4). */
public final class Waits extends Setback {
    private final String condition;

    /** @param condition what is waited for, in the ledger's own form, such as {@code feed:cif:<external id>} */
    public Waits(String condition, String words) {
        super("waits", words);
        this.condition = condition;
    }

    public String condition() {
        return condition;
    }
}
