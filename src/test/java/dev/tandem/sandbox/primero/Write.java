package dev.tandem.sandbox.primero;

import java.time.Instant;
import java.util.Set;

/**
 * One save of a case.
 *
 * @param changed the names of the top-level fields whose values changed; empty for a save without effect
 */
public record Write(String caseId, Instant at, Kind kind, String user, Set<String> changed) {
    /** Why it was saved. */
    public enum Kind {
        CREATE,
        UPDATE,
        REFERRAL,
        BACKGROUND
    }

    public boolean hadEffect() {
        return kind == Kind.CREATE || !changed.isEmpty();
    }
}
