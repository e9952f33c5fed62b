package dev.tandem.ledger.route;

import dev.tandem.ledger.sweeps.OwedSweep;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.reader.Elapsed;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the cursor; the property {@code TandemWatermark} holds the highest time of change seen, if the source has one. */
final class CompleteSweepAction implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tandem.sweep");

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
            LOG.info("sweep of {}: answered with no record at all, which moves nothing", sweep.source());
            return;
        }
        Optional<String> watermark = Optional.ofNullable(exchange.getProperty(Carried.WATERMARK, String.class));
        Set<String> holders = Carried.holders(exchange);
        boolean inWindows = exchange.getProperty(Carried.IN_WINDOWS) != null;
        Optional<OwedSweep> before = endpoint.ledger().sweeps().complete(sweep, watermark, holders, inWindows);
        endpoint.component().shared().completed(sweep, watermark, holders, inWindows);
        LOG.info(
                "{} of {} complete: {} records read, {} changed and marked, {}{}",
                sweep.full() ? "full sweep" : "sweep",
                sweep.source(),
                exchange.getProperty(Carried.READ, AtomicLong.class),
                exchange.getProperty(Carried.CHANGES, AtomicLong.class),
                Elapsed.words(Duration.between(
                        sweep.beganAt(), endpoint.ledger().clock().now())),
                before.filter(owed -> owed.cutShort() > 0)
                        .map(CompleteSweepAction::afterFailures)
                        .orElse(""));
    }

    private static String afterFailures(OwedSweep owed) {
        return ", at try " + (owed.cutShort() + 1) + " since " + owed.since();
    }
}
