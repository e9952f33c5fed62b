package dev.tandem.ledger.effects;

import java.time.Duration;
import java.util.Optional;

/**
 * On what terms a call is intended.
 *
 * @param deadline the longest the call can take in all, from now to its last byte
 * @param repeatable whether the target can be asked, or the call repeated, after a lost answer
 * @param onlyIfChanged whether what is confirmed is not sent again while it is made of the same input
 * @param kindOfCall with which others it is held if the system fails them all; none if it stands alone
 * @param after the flow whose open items of linked records, and whose first full read, come first
 */
public record Terms(
        Duration deadline,
        boolean repeatable,
        boolean onlyIfChanged,
        Optional<String> after,
        Optional<CallKind> kindOfCall) {
    public Terms(Duration deadline, boolean repeatable, Optional<String> after) {
        this(deadline, repeatable, false, after, Optional.empty());
    }

    public Terms ofKind(CallKind kind) {
        return new Terms(deadline, repeatable, onlyIfChanged, after, Optional.of(kind));
    }
}
