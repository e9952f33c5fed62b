package dev.tandem.oscar.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Mark;
import dev.tandem.oscar.entries.Entry;
import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The marks of a feed, a batch at a time: they end where it breaks off, so that what came before is marked. */
final class FeedMarks implements Iterator<List<Mark>> {
    private static final Logger LOG = LoggerFactory.getLogger(FeedMarks.class);
    private static final int BATCH = 200;

    /** So that a batch of large rows is small. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private static final String PROPERTY = "TandemMarks";

    private final Ledger ledger;
    private final Feed feed;
    private final Instant requestedAt;
    private final boolean inWindow;
    private final Set<String> ngos = new HashSet<>();
    private int nameless;
    private AnswerLost broken;

    /** @param nameless how many rows had no name in the windows before */
    FeedMarks(Ledger ledger, Exchange exchange, boolean inWindow, int nameless) {
        this.ledger = ledger;
        this.feed = new Feed(exchange.getMessage().getBody(InputStream.class));
        this.requestedAt = FeedQuery.askedAt(exchange);
        this.inWindow = inWindow;
        this.nameless = nameless;
        exchange.setProperty(PROPERTY, this);
    }

    /**
     * The call has ended: the next one may be had.
     *
     * @throws AnswerLost if the feed was not whole
     */
    static FeedMarks ended(Exchange exchange) throws IOException {
        FeedMarks marks = exchange.getProperty(PROPERTY, FeedMarks.class);
        marks.end();
        return marks;
    }

    private void end() throws IOException {
        feed.close();
        if (broken != null) {
            throw broken;
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
    }

    Feed feed() {
        return feed;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    Set<String> ngos() {
        return ngos;
    }

    /** How many rows had no name by which to list them. */
    int nameless() {
        return nameless;
    }

    @Override
    public boolean hasNext() {
        try {
            return broken == null && feed.hasNext();
        } catch (AnswerLost brokeOff) {
            broken = brokeOff;
            return false;
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
            Feed.Row row = feed.next();
            if (row.client() == null) {
                batch.add(unreadable(row.unreadable()));
            } else if (AccountRegistration.missing(row.client())) {
                AccountRegistration.closeGate(ledger);
                broken = new AnswerLost(AccountRegistration.MISSING, AccountRegistration.WORDS);
            } else {
                ngos.add(Fields.text(row.client(), "organization_name"));
                Mark mark = mark(row.client());
                bytes += mark.payload().orElseThrow().length;
                batch.add(mark);
            }
        }
        return batch;
    }

    private Mark unreadable(UnreadableRow row) {
        String record = row.named() ? row.record() : UnreadableRow.recordOfNameless(++nameless);
        return row.mark(record, requestedAt, inWindow);
    }

    private Mark mark(JsonNode client) {
        boolean hidden = inWindow && FeedShape.hides(client);
        return new Mark(
                Feed.recordKey(client),
                Optional.of(CanonicalJson.bytes(client)),
                Optional.empty(),
                Optional.of(client.toString().getBytes(UTF_8)),
                requestedAt,
                Optional.of(id(client, "global_id")),
                Optional.of(id(client, "external_id")).filter(id -> !Fields.isBlank(id)),
                Set.of(),
                hidden ? Map.of(EntryMatches.HIDDEN, "hidden") : Entry.states(client),
                inWindow ? Optional.of(new Mark.InWindow(FeedShape.shared(client), hidden)) : Optional.empty());
    }

    /** Blank for what cannot be an id, so that it does not cost the others of its batch their mark. */
    private static String id(JsonNode client, String field) {
        String id = Fields.text(client, field);
        return Feed.canBeNamed(id) ? id : "";
    }
}
