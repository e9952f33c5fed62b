package dev.tandem.oscar;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.identity.CanonicalJson;
import dev.tandem.identity.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Mark;
import dev.tandem.ledger.Sweep;
import dev.tandem.ledger.route.Carried;
import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of OSCaR's sweep around its one call, as the bean {@code clientSweep}. */
public final class ClientSweep {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSweep.class);
    private static final String FEED = "TandemFeed";
    private static final String BATCHES = "TandemBatches";
    private static final String EMPTY = "TandemNoClients";
    private static final String FLOW = "oscar-to-primero";
    private static final int BATCH = 200;

    /** So that a batch of large rows is small. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private final Ledger ledger;

    public ClientSweep(Ledger ledger) {
        this.ledger = ledger;
    }

    /** From when to ask, or for everything. The header {@code TandemSince} asks to read again from that time on. */
    public void ask(Exchange exchange) {
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        Optional<Instant> since = Optional.ofNullable(exchange.getMessage().getHeader("TandemSince", String.class))
                .map(Instant::parse)
                .or(sweep::lastComplete);
        if (sweep.full() || since.isEmpty()) {
            exchange.getMessage().removeHeader("CamelHttpQuery");
        } else {
            exchange.getMessage().setHeader("CamelHttpQuery", "since_date=" + FeedWindow.since(since.get()));
        }
        exchange.getMessage().setBody(null);
    }

    /** The clients of the feed in the body, a batch at a time, as they are read: never the feed as a whole. */
    public Iterator<List<Mark>> marks(Exchange exchange) {
        Feed feed = Feed.of(exchange.getMessage().getBody(InputStream.class));
        exchange.setProperty(FEED, feed);
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        Batches batches = new Batches(feed, sweep.beganAt(), () -> AccountRegistration.closeGate(ledger));
        exchange.setProperty(BATCHES, batches);
        return batches;
    }

    /**
     * Once all is marked. A full one without a client is an answer of an OSCaR that has none ({@link #isEmpty}); a quiet day
     * is no fault, but moves no cursor (protocol 6).
     *
     * @throws AnswerLost if the feed was not whole, or a full one empty although OSCaR has shown clients before
     */
    public void end(Exchange exchange) throws IOException {
        Feed feed = exchange.getProperty(FEED, Feed.class);
        Batches batches = exchange.getProperty(BATCHES, Batches.class);
        // With it the call ends: the next one may be had.
        feed.close();
        if (batches.broken().isPresent()) {
            throw batches.broken().get();
        }
        if (!feed.complete()) {
            throw new AnswerLost("feed-truncated", "OSCaR's feed ended before its end");
        }
        if (feed.withoutSlug() > 0 || feed.unreadable() > 0) {
            LOG.info(
                    "OSCaR's feed: {} clients have no slug yet, {} rows are unreadable",
                    feed.withoutSlug(),
                    feed.unreadable());
        }
        if (exchange.getProperty(Carried.SWEEP, Sweep.class).full()) {
            forgetNameless(batches.nameless(), batches.requestedAt);
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
            ledger.marks().mark(FLOW, List.of(mark(record, UnreadableRow.gone(), requestedAt)));
        }
    }

    private static Mark mark(String record, JsonNode kept, Instant requestedAt) {
        return new Mark(
                record,
                Optional.of(CanonicalJson.bytes(UnreadableRow.content(kept))),
                Optional.empty(),
                Optional.of(kept.toString().getBytes(UTF_8)),
                requestedAt,
                Optional.empty(),
                Optional.empty());
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

    private static Mark mark(JsonNode client, Instant requestedAt) {
        return new Mark(
                Feed.recordKey(client),
                Optional.of(CanonicalJson.bytes(client)),
                Optional.empty(),
                Optional.of(client.toString().getBytes(UTF_8)),
                requestedAt,
                Optional.of(id(client, "global_id")),
                Optional.of(id(client, "external_id")).filter(id -> !Fields.isBlank(id)),
                Set.of(),
                Entry.states(client));
    }

    /** Blank for what can be nobody's id, so that it does not cost the others of its batch their mark. */
    private static String id(JsonNode client, String field) {
        String id = Fields.text(client, field);
        return Feed.canBeNamed(id) ? id : "";
    }

    /** Ends where the feed breaks off, so that what came before is marked; that it broke is told by {@link #broken}. */
    private static final class Batches implements Iterator<List<Mark>> {
        private final Feed feed;
        private final Instant requestedAt;
        private final Runnable notRegistered;
        private final Set<String> ngos = new HashSet<>();
        private int nameless;
        private AnswerLost broken;

        Batches(Feed feed, Instant requestedAt, Runnable notRegistered) {
            this.notRegistered = notRegistered;
            this.feed = feed;
            this.requestedAt = requestedAt;
        }

        /** Of whom a client was shown so far. */
        Set<String> ngos() {
            return ngos;
        }

        /** How many rows had no name by which to list them. */
        int nameless() {
            return nameless;
        }

        Optional<AnswerLost> broken() {
            return Optional.ofNullable(broken);
        }

        @Override
        public boolean hasNext() {
            try {
                return (broken == null && feed.hasNext()) || feed.hasUnreadable();
            } catch (AnswerLost brokeOff) {
                broken = brokeOff;
                return feed.hasUnreadable();
            }
        }

        @Override
        public List<Mark> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<Mark> batch = new ArrayList<>(BATCH);
            long bytes = 0;
            while (batch.size() < BATCH && bytes < MOST_BYTES && hasNext()) {
                feed.takeUnreadable().forEach(row -> batch.add(unreadable(row)));
                if (feed.hasClient()) {
                    JsonNode client = feed.next();
                    if (AccountRegistration.missing(client)) {
                        notRegistered.run();
                        broken = new AnswerLost(AccountRegistration.MISSING, AccountRegistration.WORDS);
                        return batch;
                    }
                    ngos.add(Fields.text(client, "organization_name"));
                    Mark mark = ClientSweep.mark(client, requestedAt);
                    bytes += mark.payload().orElseThrow().length;
                    batch.add(mark);
                }
            }
            return batch;
        }

        private Mark unreadable(UnreadableRow row) {
            String record = row.named() ? row.record() : UnreadableRow.recordOfNameless(++nameless);
            return ClientSweep.mark(record, row.kept(), requestedAt);
        }
    }
}
