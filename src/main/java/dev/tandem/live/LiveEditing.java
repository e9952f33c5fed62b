package dev.tandem.live;

import dev.tandem.ledger.Ledger;
import dev.tandem.mapping.MappingSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings edits into force while the service runs. It looks at both directories every few seconds and compares what is in the
 * files: notices of changes are lost on some file systems, and name the wrong file on a mounted ConfigMap. An edition counts
 * once two looks in a row have seen the same, so that a half-written file is not read; then it is checked whole, and swapped
 * only if nothing is wrong with it.
 */
public final class LiveEditing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEditing.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final int MENDED_AT_ONCE = 50;
    private static final int LOOKS_BETWEEN_MENDING = 15;

    private final InForce inForce;
    private final Supplier<Edition> directories;
    private final EditionChecks checks;
    private final RouteSwap swap;
    private final Ledger ledger;
    private final Runnable swapped;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "live-editing");
        thread.setDaemon(true);
        return thread;
    });

    private Edition lastSeen;
    private Optional<Edition> turnedAway;
    private int looksUntilMending;
    private ScheduledFuture<?> rounds;

    /**
     * Puts it together; {@link #begin} begins.
     *
     * @param directories reads what lies in them now
     * @param swapped told after routes were swapped: a schedule may have fired meanwhile
     * @param turnedAway what lies in the directories at start, if that is not what is in force
     */
    LiveEditing(
            InForce inForce,
            Supplier<Edition> directories,
            EditionChecks checks,
            RouteSwap swap,
            Ledger ledger,
            Runnable swapped,
            Optional<Edition> turnedAway) {
        this.inForce = inForce;
        this.directories = directories;
        this.checks = checks;
        this.swap = swap;
        this.ledger = ledger;
        this.swapped = swapped;
        this.turnedAway = turnedAway;
        this.lastSeen = inForce.edition();
    }

    /** Looks every so often from now on, until it is closed. */
    void begin(Duration interval) {
        rounds = looking.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            swap.startOwed();
            Edition seen = directories.get();
            if (!seen.equals(lastSeen)) {
                lastSeen = seen;
            } else if (seen.equals(inForce.edition())) {
                backAgain();
            } else if (!turnedAway.equals(Optional.of(seen))) {
                consider(seen);
            }
            mend();
        } catch (RuntimeException | Error e) {
            // The next look tries again; what is in force goes on. What is thrown here would end all further looks. A
            // message may come from anywhere, so it is not repeated.
            LOG.error(
                    "Looking for edits failed ({} at {}); what is in force goes on",
                    e.getClass().getName(),
                    e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?");
        }
    }

    /** The edit was taken back. */
    private void backAgain() {
        if (turnedAway.isPresent()) {
            turnedAway = Optional.empty();
            ledger.editions().accepted(inForce.version(), List.of(), EditionText.of(inForce.edition()));
            LOG.info("Routes and mappings are those of version {} again, which is in force", inForce.version());
        }
    }

    private void consider(Edition edition) {
        List<String> files = edition.differsFrom(inForce.edition());
        EditionChecks.Result result = checks.check(edition);
        if (!result.sound()) {
            turnAway(edition, files, result.faults());
            return;
        }
        MappingSet mappings = result.mappings().orElseThrow();
        Edition before = inForce.edition();
        MappingSet mappingsBefore = inForce.mappings().current();
        try {
            boolean routes = !edition.routes().equals(before.routes());
            if (routes) {
                swap.swap(before, edition, () -> inForce.become(edition, mappings));
            } else {
                inForce.become(edition, mappings);
            }
            turnedAway = Optional.empty();
            looksUntilMending = 0;
            ledger.editions().accepted(edition.version(), files, EditionText.of(edition));
            LOG.info("Version {} of routes and mappings is in force: {}", edition.version(), String.join(", ", files));
            if (routes) {
                swapped.run();
            }
        } catch (RouteSwap.Busy busy) {
            LOG.info("Version {} waits: {}", edition.version(), busy.getMessage());
        } catch (RouteSwap.Failed failed) {
            inForce.become(before, mappingsBefore);
            turnAway(edition, files, List.of(failed.getMessage()));
        }
    }

    private void turnAway(Edition edition, List<String> files, List<String> faults) {
        turnedAway = Optional.of(edition);
        ledger.editions().rejected(edition.version(), files, faults);
        LOG.error(
                "Version {} of routes and mappings is turned away; version {} stays in force:\n  {}",
                edition.version(),
                inForce.version(),
                String.join("\n  ", faults));
    }

    /** At a bounded rate, and now and then all over: a replica with the version before may have taken one up meanwhile. */
    private void mend() {
        if (looksUntilMending-- <= 0) {
            int tried = ledger.editRetries().tryAgain(inForce.version(), MENDED_AT_ONCE);
            looksUntilMending = tried < MENDED_AT_ONCE ? LOOKS_BETWEEN_MENDING : 0;
        }
    }

    @Override
    public void close() {
        rounds.cancel(false);
        looking.shutdown();
        try {
            // Never by an interrupt, which H2 does not survive.
            looking.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
