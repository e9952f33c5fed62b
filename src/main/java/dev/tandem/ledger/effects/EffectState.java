package dev.tandem.ledger.effects;

import java.util.Locale;

/** The state of an effect (protocol 1). */
public enum EffectState {
    /** To be sent, now or at its next moment. */
    OWED,
    /** Something must come first. */
    WAITING,
    /** Committed before the call; the call may be under way. */
    INTENDED,
    /** The answer was lost: it may have taken effect. */
    UNKNOWN,
    /** The target has it. */
    CONFIRMED,
    /** A person, an edit or a change at the source must come first. */
    PARKED,
    /** Older than this ledger: listed, not sent by itself. */
    BASELINE,
    /** A person decided that it shall not be sent. */
    DISCARDED;

    /** Whether the item cannot settle while an effect of it is in this state. */
    public boolean open() {
        return this == OWED || this == INTENDED || this == UNKNOWN;
    }

    /** Whether a call was intended whose outcome nobody knows yet. */
    public boolean outcomeOpen() {
        return this == INTENDED || this == UNKNOWN;
    }

    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EffectState of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
