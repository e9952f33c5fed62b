package dev.tandem.live;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.Recurrence;
import dev.tandem.mapping.MappingSet;
import dev.tandem.outcome.OperationFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings edits into force while the service runs. It looks at both directories every few seconds and compares what is in the
 * files: notices of changes are lost on some file systems, and name the wrong file on a mounted ConfigMap. An edition counts
 * once two looks in a row have seen the same, so that a half-written file is not read; then it is checked whole, and swapped
 * only if nothing is wrong with it.
 */
public final class LiveEditing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEditing.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final int RETRIED_AT_ONCE = 50;
    private static final int LOOKS_BETWEEN_RETRIES = 15;

    private final InForce inForce;
    private final Supplier<Edition> directories;
    private final EditionChecks checks;
    private final Ledger ledger;
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "live-editing", true));

    private final Recurrence failures = new Recurrence();
    private Edition lastSeen;
    private Optional<Edition> turnedAway;
    private int looksUntilRetries;

    private LiveEditing(
            InForce inForce,
            Supplier<Edition> directories,
            EditionChecks checks,
            Ledger ledger,
            Optional<Edition> turnedAway) {
        this.inForce = inForce;
        this.directories = directories;
        this.checks = checks;
        this.ledger = ledger;
        this.turnedAway = turnedAway;
        this.lastSeen = inForce.edition();
    }

    /**
     * Checks what is in the directories and takes it, or, if it cannot be used, the last good version.
     *
     * @param lastGood whether to begin with that
     * @throws OperationFailed if there is nothing to begin with; it names the faults
     */
    public static LiveEditing begin(Path routes, Path mappings, EditionChecks checks, Ledger ledger, boolean lastGood) {
        Supplier<Edition> directories = () -> Edition.read(routes, mappings);
        Edition edition = directories.get();
        EditionChecks.Result result = checks.check(edition, ledger.editions());
        if (result.sound()) {
            InForce inForce = new InForce(edition, result.mappings().orElseThrow());
            inForce.enter(ledger);
            return new LiveEditing(inForce, directories, checks, ledger, Optional.empty());
        }
        Optional<Edition> before = lastGood ? Edition.lastGood(ledger) : Optional.empty();
        Optional<MappingSet> set =
                before.map(checks::check).filter(EditionChecks.Result::sound).flatMap(EditionChecks.Result::mappings);
        if (set.isEmpty()) {
            throw OperationFailed.unusable(EditionChecks.UNUSABLE, result.faults());
        }
        ledger.editions().rejected(edition.version(), edition.differsFrom(before.get()), result.faults());
        InForce inForce = new InForce(before.get(), set.get());
        LOG.error(
                "The routes and mappings in the directories cannot be used; Tandem starts on the last good version, {}:\n  {}",
                inForce.version(),
                String.join("\n  ", result.faults()));
        return new LiveEditing(inForce, directories, checks, ledger, Optional.of(edition));
    }

    public InForce inForce() {
        return inForce;
    }

    /**
     * Brings edits into force in this context from now on, until this is closed.
     *
     * @param door where requests come in
     * @param patience how long a swap waits for what is in work
     * @param swapped told after routes were swapped: a schedule may have fired meanwhile
     */
    @SuppressWarnings("FutureReturnValueIgnored") // each look catches and logs whatever it throws
    public LiveEditing goOn(
            ModelCamelContext context, Door door, Duration patience, Duration interval, Runnable swapped) {
        RouteSwap swap = new RouteSwap(context, () -> checks.context(inForce.mappings()), door, patience);
        looking.scheduleWithFixedDelay(
                () -> look(swap, swapped), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void look(RouteSwap swap, Runnable swapped) {
        try {
            swap.startOwed();
            Edition seen = directories.get();
            if (!seen.equals(lastSeen)) {
                lastSeen = seen;
            } else if (seen.equals(inForce.edition())) {
                backAgain();
            } else if (!turnedAway.equals(Optional.of(seen))) {
                consider(seen, swap, swapped);
            }
            retryParked();
            failures.over();
        } catch (RuntimeException | Error e) {
            // The next look tries again; what is in force goes on. What is thrown here would end all further looks. A
            // message may come from anywhere, so it is not repeated.
            LOG.atLevel(failures.isNews(e) ? Level.ERROR : Level.DEBUG)
                    .log(
                            "Looking for edits failed ({} at {}); what is in force goes on",
                            e.getClass().getName(),
                            e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?");
        }
    }

    /** The edit was taken back. */
    private void backAgain() {
        if (turnedAway.isPresent()) {
            turnedAway = Optional.empty();
            ledger.editions()
                    .accepted(inForce.version(), List.of(), inForce.edition().bytes());
            LOG.info("Routes and mappings are those of version {} again, which is in force", inForce.version());
        }
    }

    private void consider(Edition edition, RouteSwap swap, Runnable swapped) {
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
            looksUntilRetries = 0;
            ledger.editions().accepted(edition.version(), files, edition.bytes());
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
    private void retryParked() {
        if (looksUntilRetries-- <= 0) {
            int tried = ledger.editRetries().tryAgain(inForce.version(), RETRIED_AT_ONCE);
            looksUntilRetries = tried < RETRIED_AT_ONCE ? LOOKS_BETWEEN_RETRIES : 0;
        }
    }

    @Override
    public void close() {
        looking.shutdown();
        try {
            // Never by an interrupt, which H2 does not survive.
            looking.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
