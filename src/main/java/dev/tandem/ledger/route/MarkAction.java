package dev.tandem.ledger.route;

import dev.tandem.ledger.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;

/** Marks the body's records, and says that the sweep they come from is alive. */
final class MarkAction implements LedgerAction {
    private final LedgerEndpoint endpoint;
    private final String flow;

    MarkAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.flow = endpoint.required(endpoint.getFlow(), "flow");
    }

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<Mark> marks =
                body instanceof List<?> list ? list.stream().map(this::mark).toList() : List.of(mark(body));
        if (endpoint.ledger().marks().mark(flow, marks) > 0) {
            exchange.setProperty(Carried.CHANGES, true);
        }
        Optional.ofNullable(exchange.getProperty(Carried.READ, AtomicLong.class))
                .ifPresent(read -> read.addAndGet(marks.size()));
        Carried.sweep(exchange).ifPresent(sweep -> endpoint.ledger()
                .sweeps()
                .alive(sweep, Duration.ofMillis(BeginSweepAction.lease(endpoint).toMillis())));
    }

    private Mark mark(Object body) {
        return body instanceof String record
                ? Mark.hint(record, endpoint.ledger().clock().now())
                : (Mark) body;
    }
}
