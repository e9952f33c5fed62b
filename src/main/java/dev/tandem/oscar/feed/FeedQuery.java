package dev.tandem.oscar.feed;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Exchange;

/** What the feed is asked for: the query of a call without a body. */
final class FeedQuery {
    private static final String ASKED_AT = "TandemFeedAskedAt";
    private static final String QUERY = "CamelHttpQuery";

    private FeedQuery() {}

    /**
     * All that changed for a sweep: from midnight UTC of the day before the last complete sweep began (protocol 6). Only at
     * midnight UTC do OSCaR's two blocks agree on what is new (contract oscar-interop §2.3).
     *
     * @return in the form {@code since_date=2026-03-01T00:00:00Z}
     */
    static String since(Instant lastCompleteStart) {
        return "since_date=" + day(lastCompleteStart);
    }

    /** Midnight UTC of the day before. */
    static Instant day(Instant lastCompleteStart) {
        return lastCompleteStart.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
    }

    /** The clients that were created between the two, both included (contract oscar-interop §2.4), in UTC. */
    static String created(Instant from, Instant to) {
        return "since_date=" + from + "&end_date=" + to;
    }

    /** Of the next call. */
    static void set(Exchange exchange, String query) {
        exchange.getMessage().setHeader(QUERY, query);
        exchange.getMessage().setBody(null);
    }

    /** The same, and no query for all clients. */
    static void setAll(Exchange exchange) {
        exchange.getMessage().removeHeader(QUERY);
        exchange.getMessage().setBody(null);
    }

    static void askedAt(Exchange exchange, Instant now) {
        exchange.setProperty(ASKED_AT, now);
    }

    static Instant askedAt(Exchange exchange) {
        return exchange.getProperty(ASKED_AT, Instant.class);
    }
}
