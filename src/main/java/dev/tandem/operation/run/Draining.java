package dev.tandem.operation.run;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.LedgerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Waits until nothing more can be done soon. */
public final class Draining {
    private static final long LOOK_AGAIN_MILLIS = 50;

    /** What is due is taken by a worker within a second or two, on a machine that has other work too within several. */
    private static final Duration SURELY_TAKEN = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final List<String> flows;
    private final BooleanSupplier busyHere;
    /** What changes whenever something is done: how much is open, how many tries have failed. */
    private List<List<Long>> before = List.of();

    private long movedNanos = System.nanoTime();
    private long progressTotal;

    /** @param busyHere whether a record is in work in this process */
    public Draining(Ledger ledger, List<String> flows, BooleanSupplier busyHere) {
        this.ledger = ledger;
        this.flows = flows;
        this.busyHere = busyHere;
    }

    /**
     * Returns once no item is in work and none falls due within {@code patience}; or once nothing has moved for that long, and for
     * ten seconds at least: a worker elsewhere may be dead, and a system may put off each call to a little later for hours.
     *
     * @return when the next one falls due; none if all is settled
     */
    public Optional<Instant> await(Duration patience, Progress progress) throws InterruptedException {
        while (true) {
            long began = System.nanoTime();
            Set<String> moving = moving();
            // At one moment: an item that is claimed or released between two looks would be missed by both.
            List<LedgerStatus.ToDo> toDo = ledger.status().toDo(flows);
            progress.reached(Math.max(0, progressTotal - open(toDo)));
            Instant later = ledger.clock().now().plus(patience);
            boolean leased = toDo.stream().anyMatch(flow -> flow.leased() > 0);
            boolean soon = toDo.stream()
                    .anyMatch(flow ->
                            moving.contains(flow.flow()) && flow.nextDue().isBefore(later));
            boolean moves = (leased || soon) && moves(toDo, patience);
            if (!busyHere.getAsBoolean() && !moves) {
                return toDo.stream().map(LedgerStatus.ToDo::nextDue).min(Instant::compareTo);
            }
            // Looking takes no more than a tenth of the time, however much is open.
            long looked = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            TimeUnit.MILLISECONDS.sleep(Math.max(LOOK_AGAIN_MILLIS, 10 * looked));
        }
    }

    private boolean moves(List<LedgerStatus.ToDo> toDo, Duration patience) {
        List<List<Long>> now = toDo.stream()
                .map(flow -> List.of(flow.open(), flow.failedTries()))
                .toList();
        if (!now.equals(before)) {
            before = now;
            movedNanos = System.nanoTime();
        }
        return System.nanoTime() - movedNanos < Math.max(patience.toNanos(), SURELY_TAKEN.toNanos());
    }

    /** Nothing of a flow that a person has stopped becomes due, nor behind a closed gate, however long it has been due. */
    private Set<String> moving() {
        return flows.stream()
                .filter(flow -> !ledger.pauses().paused(flow) && ledger.gates().openTo(flow))
                .collect(Collectors.toSet());
    }

    /** How many records are to be settled now. */
    public long begin() {
        progressTotal = open(ledger.status().toDo(flows));
        return progressTotal;
    }

    private static long open(List<LedgerStatus.ToDo> toDo) {
        return toDo.stream().mapToLong(LedgerStatus.ToDo::open).sum();
    }
}
