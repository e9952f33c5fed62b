package dev.tandem.oscar.entries;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why an entry parks, waits or comes to nothing.
 *
 * @param code stable, such as {@code no-match}
 * @param field the field that it is about
 * @param words one sentence without personal data
 * @param offendingValue what has to change for another try; only ever hashed
 * @param waitsFor the effect in the ledger's form, {@code effect:<flow>:<case>:<key>}; null if it does not wait
 */
record EntryReason(
        String code,
        String field,
        String words,
        String offendingValue,
        @JsonProperty("for") String waitsFor) {
    static EntryReason of(String code, String field, String words, String offendingValue) {
        return new EntryReason(code, field, words, offendingValue, null);
    }

    /** Without the offending value, which may be personal. */
    @Override
    public String toString() {
        return "EntryReason[" + code + "]";
    }
}
