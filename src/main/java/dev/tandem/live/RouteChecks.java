package dev.tandem.live;

import dev.tandem.files.EditedDirectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Checks the routes of one edition, offline and without starting any of them: each file is read by itself, so that every one
 * that cannot be read is named; then all are put together in a context that listens to nothing and calls nobody.
 */
final class RouteChecks {
    private final Supplier<ModelCamelContext> contexts;
    private final Set<String> hosts;
    private final Allowed allowed;

    RouteChecks(Supplier<ModelCamelContext> contexts, Set<String> hosts, Allowed allowed) {
        this.contexts = contexts;
        this.hosts = hosts;
        this.allowed = allowed;
    }

    List<RouteFault> check(EditedDirectory directory) {
        List<RouteFault> faults = new ArrayList<>();
        directory
                .faults()
                .forEach(fault -> faults.add(new RouteFault(fault.file(), 0, fault.message(), fault.whatToDo())));
        if (directory.texts().isEmpty()) {
            faults.add(
                    new RouteFault("routes", 0, "there are no routes here", "point tandem.routes.dir at the routes"));
            return faults;
        }
        List<Resource> files = RouteTexts.resources(directory.texts());
        List<Resource> readable = new ArrayList<>();
        try (ModelCamelContext alone = contexts.get();
                ModelCamelContext context = contexts.get()) {
            List.of(alone, context).forEach(this::emptyHanded);
            files.forEach(file -> read(alone, file, readable, faults));
            PluginHelper.getRoutesLoader(context).loadRoutes(readable);
            // Of a file that could not be read nobody knows what begins in it.
            boolean all = readable.size() == files.size();
            faults.addAll(new RouteModel(context).check(context.getRouteDefinitions(), all));
            if (faults.isEmpty()) {
                includeAll(context);
                // What only building shows: a condition that cannot be read, a schedule that is none.
                context.start();
            }
        } catch (Exception | Error e) {
            faults.add(new RouteFault("routes", 0, ParseFaults.innermost(e), ""));
        }
        faults.sort(Comparator.comparing(RouteFault::file).thenComparingInt(RouteFault::line));
        return faults;
    }

    /** What writes files, and what only a setting allows, stays away while routes are built for a check. */
    private void emptyHanded(ModelCamelContext context) {
        Stream.concat(Stream.of("file"), allowed.further().stream())
                .forEach(name -> context.addComponent(name, new StubComponent()));
    }

    /** A route that a setting switches off is built and checked all the same, but its condition must be one. */
    private static void includeAll(ModelCamelContext context) {
        context.getRouteDefinitions().stream()
                .filter(route -> route.getPrecondition() != null)
                .forEach(route -> {
                    context.resolveLanguage("simple")
                            .createPredicate(context.resolvePropertyPlaceholders(route.getPrecondition()));
                    route.setPrecondition(null);
                });
    }

    /** As a whole: the beginning of an allowed host's name is not that host. */
    private boolean mayBeCalled(String address) {
        return hosts.stream().anyMatch(host -> address.equals(host) || address.startsWith(host + "/"));
    }

    private void read(ModelCamelContext context, Resource file, List<Resource> readable, List<RouteFault> faults) {
        try {
            WrittenRoutes.Faults written = WrittenRoutes.faults(
                    RouteTexts.name(file.getLocation()),
                    RouteTexts.text(file),
                    allowed,
                    this::mayBeCalled,
                    context.getPropertiesComponent().loadProperties().stringPropertyNames(),
                    text -> RouteTexts.resolved(context, text).orElse(text));
            faults.addAll(written.unknown());
            if (!written.forbidden().isEmpty()) {
                faults.addAll(written.forbidden());
                return;
            }
            PluginHelper.getRoutesLoader(context).loadRoutes(file);
            readable.add(file);
        } catch (Exception | Error e) {
            faults.add(ParseFaults.of(file, e));
        }
        context.getRouteConfigurationDefinitions().stream()
                .filter(configuration -> configuration.hasCustomIdAssigned())
                .map(configuration -> new RouteFault(
                        RouteTexts.name(file.getLocation()),
                        0,
                        "the shared error handling has the id " + configuration.getId(),
                        "remove the id: with it, it applies to no route that does not name it"))
                .forEach(faults::add);
        // Those of the next file are its own.
        context.getRouteConfigurationDefinitions().clear();
    }
}
