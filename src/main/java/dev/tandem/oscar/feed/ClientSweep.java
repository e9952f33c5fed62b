package dev.tandem.oscar.feed;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.route.SweepHeaders;
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

    private static final String EMPTY = "TandemNoClients";

    private final Ledger ledger;
    private final FeedChanges changes;

    public ClientSweep(Ledger ledger) {
        this.ledger = ledger;
        this.changes = new FeedChanges(ledger);
    }

    /** From when to ask, or for everything. The header {@code TandemSince} asks to read again from that time on. */
    public void ask(Exchange exchange) {
        Sweep sweep = sweep(exchange);
        Optional<Instant> since = SweepHeaders.since(exchange).or(() -> changes.from(sweep));
        FeedQuery.askedAt(exchange, ledger.clock().now());
        if (sweep.full() || since.isEmpty()) {
            FeedQuery.setAll(exchange);
        } else {
            FeedQuery.set(exchange, FeedQuery.since(since.get()));
        }
    }

    /** The clients of the feed in the body, a batch at a time, as they are read: never the feed as a whole. */
    public Iterator<List<Mark>> marks(Exchange exchange) {
        return new FeedMarks(ledger, exchange, false, 0);
    }

    /**
     * Once all is marked. A full one without a client is an answer of an OSCaR that has none ({@link #isEmpty}); a quiet day
     * is no fault, but moves no cursor (protocol 6).
     *
     * @throws AnswerLost if the feed was not whole, or a full one empty although OSCaR has shown clients before
     */
    public void end(Exchange exchange) throws IOException {
        FeedMarks marks = FeedMarks.ended(exchange);
        Feed feed = marks.feed();
        Sweep sweep = sweep(exchange);
        if (sweep.full()) {
            forgetNameless(marks);
        }
        exchange.setProperty(Carried.HOLDERS, marks.ngos());
        if (feed.rows() > feed.unreadable()) {
            return;
        }
        if (!sweep.full()) {
            exchange.setProperty(Carried.NOTHING_READ, true);
        } else if (feed.rows() > 0 || feed.hasFurtherKeys() || ledger.holders().any(sweep.source())) {
            throw noClients();
        } else {
            exchange.setProperty(EMPTY, true);
        }
    }

    /** Those unreadable rows without a name that were listed once and have gone. */
    private void forgetNameless(FeedMarks marks) {
        int place = marks.nameless() + 1;
        while (UnreadableRow.isGone(ledger, UnreadableRow.recordOfNameless(place), marks.requestedAt())) {
            place++;
        }
    }

    /** The read in one piece is complete: what comes next may rest on how long it took. */
    public void done(Exchange exchange) {
        changes.read(
                sweep(exchange),
                Duration.between(FeedQuery.askedAt(exchange), ledger.clock().now()));
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
        changes.failed(sweep(exchange), lost);
        throw lost;
    }

    /** Whether a full read has shown that OSCaR has no client, which is to be confirmed. */
    public boolean isEmpty(Exchange exchange) {
        return exchange.getProperty(EMPTY, false, Boolean.class);
    }

    /** The same in other words, which OSCaR answers by another query (contract oscar-interop §2.4). */
    public void askForAnyEver(Exchange exchange) {
        FeedQuery.set(exchange, FeedQuery.created(Instant.EPOCH, sweep(exchange).beganAt()));
    }

    /** @throws AnswerLost if there is a client after all */
    public void confirmEmpty(Exchange exchange) throws IOException {
        try (Feed feed = new Feed(exchange.getMessage().getBody(InputStream.class))) {
            if (feed.hasNext() || feed.rows() > 0 || feed.hasFurtherKeys()) {
                throw noClients();
            }
        }
        exchange.getMessage().setBody(null);
    }

    private static Sweep sweep(Exchange exchange) {
        return exchange.getProperty(Carried.SWEEP, Sweep.class);
    }

    private static AnswerLost noClients() {
        return new AnswerLost(
                "feed-empty", "OSCaR's feed has no clients, which cannot be: the cursor stays where it is");
    }
}
