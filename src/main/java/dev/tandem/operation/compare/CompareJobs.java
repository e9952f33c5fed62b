package dev.tandem.operation.compare;

import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.CompareState;
import dev.tandem.operation.report.SyncState;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comparisons that are asked of the service: one at a time, on a thread of its own. */
public final class CompareJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompareJobs.class);

    private final Supplier<Comparison> comparisons;
    private final Consumer<CompareReport> kept;
    private Optional<CompareState> state = Optional.empty();
    private Optional<Comparison> underWay = Optional.empty();
    private Thread worker;
    private boolean closed;

    /** @param kept takes each report */
    public CompareJobs(Supplier<Comparison> comparisons, Consumer<CompareReport> kept) {
        this.comparisons = comparisons;
        this.kept = kept;
    }

    /** Begins one; none if one is under way. */
    public synchronized Optional<CompareState> begin(CompareRequest request) {
        if (closed || state.filter(now -> !now.over()).isPresent()) {
            return Optional.empty();
        }
        long id = state.map(CompareState::id).orElse(0L) + 1;
        CompareState begun = CompareState.running(id, "", -1, 0);
        state = Optional.of(begun);
        worker = new Thread(() -> work(id, request), "comparison");
        worker.setDaemon(true);
        worker.start();
        return state;
    }

    /** That of the last one begun in this process. */
    public synchronized Optional<CompareState> state() {
        return state;
    }

    /** Ends the one under way; false if there is none. */
    public synchronized boolean stop() {
        underWay.ifPresent(Comparison::stop);
        return underWay.isPresent();
    }

    private void work(long id, CompareRequest request) {
        try (Comparison comparison = comparisons.get()) {
            synchronized (this) {
                underWay = Optional.of(comparison);
                if (closed) {
                    comparison.stop();
                }
            }
            CompareReport report = comparison.compare(
                    request,
                    Progress.of((step, expected, done) -> now(CompareState.running(id, step, expected, done))));
            kept.accept(report);
            LOG.info("Compared: {}", report.summary());
            now(CompareState.over(id, Optional.of(report), Optional.empty()));
        } catch (OperationFailed e) {
            LOG.warn("Comparison failed: {}", e.getMessage());
            failed(id, e);
        } catch (RuntimeException e) {
            LOG.error("A comparison failed: {}", e.getClass().getName());
            failed(id, e);
        }
    }

    private void failed(long id, RuntimeException why) {
        now(CompareState.over(id, Optional.empty(), Optional.of(SyncState.Failure.of("The comparison", why))));
    }

    private synchronized void now(CompareState next) {
        state = Optional.of(next);
        if (next.over()) {
            underWay = Optional.empty();
        }
    }

    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            stop();
            last = worker;
        }
        try {
            if (last != null) {
                last.join(10_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
