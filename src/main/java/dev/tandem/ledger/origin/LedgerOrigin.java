package dev.tandem.ledger.origin;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/**
 * How a ledger was made (protocol 8).
 *
 * @param mode {@code since}, {@code adopt} or {@code recover}
 * @param responsibleSince what is older is baseline; none if all of it is ours
 * @param restoredAt when it was last put back from a backup, if it was: what was sent since the backup was made is unknown to it
 */
public record LedgerOrigin(
        String mode,
        Optional<Instant> responsibleSince,
        @ColumnName("born_at") Instant initialisedAt,
        Optional<Instant> restoredAt) {
    /** The command that made it. */
    public String words() {
        return "init --" + mode
                + (mode.equals("since")
                        ? responsibleSince.map(since -> " " + since).orElse("")
                        : "");
    }
}
