package dev.tandem.ledger.sweeps;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What is known of the reading of one source.
 *
 * @param failed the last one that ended early, also if a complete one came after it
 */
public record SweepCursor(
        String source,
        Optional<String> watermark,
        Optional<Instant> lastBegan,
        Optional<Instant> lastCompleteBegan,
        Optional<Instant> lastComplete,
        Optional<Instant> lastFullBegan,
        Optional<Instant> lastFull,
        Optional<Instant> firstFull,
        long fullSweeps,
        boolean underWay,
        Optional<OwedSweep> owed,
        Optional<FailedSweep> failed) {

    /** Whether a sweep has begun since that moment; of full ones, one that was completed or still is owed. */
    boolean serves(Instant moment, boolean full) {
        boolean since = lastBegan.filter(began -> !began.isBefore(moment)).isPresent();
        return full
                ? lastFullBegan.filter(began -> !began.isBefore(moment)).isPresent()
                        || (since && owed.filter(OwedSweep::full).isPresent())
                : since;
    }

    /** What is owed although nobody reads it now, or that was cut short before. */
    public Optional<OwedSweep> missing() {
        return owed.filter(sweep -> !underWay || sweep.cutShort() > 0);
    }

    static SweepCursor of(ResultSet row, Instant now) throws SQLException {
        return new SweepCursor(
                row.getString("source"),
                Optional.ofNullable(row.getString("watermark")),
                instant(row, "last_began_at"),
                instant(row, "last_complete_began_at"),
                instant(row, "last_complete_at"),
                instant(row, "last_full_began_at"),
                instant(row, "last_full_at"),
                instant(row, "first_full_at"),
                row.getLong("full_sweeps"),
                instant(row, "leased_until").filter(until -> until.isAfter(now)).isPresent(),
                owed(row),
                failed(row));
    }

    private static Optional<OwedSweep> owed(ResultSet row) throws SQLException {
        Optional<Instant> since = instant(row, "owed_since");
        return since.isEmpty()
                ? Optional.empty()
                : Optional.of(new OwedSweep(
                        since.get(),
                        row.getBoolean("full_wanted"),
                        row.getInt("cut_short"),
                        Optional.ofNullable(row.getString("cut_short_by")),
                        instant(row, "again_at")));
    }

    private static Optional<FailedSweep> failed(ResultSet row) throws SQLException {
        Optional<Instant> at = instant(row, "failed_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new FailedSweep(
                        at.get(), row.getString("failed_for"), Duration.ofMillis(row.getLong("failed_after_millis"))));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
