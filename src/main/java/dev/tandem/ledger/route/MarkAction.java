package dev.tandem.ledger.route;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.outcome.AnswerLost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Marks the body's records, and says that the sweep they come from is alive. */
final class MarkAction implements Processor {
    private final LedgerEndpoint endpoint;
    private final List<String> flows;
    private final JsonPointer record;
    private final JsonPointer stamp;
    private final Content content;

    MarkAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.flows = endpoint.options().list("flow");
        endpoint.options().required("flow");
        this.flows.forEach(Flow::checkName);
        this.record = endpoint.options().pointer("record");
        this.stamp = endpoint.options().pointer("stamp");
        this.content = new Content(endpoint.options());
    }

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<Mark> marks =
                body instanceof List<?> list ? list.stream().map(this::mark).toList() : List.of(mark(body));
        boolean event = marks.size() == 1
                && marks.get(0).hint()
                && Carried.sweep(exchange).isEmpty();
        for (String flow : flows) {
            if (event) {
                endpoint.ledger().eventMarks().mark(flow, marks.get(0));
            } else {
                count(
                        exchange,
                        Carried.CHANGES,
                        endpoint.ledger().marks().mark(flow, marks, Carried.owingNothing(exchange, flow)));
            }
            endpoint.component().shared().marked(flow, marks);
        }
        count(exchange, Carried.READ, marks.size());
        Carried.sweep(exchange)
                .ifPresent(sweep -> endpoint.ledger().sweeps().alive(sweep, BeginSweepAction.lease(endpoint)));
    }

    /** In what a sweep has begun with: where its answer is split, each batch is marked by a copy of its exchange. */
    private static void count(Exchange exchange, String what, int more) {
        Optional.ofNullable(exchange.getProperty(what, AtomicLong.class)).ifPresent(counted -> counted.addAndGet(more));
    }

    private Mark mark(Object body) {
        if (body instanceof Mark mark) {
            return mark;
        }
        Instant now = endpoint.ledger().clock().now();
        return body instanceof JsonNode row ? mark(row, now) : Mark.hint((String) body, now);
    }

    private Mark mark(JsonNode row, Instant now) {
        String key = row.at(record).asText("");
        if (!row.at(record).isValueNode() || key.isBlank()) {
            throw new AnswerLost("not-a-list", "a record in the answer has no key at " + record);
        }
        return new Mark(
                key,
                Optional.of(content.of(row)),
                Optional.of(row.at(stamp))
                        .filter(time -> time.isValueNode() && !time.isNull())
                        .map(JsonNode::asText),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty());
    }
}
