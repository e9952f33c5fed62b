package dev.tandem.live;

import dev.tandem.ledger.Ledger;
import dev.tandem.mapping.MappingSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service begins with of that which people edit, and how it goes on from there. */
public final class Editing {
    private static final Logger LOG = LoggerFactory.getLogger(Editing.class);

    /** The directories cannot be used, and there is nothing to begin with instead. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<String> faults;

        Unusable(List<String> faults) {
            super(String.join("\n", faults));
            this.faults = List.copyOf(faults);
        }

        /** Each with file and line. */
        public List<String> faults() {
            return faults;
        }
    }

    private final InForce inForce;
    private final Supplier<Edition> directories;
    private final EditionChecks checks;
    private final DryContexts contexts;
    private final Ledger ledger;
    private final Optional<Edition> turnedAway;

    private Editing(
            InForce inForce,
            Supplier<Edition> directories,
            EditionChecks checks,
            DryContexts contexts,
            Ledger ledger,
            Optional<Edition> turnedAway) {
        this.inForce = inForce;
        this.directories = directories;
        this.checks = checks;
        this.contexts = contexts;
        this.ledger = ledger;
        this.turnedAway = turnedAway;
    }

    /**
     * Checks what lies in the directories and takes it, or, if it cannot be used, the last good version.
     *
     * @param lastGood whether to begin with that
     * @throws Unusable if there is nothing to begin with
     */
    public static Editing begin(
            Path routes, Path mappings, EditionChecks checks, DryContexts contexts, Ledger ledger, boolean lastGood)
            throws Unusable {
        Supplier<Edition> directories = () -> Edition.read(routes, mappings);
        Edition edition = directories.get();
        EditionChecks.Result result = checks.check(edition);
        if (result.sound()) {
            InForce inForce = new InForce(edition, result.mappings().orElseThrow());
            inForce.enter(ledger);
            return new Editing(inForce, directories, checks, contexts, ledger, Optional.empty());
        }
        Optional<Edition> before = lastGood ? EditionText.lastGood(ledger) : Optional.empty();
        Optional<MappingSet> set =
                before.map(checks::check).filter(EditionChecks.Result::sound).flatMap(EditionChecks.Result::mappings);
        if (set.isEmpty()) {
            throw new Unusable(result.faults());
        }
        ledger.editions().rejected(edition.version(), edition.differsFrom(before.get()), result.faults());
        InForce inForce = new InForce(before.get(), set.get());
        LOG.error(
                "What lies in the directories of routes and mappings cannot be used; Tandem starts on the last good version, {}:\n  {}",
                inForce.version(),
                String.join("\n  ", result.faults()));
        return new Editing(inForce, directories, checks, contexts, ledger, Optional.of(edition));
    }

    public InForce inForce() {
        return inForce;
    }

    /**
     * Brings edits into force in this context from now on.
     *
     * @param door where requests come in
     * @param patience how long a swap waits for what is in work
     * @param swapped told after routes were swapped
     */
    public LiveEditing goOn(
            ModelCamelContext context, Door door, Duration patience, Duration interval, Runnable swapped) {
        RouteSwap swap = new RouteSwap(context, () -> contexts.open(inForce.mappings()), door, patience);
        LiveEditing editing = new LiveEditing(inForce, directories, checks, swap, ledger, swapped, turnedAway);
        editing.begin(interval);
        return editing;
    }
}
