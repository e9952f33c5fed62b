package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.call.Answers;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.route.SweepHeaders;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.outcome.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The steps of Primero's sweep around its calls, as the bean {@code caseSweep}: what to ask for next, and what of the answer
 * to mark. How to page is {@link CasePages}'.
 */
public final class CaseSweep {
    private static final String OWES_NOTHING = "TandemCasesOwingNothing";
    private static final String FLOW = "primero-to-oscar";
    static final String PAGES = "TandemCasePages";
    private static final String ASKED_AT = "TandemAskedAt";
    /** The rows of the page that can be read, by id. */
    private static final String ROWS = "TandemCaseRows";

    private final Ledger ledger;

    public CaseSweep(Ledger ledger) {
        this.ledger = ledger;
    }

    /** First step: from where to read. The header {@code TandemSince} asks to read again from that time on. */
    public void begin(Exchange exchange) {
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        Optional<Instant> since =
                SweepHeaders.since(exchange).or(() -> sweep.watermark().map(Instant::parse));
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
        exchange.setProperty(ASKED_AT, ledger.clock().now());
    }

    /** What of the answer is to be marked. */
    public List<Mark> answered(Exchange exchange) {
        Instant askedAt = exchange.getProperty(ASKED_AT, Instant.class);
        List<Mark> marks = new ArrayList<>();
        Map<String, JsonNode> rows = new HashMap<>();
        for (JsonNode row : readPage(exchange)) {
            try {
                marks.add(mark(row, askedAt));
                rows.put(Fields.text(row, "id"), row);
            } catch (Refused unreadable) {
                marks.add(Mark.hint(Fields.text(row, "id"), askedAt));
            }
        }
        pages(exchange).unreadable().forEach(name -> marks.add(Mark.hint(name, askedAt)));
        exchange.setProperty(ROWS, rows);
        return marks;
    }

    /** Of the page's cases those of which the ledger has no effect and no open work: they may owe nothing. */
    @SuppressWarnings("unchecked")
    public List<JsonNode> perhapsNothingIsOwedFor(Exchange exchange) {
        Set<String> owesNothing = new HashSet<>();
        exchange.setProperty(OWES_NOTHING, owesNothing);
        exchange.setProperty(Carried.OWES_NOTHING, Map.of(FLOW, owesNothing));
        Map<String, JsonNode> rows = exchange.getProperty(ROWS, Map.class);
        List<Mark> marks = exchange.getMessage().getBody(List.class);
        return ledger.marks().withoutEffects(FLOW, marks).stream()
                .map(mark -> rows.get(mark.record()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** One of them, for the steps that see what it owes. */
    public void one(Exchange exchange) {
        exchange.setProperty(CaseReading.CASE, exchange.getMessage().getBody(JsonNode.class));
        exchange.removeProperty(CaseReading.REFERRALS);
    }

    /** The body is what it owes, a JSON array. If that is nothing, and nobody has marked it meanwhile, it is settled at once. */
    @SuppressWarnings("unchecked")
    public void owesNothing(Exchange exchange) {
        if (exchange.getMessage().getBody(JsonNode.class).isEmpty()) {
            exchange.getProperty(OWES_NOTHING, Set.class)
                    .add(Fields.text(exchange.getProperty(CaseReading.CASE, JsonNode.class), "id"));
        }
    }

    /**
     * A page was refused: where it is beyond what can be read, it is divided, and the one case at fault is marked, to be
     * listed by whoever reads it alone.
     *
     * @throws Refused if there is another reason
     */
    public List<Mark> unreadable(Exchange exchange) {
        divide(exchange);
        exchange.setProperty(ROWS, Map.of());
        Instant askedAt = exchange.getProperty(ASKED_AT, Instant.class);
        return pages(exchange).unreadable().stream()
                .map(name -> Mark.hint(name, askedAt))
                .toList();
    }

    /** Last step before the sweep is complete: the new watermark. */
    public void end(Exchange exchange) {
        pages(exchange)
                .highestUpdated()
                .ifPresent(highest -> exchange.setProperty(Carried.WATERMARK, highest.toString()));
    }

    private static Mark mark(JsonNode row, Instant askedAt) {
        return new Mark(
                Fields.text(row, "id"),
                Optional.of(CaseFingerprint.content(row)),
                Optional.of(Fields.text(row, "last_updated_at")).filter(stamp -> !stamp.isEmpty()),
                Optional.empty(),
                askedAt,
                Optional.empty(),
                Optional.empty(),
                Stream.of("case_id", "oscar_number")
                        .map(name -> Fields.text(row, name))
                        .filter(name -> !Fields.isBlank(name))
                        .collect(Collectors.toSet()),
                Map.of(),
                Optional.empty());
    }

    /** The rows of the answer in the body, which came at the time that the last call noted. */
    static List<JsonNode> readPage(Exchange exchange) {
        return pages(exchange)
                .read(
                        exchange.getMessage().getBody(JsonNode.class),
                        Optional.ofNullable(exchange.getProperty(Answers.ANSWERED_AT, Instant.class)));
    }

    /** Goes on with smaller pages, or past the one case that cannot be read. */
    static void divide(Exchange exchange) {
        Refused refused = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class);
        if (!Answers.BEYOND_LIMITS.contains(refused.code())) {
            throw refused;
        }
        pages(exchange).divide(refused.code().equals(Answers.TOO_LONG));
    }

    private static CasePages pages(Exchange exchange) {
        return exchange.getProperty(PAGES, CasePages.class);
    }
}
