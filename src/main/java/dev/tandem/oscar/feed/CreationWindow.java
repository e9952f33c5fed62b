package dev.tandem.oscar.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The next piece of a read by windows of creation (protocol 6): as many seconds from where the last one ended, both edges
 * included, so that a client on an edge is in both. From before the first client to beyond any clock.
 *
 * @param seconds at least one
 */
record CreationWindow(Instant from, long seconds) {
    static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    /** What one window is to take: a third of what the usual gateway allows. */
    private static final Duration AIM = Duration.ofSeconds(20);

    private static final long MONTH = 30 * 86_400L;
    private static final long LARGEST = 400 * 86_400L;
    private static final long FIRST_YEARS = 15 * 365L;

    /** All that is older than any client can be, or than most. */
    static CreationWindow begin(Instant now) {
        return new CreationWindow(FIRST, FIRST.until(longAgo(now), ChronoUnit.SECONDS));
    }

    /** All at once, up to a moment. */
    static CreationWindow upTo(Instant end) {
        return new CreationWindow(FIRST, Math.max(1, FIRST.until(end, ChronoUnit.SECONDS) + 1));
    }

    Instant to() {
        Instant end = from.plusSeconds(seconds);
        return end.isAfter(LAST) ? LAST : end;
    }

    boolean isBehindAll() {
        return !from.isBefore(LAST);
    }

    /** After an answer that was whole, the more the quicker it came. */
    CreationWindow next(long rows, Duration took, long usualSeconds, Instant now) {
        Instant edge = to();
        if (!edge.isBefore(now)) {
            // Nobody is expected there: the rest in one, unless it was cut before.
            long rest = Math.max(1, edge.until(LAST, ChronoUnit.SECONDS));
            return new CreationWindow(edge, from.isBefore(now) ? rest : Math.min(rest, seconds * 2));
        }
        if (!edge.isBefore(longAgo(now)) && from.isBefore(longAgo(now))) {
            return new CreationWindow(edge, usualSeconds > 0 ? Math.min(LARGEST, usualSeconds) : MONTH);
        }
        double factor = rows == 0 ? 8 : AIM.toMillis() / (double) Math.max(1, took.toMillis());
        double size = seconds * Math.max(0.25, Math.min(rows == 0 ? 8 : 2, factor));
        return new CreationWindow(edge, Math.max(1, Math.min(LARGEST, (long) size)));
    }

    /** After one that failed; only for one that {@link #canBeHalved}. */
    CreationWindow half() {
        return new CreationWindow(from, Math.max(1, from.until(to(), ChronoUnit.SECONDS) / 2));
    }

    boolean canBeHalved() {
        return from.until(to(), ChronoUnit.SECONDS) > 1;
    }

    /** The one behind a second that cannot be read. */
    CreationWindow behind() {
        return new CreationWindow(to(), 1);
    }

    private static Instant longAgo(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).minus(FIRST_YEARS, ChronoUnit.DAYS);
    }
}
