package dev.tandem.ledger.route;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;

/** What is asked of a sweep, as headers at the beginning of its route. */
public final class SweepHeaders {
    /** True: read everything. */
    public static final String FULL = "TandemFull";
    /** True: one that was cut short and is still owed. */
    public static final String OWED = "TandemOwed";
    /** Read again from this time on: ISO 8601, in UTC. */
    public static final String SINCE = "TandemSince";
    /** The moment of its schedule: a {@link java.util.Date}, under the name that Quartz gives it. */
    public static final String DUE = "scheduledFireTime";

    private SweepHeaders() {}

    /** From when to read again, if that is asked for. */
    public static Optional<Instant> since(Exchange exchange) {
        return Optional.ofNullable(exchange.getMessage().getHeader(SINCE, String.class))
                .map(Instant::parse);
    }
}
