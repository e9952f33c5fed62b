package dev.tandem.ledger.effects;

import java.util.Locale;

/** What may end the parking of an effect. */
public enum ParkedFor {
    /** A change of what was mapped, at the source or the target. */
    INPUT,
    /** The same, or a new version of the mappings. */
    MAPPING,
    /** Only a person: it may have arrived, and sending it again would double it. */
    PERSON;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ParkedFor of(String column) {
        return column == null ? null : valueOf(column.toUpperCase(Locale.ROOT));
    }
}
