package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
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
    private static final String ASKED = "TandemCasesAsked";
    private static final String ANSWER = "TandemCasesAnswer";

    /** One that was not heard yet, and when it came. */
    private record Answer(JsonNode body, Instant readAt) {
        @Override
        public String toString() {
            return "Answer[" + readAt + "]";
        }
    }

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

    /** Whether there is more to ask, or an answer to be heard. */
    public boolean more(Exchange exchange) {
        return answer(exchange).isPresent() || pages(exchange).ask().isPresent();
    }

    /**
     * The next query, for the HTTP producer. While an answer waits to be heard, what will be asked after it, if that is known; else
     * the header {@code CamelHttpQuery} is not there and nothing is to be called.
     */
    public void ask(Exchange exchange) {
        Optional<String> query = answer(exchange).isPresent()
                ? pages(exchange).foreseen()
                : pages(exchange).ask();
        Message message = exchange.getMessage();
        message.removeHeader(Exchange.HTTP_QUERY);
        query.ifPresent(asked -> message.setHeader(Exchange.HTTP_QUERY, asked));
        exchange.setProperty(ASKED, query.orElse(null));
        message.setBody(null);
    }

    /** Hears the answer that waits for it, and gives what of it is to be marked. May be done while the next one is read. */
    public List<Mark> heard(Exchange exchange) {
        return answer(exchange)
                .map(answer -> pages(exchange).heard(answer.body()).stream()
                        .map(row -> mark(row, answer.readAt()))
                        .toList())
                .orElse(List.of());
    }

    /** Takes the answer in the body, if it is what is to be asked now that the one before it was heard. */
    public void read(Exchange exchange) throws Exception {
        PageAndMarks.orThrow(exchange);
        Optional<String> asked = Optional.ofNullable(exchange.getProperty(ASKED, String.class));
        boolean next = asked.isPresent() && asked.equals(pages(exchange).ask());
        exchange.setProperty(
                ANSWER,
                next
                        ? new Answer(
                                exchange.getMessage().getBody(JsonNode.class),
                                ledger.clock().now())
                        : null);
    }

    private static Optional<Answer> answer(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(ANSWER, Answer.class));
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

    static CasePages pages(Exchange exchange) {
        return exchange.getProperty(PAGES, CasePages.class);
    }
}
