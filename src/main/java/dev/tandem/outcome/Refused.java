package dev.tandem.outcome;

import java.util.List;

/** The system answered with a refusal that a repeat would not change: 4xx, or a success that did nothing. */
public final class Refused extends Setback {
    private final int status;
    private final transient List<String> fields;

    /**
     * @param status the HTTP status
     * @param fields the names of the fields that the system complained of, as far as it named any: keys only, never values
     */
    public Refused(String code, String words, int status, List<String> fields) {
        super(code, words);
        this.status = status;
        this.fields = List.copyOf(fields);
    }

    public int status() {
        return status;
    }

    public List<String> fields() {
        return fields;
    }
}
