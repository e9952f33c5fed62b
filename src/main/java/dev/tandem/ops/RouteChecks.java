package dev.tandem.ops;

import dev.tandem.ledger.Ledger;
import dev.tandem.mapping.Mappings;
import dev.tandem.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Checks a directory of routes as one version, offline and without starting any of them: each file is read by itself, so that
 * every one that cannot be read is named; then all are put together in a context that listens to nothing and calls nobody.
 */
final class RouteChecks {
    private final Settings settings;
    private final Ledger ledger;
    private final Mappings mappings;

    RouteChecks(Settings settings, Ledger ledger, Mappings mappings) {
        this.settings = settings;
        this.ledger = ledger;
        this.mappings = mappings;
    }

    List<RouteFault> check(Path directory) {
        List<Resource> files = files(directory);
        if (files.isEmpty()) {
            return List.of(new RouteFault(
                    directory.toString(), 0, "there are no routes here", "point tandem.routes.dir at the routes"));
        }
        List<RouteFault> faults = new ArrayList<>();
        List<Resource> readable = new ArrayList<>();
        for (Resource file : files) {
            try (CamelContext context = context()) {
                PluginHelper.getRoutesLoader(context).loadRoutes(file);
                readable.add(file);
                faults.addAll(namedConfigurations(file, (ModelCamelContext) context));
            } catch (Exception e) {
                faults.add(parseFault(file, e));
            }
        }
        try (CamelContext context = context()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(readable);
            ModelCamelContext model = (ModelCamelContext) context;
            faults.addAll(new RouteModel(context, hosts()).check(model.getRouteDefinitions()));
            if (faults.isEmpty()) {
                // What only building shows: a condition that cannot be read, a schedule that is none.
                context.start();
            }
        } catch (Exception e) {
            faults.add(buildFault(directory, e));
        }
        faults.sort(Comparator.comparing(RouteFault::file).thenComparingInt(RouteFault::line));
        return faults;
    }

    private static List<RouteFault> namedConfigurations(Resource file, ModelCamelContext model) {
        return model.getRouteConfigurationDefinitions().stream()
                .filter(configuration -> configuration.hasCustomIdAssigned())
                .map(configuration -> new RouteFault(
                        file.getLocation(),
                        0,
                        "the shared error handling has the id " + configuration.getId(),
                        "remove the id: with it, it applies to no route that does not name it"))
                .toList();
    }

    private CamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.setAutoStartup(false);
        context.setSourceLocationEnabled(true);
        context.disableJMX();
        Properties properties = new Properties();
        properties.putAll(Engine.placeholders(settings));
        context.getPropertiesComponent().setOverrideProperties(properties);
        Engine.beans(settings, ledger, mappings)
                .forEach((name, bean) -> context.getRegistry().bind(name, bean));
        new Engine.Wiring(Engine.calls(settings, ledger), ledger, 1, false).configure(context);
        return context;
    }

    private Set<String> hosts() {
        Set<String> hosts = new HashSet<>();
        hosts.add(settings.primero().url().toString());
        hosts.add(settings.oscar().url().toString());
        settings.http().allowedHosts().forEach(host -> {
            hosts.add("https://" + host);
            hosts.add("http://" + host);
        });
        return hosts;
    }

    private static List<Resource> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")
                            || file.toString().endsWith(".xml"))
                    .sorted()
                    .map(RouteChecks::resource)
                    .toList();
        } catch (IOException e) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("The directory of the routes cannot be read: " + directory + " (tandem.routes.dir)."));
        }
    }

    private static Resource resource(Path file) {
        try {
            return ResourceHelper.fromString(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Camel's own message names line and column; the innermost one is the plainest. */
    private static RouteFault parseFault(Resource file, Throwable failure) {
        String message = innermost(failure).strip();
        var line = java.util.regex.Pattern.compile("line (\\d+)").matcher(message);
        return new RouteFault(file.getLocation(), line.find() ? Integer.parseInt(line.group(1)) : 0, message, "");
    }

    private static RouteFault buildFault(Path directory, Throwable failure) {
        return new RouteFault(directory.toString(), 0, innermost(failure), "");
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
