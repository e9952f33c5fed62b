package dev.tandem.operation;

import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.SyncState;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syncs that were asked of the service, one at a time and in order; the last few are remembered for who asks. */
public final class SyncJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncJobs.class);
    private static final int REMEMBERED = 50;
    private static final int MOST_WAITING = 10;

    private final BiFunction<SyncRequest, Progress, SyncReport> sync;
    private final ExecutorService one = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "sync on request");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Long, SyncState> states = new LinkedHashMap<>();
    private long last;

    public SyncJobs(BiFunction<SyncRequest, Progress, SyncReport> sync) {
        this.sync = sync;
    }

    /** Begins one, or queues it behind those under way; none if too many wait already. */
    public synchronized Optional<SyncState> begin(SyncRequest request) {
        long waiting = states.values().stream().filter(state -> !state.over()).count();
        if (waiting >= MOST_WAITING) {
            return Optional.empty();
        }
        long id = ++last;
        SyncState queued = SyncState.at(id, "queued", "", -1, 0);
        states.put(id, queued);
        if (states.size() > REMEMBERED) {
            states.remove(states.keySet().iterator().next());
        }
        one.execute(() -> work(id, request));
        return Optional.of(queued);
    }

    public synchronized Optional<SyncState> state(long id) {
        return Optional.ofNullable(states.get(id));
    }

    private synchronized void now(SyncState state) {
        states.replace(state.id(), state);
    }

    private void work(long id, SyncRequest request) {
        try {
            SyncReport report = sync.apply(
                    request,
                    Progress.of((step, expected, done) -> now(SyncState.at(id, "running", step, expected, done))));
            now(SyncState.over(id, Optional.of(report), Optional.empty()));
        } catch (OperationFailed e) {
            failed(id, e);
        } catch (RuntimeException e) {
            LOG.error("A sync on request failed: {}", e.getClass().getName());
            failed(id, e);
        }
    }

    private void failed(long id, RuntimeException why) {
        now(SyncState.over(id, Optional.empty(), Optional.of(SyncState.Failure.of("The sync", why))));
    }

    @Override
    public void close() {
        one.shutdownNow();
    }
}
