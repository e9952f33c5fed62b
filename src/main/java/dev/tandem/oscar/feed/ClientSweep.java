package dev.tandem.oscar.feed;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The steps of OSCaR's sweep around its one call, as the bean {@code clientSweep}. */
public final class ClientSweep {
    static final String FLOW = "oscar-to-primero";

    private static final String MARKS = "TandemMarks";
    private static final String ASKED_AT = "TandemFeedAskedAt";
    private static final String EMPTY = "TandemNoClients";

    private final Ledger ledger;

    private final FeedChanges changes;

    public ClientSweep(Ledger ledger) {
        this.ledger = ledger;
        this.changes = new FeedChanges(ledger);
    }

    /** From when to ask, or for everything. The header {@code TandemSince} asks to read again from that time on. */
    public void ask(Exchange exchange) {
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        Optional<Instant> since = Optional.ofNullable(exchange.getMessage().getHeader("TandemSince", String.class))
                .map(Instant::parse)
                .or(() -> changes.from(sweep));
        exchange.setProperty(ASKED_AT, ledger.clock().now());
        if (sweep.full() || since.isEmpty()) {
            exchange.getMessage().removeHeader("CamelHttpQuery");
        } else {
            exchange.getMessage().setHeader("CamelHttpQuery", FeedWindow.since(since.get()));
        }
        exchange.getMessage().setBody(null);
    }

    /** The clients of the feed in the body, a batch at a time, as they are read: never the feed as a whole. */
    public Iterator<List<Mark>> marks(Exchange exchange) {
        FeedMarks marks = new FeedMarks(
                Feed.of(exchange.getMessage().getBody(InputStream.class)),
                exchange.getProperty(ASKED_AT, Instant.class),
                false,
                0,
                () -> AccountRegistration.closeGate(ledger));
        exchange.setProperty(MARKS, marks);
        return marks;
    }

    /**
     * Once all is marked. A full one without a client is an answer of an OSCaR that has none ({@link #isEmpty}); a quiet day
     * is no fault, but moves no cursor (protocol 6).
     *
     * @throws AnswerLost if the feed was not whole, or a full one empty although OSCaR has shown clients before
     */
    public void end(Exchange exchange) throws IOException {
        FeedMarks batches = exchange.getProperty(MARKS, FeedMarks.class);
        batches.end();
        Feed feed = batches.feed();
        if (exchange.getProperty(Carried.SWEEP, Sweep.class).full()) {
            forgetNameless(batches.nameless(), batches.requestedAt());
        }
        exchange.setProperty(Carried.HOLDERS, batches.ngos());
        if (feed.returned() + feed.withoutSlug() > 0) {
            return;
        }
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        if (!sweep.full()) {
            exchange.setProperty(Carried.NOTHING_READ, true);
        } else if (feed.unreadable() > 0
                || feed.hasFurtherKeys()
                || ledger.holders().any(sweep.source())) {
            throw noClients();
        } else {
            exchange.setProperty(EMPTY, true);
        }
    }

    /** Those unreadable rows without a name that were listed once and have gone. */
    private void forgetNameless(int still, Instant requestedAt) {
        for (int place = still + 1; ; place++) {
            String record = UnreadableRow.recordOfNameless(place);
            if (ledger.effects().of(FLOW, record).isEmpty()) {
                return;
            }
            ledger.marks().mark(FLOW, List.of(FeedMarks.unreadable(record, UnreadableRow.gone(), requestedAt, false)));
        }
    }

    /** The read in one piece is complete: what comes next may rest on how long it took. */
    public void done(Exchange exchange) {
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        Duration took = Duration.between(
                exchange.getProperty(ASKED_AT, Instant.class), ledger.clock().now());
        changes.read(sweep, took);
        exchange.removeProperty(Carried.IN_WINDOWS);
    }

    /**
     * The read in one piece did not come to its end. Where windows have just shown all clients they stand for it.
     *
     * @throws AnswerLost as it was caught: the sweep ends
     */
    public void failed(Exchange exchange) {
        if (exchange.getProperty(Carried.IN_WINDOWS) != null) {
            return;
        }
        AnswerLost lost = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, AnswerLost.class);
        changes.failed(exchange.getProperty(Carried.SWEEP, Sweep.class), lost);
        throw lost;
    }

    /** Whether a full read has shown that OSCaR has no client, which is to be confirmed. */
    public boolean isEmpty(Exchange exchange) {
        return exchange.getProperty(EMPTY, false, Boolean.class);
    }

    /** The same in other words, which OSCaR answers by another query (contract oscar-interop §2.4). */
    public void askForAnyEver(Exchange exchange) {
        exchange.getMessage()
                .setHeader(
                        "CamelHttpQuery",
                        FeedWindow.created(
                                Instant.EPOCH,
                                exchange.getProperty(Carried.SWEEP, Sweep.class).beganAt()));
        exchange.getMessage().setBody(null);
    }

    /** @throws AnswerLost if there is a client after all */
    public void confirmEmpty(Exchange exchange) throws IOException {
        try (Feed feed = Feed.of(exchange.getMessage().getBody(InputStream.class))) {
            if (feed.hasNext() || feed.withoutSlug() + feed.unreadable() > 0 || feed.hasFurtherKeys()) {
                throw noClients();
            }
        }
        exchange.getMessage().setBody(null);
    }

    private static AnswerLost noClients() {
        return new AnswerLost(
                "feed-empty", "OSCaR's feed has no clients, which cannot be: the cursor stays where it is");
    }
}
