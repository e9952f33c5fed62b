package dev.tandem.observe;

import dev.tandem.engine.Engine;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.deadletters.DeadLetters;
import dev.tandem.ledger.route.SweepHeaders;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.live.RoutedFlows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator does to a flow of the running service, by JMX or the admin API. */
final class FlowCommands implements FlowControl, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowCommands.class);
    private final Ledger ledger;
    private final Engine engine;
    private final Runnable changed;
    private final String by;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private final ExecutorService sweeps = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sweep on request");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * The commands of one way in.
     *
     * @param by whom the journal names, such as {@code JMX}
     * @param changed is run after something was changed
     */
    FlowCommands(Ledger ledger, Engine engine, String by, Runnable changed) {
        this.ledger = ledger;
        this.engine = engine;
        this.by = by;
        this.changed = changed;
    }

    @Override
    public String syncNow(String flow) {
        Optional<RoutedFlows.Source> read = engine.flows().source(Flow.source(flow));
        if (read.isEmpty()) {
            return "No route reads " + Flow.source(flow) + ".";
        }
        String source = read.get().name();
        if (!asked.add(source)) {
            return "A sweep of " + source + " was asked for already and is about to begin.";
        }
        LOG.info("a sweep of {} was asked for ({})", source, by);
        sweeps.execute(() -> sweep(read.get()));
        return "A sweep of " + source + " begins"
                + (ledger.pauses().paused(flow) ? "; what it marks waits, since " + flow + " is paused." : ".");
    }

    private void sweep(RoutedFlows.Source source) {
        try {
            engine.sweep(source, Map.of(SweepHeaders.FULL, false), () -> stopping);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn(
                    "the sweep of {} that was asked for did not begin: {}",
                    source.name(),
                    e.getClass().getSimpleName());
        } finally {
            asked.remove(source.name());
        }
    }

    @Override
    public String pause(String flow) {
        boolean paused = ledger.pauses().pause(flow, by);
        changed.run();
        LOG.info("{} is paused ({})", flow, by);
        return paused
                ? flow + " is paused, in every replica within seconds. What is in work is finished."
                : flow + " was paused already.";
    }

    @Override
    public String resume(String flow) {
        boolean resumed = ledger.pauses().resume(flow);
        changed.run();
        LOG.info("{} goes on ({})", flow, by);
        return resumed ? flow + " goes on." : flow + " was not paused.";
    }

    @Override
    public String retryParked(String flow) {
        List<DeadLetters.Verdict> verdicts =
                ledger.deadLetters().retryAll(flow, new DeadLetters.Asked(by, Optional.empty()));
        long done = verdicts.stream()
                .filter(verdict -> verdict.outcome() == DeadLetters.Outcome.DONE)
                .count();
        changed.run();
        LOG.info("{}: {} parked effects are tried again ({})", flow, done, by);
        return done + " parked effects of " + flow + " are tried again"
                + (done < verdicts.size() ? "; " + (verdicts.size() - done) + " could not be." : ".");
    }

    @Override
    public void close() {
        stopping = true;
        sweeps.shutdown();
    }
}
