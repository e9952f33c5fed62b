package dev.tandem.paging;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.route.SweepHeaders;
import dev.tandem.ledger.sweeps.Sweep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The steps of a sweep around its calls, as the bean {@code pages}, for any source that is read page by page: what to ask for
 * next, and what of the answer to mark (docs/edit/routes.md). How to page is {@link PagedReading}'s.
 */
public final class Pages {
    private static final String PAGES = "TandemPages";

    /** First step: from where to read. The header {@code TandemSince} asks to read again from that time on. */
    public void begin(Exchange exchange, String each, String changed) {
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        Optional<Instant> since = SweepHeaders.since(exchange)
                .or(() -> sweep.watermark().map(Instant::parse))
                .filter(moment -> !sweep.full());
        exchange.setProperty(PAGES, new PagedReading(each, changed, since, sweep.beganAt()));
    }

    /** Whether there is more to ask. */
    public boolean more(Exchange exchange) {
        return !pages(exchange).complete();
    }

    /** The next query, for the HTTP producer. */
    public void ask(Exchange exchange) {
        exchange.getMessage().setHeader(Exchange.HTTP_QUERY, pages(exchange).query());
        exchange.getMessage().setBody(null);
    }

    /** The rows of the answer, to be marked. All but the answer itself are JSON pointers; no rows: the answer is the array. */
    public List<JsonNode> answered(Exchange exchange, String rows, String record, String changedAt) {
        return pages(exchange)
                .answered(
                        exchange.getMessage().getBody(JsonNode.class).at(JsonPointer.compile(rows)),
                        JsonPointer.compile(record),
                        JsonPointer.compile(changedAt));
    }

    /** Last step before the sweep is complete: the new watermark. */
    public void end(Exchange exchange) {
        PagedReading pages = pages(exchange);
        pages.highest().ifPresent(highest -> exchange.setProperty(Carried.WATERMARK, highest.toString()));
    }

    private static PagedReading pages(Exchange exchange) {
        return exchange.getProperty(PAGES, PagedReading.class);
    }
}
