package dev.tandem.live;

import dev.tandem.mapping.Examples;
import dev.tandem.mapping.InvalidMappings;
import dev.tandem.mapping.MappingSet;
import dev.tandem.mapping.Mappings;
import dev.tandem.settings.EditedDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private final Function<Mappings, ModelCamelContext> contexts;
    private final Set<String> hosts;

    /**
     * Prepares to check.
     *
     * @param contexts makes contexts that know everything that a route may name, but start none of their routes
     * @param hosts {@code scheme://host:port} that routes may call
     */
    public EditionChecks(Function<Mappings, ModelCamelContext> contexts, Set<String> hosts) {
        this.contexts = contexts;
        this.hosts = Set.copyOf(hosts);
    }

    /** Always with a verdict, whatever a text does to those who read it. */
    public Result check(Edition edition) {
        try {
            return checked(edition);
        } catch (Error e) {
            return new Result(
                    Optional.empty(),
                    0,
                    List.of("the check did not come to its end (" + e.getClass().getSimpleName()
                            + "): a file is too large, or too deeply nested"));
        }
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
        return new RouteChecks(() -> context(new Mappings(mappings)), hosts).check(routes);
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
