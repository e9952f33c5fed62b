package dev.tandem.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads the database's time every few seconds and goes on by the monotonic timer in between, so that a replica's wrong or
 * jumping wall clock does no harm.
 */
final class DatabaseClock implements LedgerClock {
    private static final long READ_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

    private record Reading(Instant time, long nanos) {}

    private final Jdbi jdbi;
    private volatile Reading last;

    DatabaseClock(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.last = read();
    }

    @Override
    public Instant now() {
        Reading reading = last;
        if (System.nanoTime() - reading.nanos() > READ_AGAIN_NANOS) {
            reading = read();
            last = reading;
        }
        return reading.time().plusNanos(System.nanoTime() - reading.nanos()).truncatedTo(ChronoUnit.MICROS);
    }

    private Reading read() {
        return jdbi.withHandle(handle -> {
            // The earlier of the two moments: a slow answer makes the clock late by its delay, never early.
            Instant time = handle.createQuery("select current_timestamp")
                    .mapTo(OffsetDateTime.class)
                    .one()
                    .toInstant();
            return new Reading(time, System.nanoTime());
        });
    }
}
