package dev.tandem.ops;

import dev.tandem.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits until nothing more can be done soon. */
final class Draining {
    static final List<String> FLOWS = List.of("oscar-to-primero", "primero-to-oscar");
    private static final long LOOK_AGAIN_MILLIS = 250;

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
        Semaphore news = new Semaphore(0);
        AutoCloseable listening = ledger.signals().listen(news::release);
        try {
            while (true) {
                news.drainPermits();
                long open = open();
                progress.reached(Math.max(0, progressTotal - open));
                Optional<Instant> next = nextDue();
                boolean soon = next.filter(
                                due -> due.isBefore(ledger.clock().now().plus(patience)))
                        .isPresent();
                // Behind a closed gate nothing is worked, however long it has been due.
                if (inWork() == 0 && (!soon || ledger.gates().anyClosed())) {
                    return next;
                }
                news.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } finally {
            close(listening);
        }
    }

    private long progressTotal;

    /** How many records are to be brought to rest now. */
    long begin() {
        progressTotal = open();
        return progressTotal;
    }

    private long open() {
        return ledger.standing().flows().stream()
                .mapToLong(flow -> flow.pending() + flow.leased())
                .sum();
    }

    private long inWork() {
        return ledger.standing().flows().stream()
                .mapToLong(flow -> flow.leased())
                .sum();
    }

    private Optional<Instant> nextDue() {
        return FLOWS.stream().map(ledger::nextDue).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private static void close(AutoCloseable listening) {
        try {
            listening.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
