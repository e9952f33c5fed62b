package dev.tandem.ops;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Standing;
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
                // At one moment: an item laid down between two looks would be missed by both, or seen by both.
                Standing.ToDo toDo = ledger.standing().toDo(FLOWS);
                progress.reached(Math.max(0, progressTotal - toDo.open()));
                boolean soon = toDo.nextDue()
                        .filter(due -> due.isBefore(ledger.clock().now().plus(patience)))
                        .isPresent();
                // Behind a closed gate nothing is worked, however long it has been due.
                if (toDo.leased() == 0 && (!soon || ledger.gates().anyClosed())) {
                    return toDo.nextDue();
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
        progressTotal = ledger.standing().toDo(FLOWS).open();
        return progressTotal;
    }

    private static void close(AutoCloseable listening) {
        try {
            listening.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
