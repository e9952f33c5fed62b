package dev.tandem.live;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Swaps the routes that differ between two editions in a running context. The routes in which work comes in, of those that
 * reach a changed one, stop taking more and end what they have; so no record is worked half by the old version and half by
 * the new. All others go on.
 */
final class RouteSwap {
    private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    /** The swap has to wait: what is in work took longer than the patience. Nothing was changed. */
    static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy(String route) {
            super("the route " + route + " is still at work");
        }
    }

    /** Camel would not start what the checks had let through. The version before is back and running. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(Throwable cause) {
            super(ParseFaults.innermost(cause), cause);
        }
    }

    private final ModelCamelContext context;
    private final Supplier<ModelCamelContext> dry;
    private final Door door;
    private final Duration patience;
    private final Set<String> owed = new TreeSet<>();

    /**
     * Prepares to swap.
     *
     * @param dry makes contexts to read a text in
     * @param patience how long to wait for what is in work
     */
    RouteSwap(ModelCamelContext context, Supplier<ModelCamelContext> dry, Door door, Duration patience) {
        this.context = context;
        this.dry = dry;
        this.door = door;
        this.patience = patience;
    }

    /** @param between done while nothing that is affected is in work */
    void swap(Edition from, Edition to, Runnable between) throws Busy, Failed {
        Set<String> files = new TreeSet<>(from.routes().texts().keySet());
        files.addAll(to.routes().texts().keySet());
        files.removeIf(file -> Objects.equals(
                from.routes().texts().get(file), to.routes().texts().get(file)));
        Part before = part(from, files);
        Part after = part(to, files);
        if (before.handlesErrors() || after.handlesErrors()) {
            // A route keeps the error handling that it was built with (Camel), so a change of that changes all.
            before = part(from, from.routes().texts().keySet());
            after = part(to, to.routes().texts().keySet());
        }
        RouteGraph graph = new RouteGraph(context, context.getRouteDefinitions());
        Set<String> affected = graph.reaching(before.ids());
        Map<String, RouteDefinition> paused = new HashMap<>();
        Set<String> stoppedByOthers = stoppedByOthers(affected);
        try {
            stopRoots(graph, affected, paused);
            between.run();
            replace(before, after);
        } finally {
            try {
                restart(paused, stoppedByOthers);
            } finally {
                door.open();
            }
        }
    }

    /** Tries to start again what could not be, after a swap; each is named in the log. */
    void startOwed() {
        owed.removeIf(id -> context.getRouteDefinition(id) == null || started(id));
    }

    private boolean started(String id) {
        try {
            context.getRouteController().startRoute(id);
            LOG.info("The route {} runs again", id);
            return true;
        } catch (Exception e) {
            LOG.error(
                    "The route {} could not be started again after a swap ({}); it is tried again every few seconds, and at the"
                            + " next start of Tandem",
                    id,
                    e.getClass().getName());
            return false;
        }
    }

    /** What is swapped of one version, and which routes are in it. */
    private record Part(String version, SortedMap<String, String> texts, Set<String> ids, boolean handlesErrors) {}

    private Part part(Edition edition, Set<String> files) throws Failed {
        SortedMap<String, String> texts = new TreeMap<>(edition.routes().texts());
        texts.keySet().retainAll(files);
        try (ModelCamelContext model = dry.get()) {
            PluginHelper.getRoutesLoader(model).loadRoutes(RouteTexts.resources(texts));
            return new Part(
                    edition.version(),
                    texts,
                    model.getRouteDefinitions().stream()
                            .map(RouteDefinition::getRouteId)
                            .collect(Collectors.toSet()),
                    !model.getRouteConfigurationDefinitions().isEmpty());
        } catch (Exception e) {
            throw new Failed(e);
        }
    }

    /** Sweeps first, since they take longest to end; the door is shut last, so that nobody waits long before it. */
    private void stopRoots(RouteGraph graph, Set<String> affected, Map<String, RouteDefinition> paused) throws Busy {
        List<String> roots = affected.stream()
                .filter(id -> !graph.beginning(id).matches("(direct|seda):.*"))
                .filter(id -> status(id) == ServiceStatus.Started)
                .sorted(Comparator.comparing((String id) -> listens(graph, id))
                        .thenComparing(id -> graph.beginning(id).startsWith("ledger"))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        for (String id : roots) {
            if (listens(graph, id)) {
                door.shut();
            }
            paused.put(id, context.getRouteDefinition(id));
            if (!stop(id)) {
                throw new Busy(id);
            }
        }
        long end = System.nanoTime() + patience.toNanos();
        for (String id : affected) {
            while (context.getInflightRepository().size(id) > 0) {
                if (System.nanoTime() > end) {
                    throw new Busy(id);
                }
                rest();
            }
        }
    }

    private static boolean listens(RouteGraph graph, String id) {
        return graph.beginning(id).startsWith("platform-http");
    }

    private boolean stop(String id) {
        try {
            return context.getRouteController().stopRoute(id, patience.toMillis(), TimeUnit.MILLISECONDS, true);
        } catch (Exception e) {
            throw new IllegalStateException("the route " + id + " could not be stopped", e);
        }
    }

    private void replace(Part before, Part after) throws Failed {
        boolean errorHandling = before.handlesErrors() || after.handlesErrors();
        try {
            remove(before.ids());
            load(after, errorHandling);
        } catch (Exception | Error e) {
            try {
                remove(after.ids());
                load(before, errorHandling);
            } catch (Exception again) {
                e.addSuppressed(again);
                LOG.error(
                        "The routes of version {} could not be started, and those of version {} not again: restart Tandem",
                        after.version(),
                        before.version());
                throw new IllegalStateException("neither version of the routes could be started", e);
            }
            throw new Failed(e);
        }
    }

    private void load(Part part, boolean errorHandling) throws Exception {
        if (errorHandling) {
            context.getRouteConfigurationDefinitions().clear();
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(RouteTexts.resources(part.texts()));
    }

    private void remove(Collection<String> ids) throws Exception {
        for (String id : ids) {
            RouteDefinition definition = context.getRouteDefinition(id);
            if (definition != null) {
                context.getRouteController().stopRoute(id);
                context.removeRouteDefinition(definition);
            }
        }
    }

    /** One that does not start by itself, or that a setting switches off, was stopped by nobody: an edit may have it start. */
    private Set<String> stoppedByOthers(Set<String> ids) {
        return ids.stream()
                .filter(id -> status(id) != ServiceStatus.Started)
                .filter(this::startsByItself)
                .collect(Collectors.toSet());
    }

    private boolean startsByItself(String id) {
        if (context.getRoute(id) == null) {
            return false;
        }
        String autoStartup = context.getRouteDefinition(id).getAutoStartup();
        return autoStartup == null || Boolean.parseBoolean(context.resolvePropertyPlaceholders(autoStartup));
    }

    /**
     * Also what an operator had stopped stays so, though it was replaced. Of what was replaced, Camel has started what starts by
     * itself.
     */
    private void restart(Map<String, RouteDefinition> paused, Set<String> stoppedByOthers) {
        paused.forEach((id, before) -> {
            RouteDefinition now = context.getRouteDefinition(id);
            boolean meant = now != null && (now == before || startsByItself(id));
            if (meant && status(id) != ServiceStatus.Started && !started(id)) {
                owed.add(id);
            }
        });
        for (String id : stoppedByOthers) {
            if (status(id) == ServiceStatus.Started) {
                try {
                    context.getRouteController().stopRoute(id);
                } catch (Exception e) {
                    LOG.error(
                            "The route {} was stopped by an operator, runs since a swap, and could not be stopped again ({}):"
                                    + " stop it by JMX",
                            id,
                            e.getClass().getName());
                }
            }
        }
    }

    private ServiceStatus status(String id) {
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        return status == null ? ServiceStatus.Stopped : status;
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for work to end", e);
        }
    }
}
