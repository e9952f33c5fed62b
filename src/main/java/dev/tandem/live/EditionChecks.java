package dev.tandem.live;

import dev.tandem.files.EditedDirectory;
import dev.tandem.ledger.EditionBook;
import dev.tandem.mapping.Examples;
import dev.tandem.mapping.InvalidMappings;
import dev.tandem.mapping.MappingSet;
import dev.tandem.mapping.Mappings;
import dev.tandem.outcome.OperationFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.camel.model.ModelCamelContext;

/** Checks one edition whole and lists every fault: mappings, code lists and examples, then the routes that need them. */
public final class EditionChecks {
    /**
     * What was found.
     *
     * @param mappings as they would come into force; none if they cannot be used
     * @param examples how many were run
     * @param faults each with file, line and what to do; none: all is well
     */
    public record Result(Optional<MappingSet> mappings, int examples, List<String> faults) {
        public Result {
            faults = List.copyOf(faults);
        }

        public boolean sound() {
            return faults.isEmpty();
        }
    }

    /** What is said of an edition that is in the settings' directories. */
    public static final String UNUSABLE =
            "The routes and mappings cannot be used (`tandem validate` checks them without starting anything):";

    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Function<Mappings, ModelCamelContext> contexts;
    private final Set<String> hosts;
    private final Allowed allowed;
    private final String circumstances;

    /**
     * Prepares to check.
     *
     * @param contexts makes contexts that know everything that a route may name, but start none of their routes
     * @param hosts {@code scheme://host:port} that routes may call
     * @param allowed what routes may be made of
     * @param circumstances all else on which a verdict depends: where it is the same, so is the verdict
     */
    public EditionChecks(
            Function<Mappings, ModelCamelContext> contexts, Set<String> hosts, Allowed allowed, String circumstances) {
        this.contexts = contexts;
        this.hosts = Set.copyOf(hosts);
        this.allowed = allowed;
        this.circumstances = circumstances;
    }

    /** Always with a verdict and within a time, whatever a text does to those who read it. */
    public Result check(Edition edition) {
        return check(edition, WITHIN);
    }

    /**
     * As {@link #check}, but runs no examples and builds no routes of an edition that was found sound before, with the same texts, by
     * the same release and under the same settings.
     *
     * @param verdicts where that is remembered
     */
    Result check(Edition edition, EditionBook verdicts) {
        String fingerprint =
                edition.fingerprint(circumstances + new TreeSet<>(hosts) + new TreeSet<>(allowed.further()));
        if (edition.isReadable() && verdicts.wasSound(fingerprint)) {
            List<String> faults = new ArrayList<>();
            Optional<MappingSet> mappings = mappings(edition.mappings(), faults);
            return new Result(mappings, 0, faults);
        }
        Result result = check(edition);
        if (result.sound()) {
            verdicts.sound(fingerprint);
        }
        return result;
    }

    /** @throws OperationFailed with every fault, if it cannot come into force */
    public InForce inForce(Edition edition, EditionBook verdicts, String what) {
        Result result = check(edition, verdicts);
        return new InForce(
                edition,
                result.mappings()
                        .filter(mappings -> result.sound())
                        .orElseThrow(() -> OperationFailed.unusable(what, result.faults())));
    }

    Result check(Edition edition, Duration within) {
        FutureTask<Result> check = new FutureTask<>(() -> checked(edition));
        // Nobody can end a thread that does not ask: one that takes too long is left behind.
        Thread thread = new Thread(check, "check-of-edition");
        thread.setDaemon(true);
        thread.start();
        try {
            return check.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return none("the check took more than " + within.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while an edition was checked");
        } catch (ExecutionException e) {
            return none("the check did not come to its end ("
                    + e.getCause().getClass().getSimpleName() + ")");
        }
    }

    private static Result none(String why) {
        return new Result(
                Optional.empty(),
                0,
                List.of(why + ": a file is too large, too deeply nested, or takes too long to run"));
    }

    private Result checked(Edition edition) {
        List<String> faults = new ArrayList<>();
        Optional<MappingSet> mappings = mappings(edition.mappings(), faults);
        int examples = 0;
        if (mappings.isPresent()) {
            examples = Examples.count(mappings.get());
            Examples.run(mappings.get()).forEach(faults::add);
            routes(edition.routes(), mappings.get()).forEach(fault -> faults.add(fault.toString()));
        } else {
            faults.add("the routes were not checked, since they need the mappings; correct those first");
        }
        return new Result(mappings, examples, faults);
    }

    /** The routes alone. */
    public List<RouteFault> routes(EditedDirectory routes, MappingSet mappings) {
        return new RouteChecks(() -> context(new Mappings(mappings)), hosts, allowed).check(routes);
    }

    /** A new one, not started; whoever asks for it closes it. */
    ModelCamelContext context(Mappings mappings) {
        return contexts.apply(mappings);
    }

    private static Optional<MappingSet> mappings(EditedDirectory directory, List<String> faults) {
        try {
            return Optional.of(MappingSet.of(directory));
        } catch (InvalidMappings e) {
            e.faults().forEach(fault -> faults.add(fault.toString()));
            return Optional.empty();
        }
    }
}
