package dev.tandem.oscar.feed;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From when the feed is asked for, in an incremental sweep. */
public final class FeedWindow {
    private FeedWindow() {}

    /**
     * The {@code since_date} for a sweep: midnight UTC of the day before the last complete sweep began (protocol 6). Only at
     * midnight UTC do OSCaR's two blocks agree on what is new (contract oscar-interop §2.3).
     *
     * @return in the form {@code since_date=2026-03-01T00:00:00Z}
     */
    public static String since(Instant lastCompleteStart) {
        return "since_date=" + day(lastCompleteStart);
    }

    /** Midnight UTC of the day before. */
    static Instant day(Instant lastCompleteStart) {
        return lastCompleteStart.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
    }

    /** The query for the clients that were created between the two, both included (contract oscar-interop §2.4), in UTC. */
    static String created(Instant from, Instant to) {
        return "since_date=" + from + "&end_date=" + to;
    }
}
