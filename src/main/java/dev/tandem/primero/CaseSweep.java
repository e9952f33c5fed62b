package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.call.Answers;
import dev.tandem.identity.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Mark;
import dev.tandem.ledger.Sweep;
import dev.tandem.ledger.route.Carried;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The steps of Primero's sweep around its calls, as the bean {@code caseSweep}: what to ask for next, and what of the answer
 * to mark. How to page is {@link CasePages}'.
 */
public final class CaseSweep {
    static final String PAGES = "TandemCasePages";

    private final Ledger ledger;

    public CaseSweep(Ledger ledger) {
        this.ledger = ledger;
    }

    /** First step: from where to read. The header {@code TandemSince} asks to read again from that time on. */
    public void begin(Exchange exchange) {
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        Optional<Instant> since = Optional.ofNullable(exchange.getMessage().getHeader("TandemSince", String.class))
                .or(sweep::watermark)
                .map(Instant::parse);
        CasePages pages = sweep.full() || since.isEmpty()
                ? CasePages.full(sweep.beganAt())
                : CasePages.since(since.get(), sweep.beganAt());
        exchange.setProperty(PAGES, pages);
    }

    /** Whether there is more to ask. */
    public boolean more(Exchange exchange) {
        return pages(exchange).ask().isPresent();
    }

    /** The next query, for the HTTP producer. */
    public void ask(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader("CamelHttpQuery", pages(exchange).ask().orElseThrow());
        message.setBody(null);
    }

    /** What of the answer is to be marked. */
    public List<Mark> heard(Exchange exchange) {
        List<JsonNode> rows = readPage(exchange);
        Instant now = ledger.clock().now();
        return rows.stream().map(row -> mark(row, now)).toList();
    }

    /** Last step before the sweep is complete: the new watermark. */
    public void end(Exchange exchange) {
        pages(exchange)
                .highestUpdated()
                .ifPresent(highest -> exchange.setProperty(Carried.WATERMARK, highest.toString()));
    }

    private static Mark mark(JsonNode row, Instant now) {
        return new Mark(
                Fields.text(row, "id"),
                Optional.of(CaseFingerprint.content(row)),
                Optional.of(Fields.text(row, "last_updated_at")).filter(stamp -> !stamp.isEmpty()),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty(),
                Stream.of("case_id", "oscar_number")
                        .map(name -> Fields.text(row, name))
                        .filter(name -> !Fields.isBlank(name))
                        .collect(Collectors.toSet()),
                Map.of());
    }

    /** The rows of the answer in the body, which came at the time that the last call noted. */
    static List<JsonNode> readPage(Exchange exchange) {
        return pages(exchange)
                .read(
                        exchange.getMessage().getBody(JsonNode.class),
                        Optional.ofNullable(exchange.getProperty(Answers.ANSWERED_AT, Instant.class)));
    }

    private static CasePages pages(Exchange exchange) {
        return exchange.getProperty(PAGES, CasePages.class);
    }
}
