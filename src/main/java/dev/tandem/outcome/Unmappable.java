package dev.tandem.outcome;

/**
 * A mapping cannot be done for this record: a code that is in no list, a date that is none. Parked until the value changes
 * at its source or a new version of the mappings comes into force (protocol 4).
 */
public final class Unmappable extends Setback {
    private final String field;
    private final String offendingValue;

    /**
     * @param field the name of the field that could not be mapped
     * @param words one sentence; names the value only if it looks like a code
     * @param offendingValue the value itself, to be hashed by the ledger and never shown
     */
    public Unmappable(String code, String field, String words, String offendingValue) {
        super(code, words);
        this.field = field;
        this.offendingValue = offendingValue;
    }

    public String field() {
        return field;
    }

    /** May be personal: it is only ever hashed. */
    public String offendingValue() {
        return offendingValue;
    }
}
