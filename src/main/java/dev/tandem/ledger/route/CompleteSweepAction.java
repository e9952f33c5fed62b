package dev.tandem.ledger.route;

import dev.tandem.ledger.sweeps.Sweep;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Moves the cursor; the property {@code TandemWatermark} holds the highest time of change seen, if the source has one. */
final class CompleteSweepAction implements Processor {
    private final LedgerEndpoint endpoint;

    CompleteSweepAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Sweep sweep = Carried.sweep(exchange)
                .orElseThrow(() -> new IllegalStateException("ledger:complete-sweep without ledger:begin-sweep"));
        exchange.setProperty(Carried.OUTCOME, "done");
        boolean changes =
                exchange.getProperty(Carried.CHANGES, AtomicLong.class).get() > 0;
        if (changes && !sweep.full() && exchange.getProperty(Carried.ON_EVENT) == null) {
            endpoint.ledger().eventActivity().missed(sweep.source());
        }
        if (exchange.getProperty(Carried.NOTHING_READ, false, Boolean.class)) {
            endpoint.ledger().sweeps().nothingRead(sweep);
            return;
        }
        endpoint.ledger()
                .sweeps()
                .complete(
                        sweep,
                        Optional.ofNullable(exchange.getProperty(Carried.WATERMARK, String.class)),
                        Carried.holders(exchange),
                        exchange.getProperty(Carried.IN_WINDOWS) != null);
    }
}
