package dev.tandem.ops;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits until nothing more can be done soon. */
final class Draining {
    static final List<String> FLOWS = List.of("oscar-to-primero", "primero-to-oscar");
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Ledger ledger;

    Draining(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Returns once no item is in work and none falls due within {@code patience}.
     *
     * @return when the next one falls due; none if all is settled
     */
    Optional<Instant> await(Duration patience, Progress progress) throws InterruptedException {
        while (true) {
            long began = System.nanoTime();
            List<Standing.Open> open = open();
            progress.reached(Math.max(0, progressTotal - items(open)));
            Optional<Instant> next = nextDue();
            Instant horizon = ledger.clock().now().plus(patience);
            if (open.stream().noneMatch(flow -> flow.leased() > 0)
                    && next.filter(due -> due.isBefore(horizon)).isEmpty()) {
                return next;
            }
            // Looking takes no more than a tenth of the time, however much is open.
            long looked = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            TimeUnit.MILLISECONDS.sleep(Math.max(LOOK_AGAIN_MILLIS, 10 * looked));
        }
    }

    private long progressTotal;

    /** How many records are to be brought to rest now. */
    long begin() {
        progressTotal = items(open());
        return progressTotal;
    }

    private List<Standing.Open> open() {
        return FLOWS.stream().map(ledger.standing()::open).toList();
    }

    private static long items(List<Standing.Open> open) {
        return open.stream().mapToLong(flow -> flow.pending() + flow.leased()).sum();
    }

    private Optional<Instant> nextDue() {
        return FLOWS.stream().map(ledger::nextDue).flatMap(Optional::stream).min(Instant::compareTo);
    }
}
