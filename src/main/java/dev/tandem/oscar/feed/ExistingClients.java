package dev.tandem.oscar.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.origin.Baseline;
import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The steps of reading, for a ledger that is being initialised, which clients existed before it, as the bean {@code
 * existingClients} (mapping-facts R22). The feed has a mode for just that (contract oscar-interop §2.4); it is read as a
 * stream.
 */
public final class ExistingClients {
    private static final String TO_PRIMERO = "oscar-to-primero";
    private static final String WINDOW = "TandemWindow";
    private static final int BATCH = 200;

    private final Ledger ledger;

    public ExistingClients(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether something is left to ask: all in one answer, or in pieces if that does not come. */
    public boolean more(Exchange exchange) {
        return window(exchange).from().isBefore(ledger.baseline().until());
    }

    /** The query: all that were created up to the moment at which the ledger begins, in UTC, which both bounds are written in. */
    public void ask(Exchange exchange) {
        CreationWindow window = window(exchange);
        Instant until = ledger.baseline().until();
        FeedQuery.askedAt(exchange, ledger.clock().now());
        FeedQuery.set(exchange, FeedQuery.created(window.from(), window.to().isBefore(until) ? window.to() : until));
    }

    /**
     * It did not come: a half of it next.
     *
     * @throws AnswerLost as it was caught, if not even one second comes: a client that is not noted would be new
     */
    public void failed(Exchange exchange) {
        CreationWindow window = window(exchange);
        if (!window.canBeHalved()) {
            throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, AnswerLost.class);
        }
        exchange.setProperty(WINDOW, window.half());
    }

    private CreationWindow window(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(WINDOW, CreationWindow.class))
                .orElseGet(() -> CreationWindow.upTo(ledger.baseline().until()));
    }

    /**
     * Notes the clients of the feed in the body. That there are none is believed: an OSCaR may be new.
     *
     * @throws AnswerLost if the feed is not whole
     */
    public void note(Exchange exchange) throws IOException {
        try (Feed feed = new Feed(exchange.getMessage().getBody(InputStream.class))) {
            List<Baseline.Existing> batch = new ArrayList<>(BATCH);
            while (feed.hasNext()) {
                existing(feed.next()).ifPresent(batch::add);
                if (batch.size() == BATCH || !feed.hasNext()) {
                    ledger.baseline().existed(TO_PRIMERO, batch);
                    batch.clear();
                }
            }
            Instant now = ledger.clock().now();
            Duration took = Duration.between(FeedQuery.askedAt(exchange), now);
            exchange.setProperty(
                    WINDOW,
                    window(exchange)
                            .next(feed.rows(), took, 0, ledger.baseline().until()));
        }
        exchange.getMessage().setBody(null);
    }

    /** A client whose row cannot be read now is not new when it can be. */
    private static Optional<Baseline.Existing> existing(Feed.Row row) {
        if (row.client() == null) {
            return Optional.of(row.unreadable())
                    .filter(UnreadableRow::named)
                    .map(bad -> new Baseline.Existing(bad.record(), Optional.empty(), Optional.empty()));
        }
        JsonNode client = row.client();
        return Optional.of(new Baseline.Existing(
                Feed.recordKey(client), filled(client, "global_id"), filled(client, "external_id")));
    }

    private static Optional<String> filled(JsonNode client, String field) {
        return Optional.of(Fields.text(client, field)).filter(text -> !Fields.isBlank(text));
    }
}
