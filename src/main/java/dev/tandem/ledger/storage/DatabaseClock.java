package dev.tandem.ledger.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads the database's time every few seconds and goes on by the monotonic timer in between, so that a replica's wrong or
 * jumping wall clock does no harm.
 *
 * <p>It never goes backwards. If the database's time is behind it, such as after a failover to a host whose clock is late, it
 * runs at half its pace until that time has caught up: leases and retries go on ending, and all replicas meet again.
 */
public final class DatabaseClock implements LedgerClock {
    private static final long READ_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int SLOWED = 2;

    /** @param shown what this clock showed at that moment */
    private record Reading(Instant time, Instant shown, long nanos) {
        Instant at(long later) {
            Instant byDatabase = time.plusNanos(later - nanos);
            Instant slowed = shown.plusNanos((later - nanos) / SLOWED);
            return byDatabase.isAfter(slowed) ? byDatabase : slowed;
        }

        Reading notBefore(Reading earlier) {
            return new Reading(time, earlier.at(nanos), nanos);
        }
    }

    private final Jdbi jdbi;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Reading last;

    public DatabaseClock(Jdbi jdbi) {
        this(jdbi, System::nanoTime);
    }

    /** @param nanoTime the monotonic timer */
    public DatabaseClock(Jdbi jdbi, LongSupplier nanoTime) {
        this.jdbi = jdbi;
        this.nanoTime = nanoTime;
        this.last = read();
    }

    @Override
    public Instant now() {
        // One thread reads for all: each may hold a connection already, and if all waited for one more, all would wait.
        if (isOld() && reading.tryLock()) {
            try {
                if (isOld()) {
                    last = read().notBefore(last);
                }
            } finally {
                reading.unlock();
            }
        }
        return last.at(nanoTime.getAsLong()).truncatedTo(ChronoUnit.MICROS);
    }

    private boolean isOld() {
        return nanoTime.getAsLong() - last.nanos() > READ_AGAIN_NANOS;
    }

    /**
     * On a connection of its own: within a transaction, PostgreSQL's and H2's {@code current_timestamp} is the moment at which
     * that transaction began.
     */
    private Reading read() {
        try (Handle handle = jdbi.open()) {
            // The earlier of the two moments: a slow answer makes the clock late by its delay, never early.
            Instant time = handle.createQuery("select " + function(handle))
                    .mapTo(OffsetDateTime.class)
                    .one()
                    .toInstant();
            return new Reading(time, time, nanoTime.getAsLong());
        }
    }

    /** A pooler or a setting may keep a transaction open on the connection that it gives: PostgreSQL has a function for that. */
    private static String function(Handle handle) {
        try {
            return handle.getConnection().getMetaData().getDatabaseProductName().equals("PostgreSQL")
                    ? "clock_timestamp()"
                    : "current_timestamp";
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
