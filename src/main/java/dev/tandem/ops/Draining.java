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
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Ledger ledger;
    private final List<String> flows;

    Draining(Ledger ledger, List<String> flows) {
        this.ledger = ledger;
        this.flows = flows;
    }

    /**
     * Returns once no item is in work and none falls due within {@code patience}.
     *
     * @return when the next one falls due; none if all is settled
     */
    Optional<Instant> await(Duration patience, Progress progress) throws InterruptedException {
        while (true) {
            long began = System.nanoTime();
            // At one moment: an item laid down between two looks would be missed by both, or seen by both.
            Standing.ToDo toDo = ledger.standing().toDo(flows);
            progress.reached(Math.max(0, progressTotal - toDo.open()));
            boolean soon = ledger.standing()
                    .toDo(moving())
                    .nextDue()
                    .filter(due -> due.isBefore(ledger.clock().now().plus(patience)))
                    .isPresent();
            if (toDo.leased() == 0 && !soon) {
                return toDo.nextDue();
            }
            // Looking takes no more than a tenth of the time, however much is open.
            long looked = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            TimeUnit.MILLISECONDS.sleep(Math.max(LOOK_AGAIN_MILLIS, 10 * looked));
        }
    }

    /** Nothing of a flow that a person has stopped becomes due, nor behind a closed gate, however long it has been due. */
    private List<String> moving() {
        return flows.stream()
                .filter(flow -> !ledger.pauses().paused(flow) && ledger.gates().openTo(flow))
                .toList();
    }

    private long progressTotal;

    /** How many records are to be brought to rest now. */
    long begin() {
        progressTotal = ledger.standing().toDo(flows).open();
        return progressTotal;
    }
}
