package dev.tandem.live;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        Changes changes = changes(from.routes().texts(), to.routes().texts());
        RouteGraph graph = new RouteGraph(context, context.getRouteDefinitions());
        Set<String> affected = graph.reaching(changes.oldIds());
        Map<String, RouteDefinition> paused = new HashMap<>();
        Set<String> stoppedByOthers = stoppedByOthers(affected);
        try {
            stopRoots(graph, affected, paused);
            between.run();
            replace(changes, from, to);
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

    private record Changes(
            SortedMap<String, String> before,
            SortedMap<String, String> after,
            Set<String> oldIds,
            boolean errorHandling) {}

    private Changes changes(SortedMap<String, String> from, SortedMap<String, String> to) throws Failed {
        TreeSet<String> files = new TreeSet<>(from.keySet());
        files.addAll(to.keySet());
        files.removeIf(file -> from.containsKey(file) && from.get(file).equals(to.get(file)));
        Told before = told(only(from, files));
        Told after = told(only(to, files));
        // A route keeps the error handling that it was built with (Camel), so a change of that changes all.
        return before.handlesErrors() || after.handlesErrors()
                ? new Changes(from, to, told(from).ids(), true)
                : new Changes(only(from, files), only(to, files), before.ids(), false);
    }

    /** What texts say of themselves. */
    private record Told(Set<String> ids, boolean handlesErrors) {}

    private static SortedMap<String, String> only(SortedMap<String, String> texts, Set<String> files) {
        SortedMap<String, String> some = new TreeMap<>(texts);
        some.keySet().retainAll(files);
        return some;
    }

    private Told told(SortedMap<String, String> texts) throws Failed {
        try (ModelCamelContext model = dry.get()) {
            PluginHelper.getRoutesLoader(model).loadRoutes(RouteTexts.resources(texts));
            return new Told(
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
                .filter(id -> !isCalled(graph.beginning(id)))
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

    private static boolean isCalled(String beginning) {
        return beginning.startsWith("direct:") || beginning.startsWith("seda:");
    }

    private boolean stop(String id) {
        try {
            return context.getRouteController().stopRoute(id, patience.toMillis(), TimeUnit.MILLISECONDS, true);
        } catch (Exception e) {
            throw new IllegalStateException("the route " + id + " could not be stopped", e);
        }
    }

    private void replace(Changes changes, Edition from, Edition to) throws Failed {
        try {
            remove(changes.oldIds());
            load(changes, changes.after());
        } catch (Exception | Error e) {
            try {
                remove(told(changes.after()).ids());
                load(changes, changes.before());
            } catch (Exception again) {
                e.addSuppressed(again);
                LOG.error(
                        "The routes of version {} could not be started, and those of version {} not again: restart Tandem",
                        to.version(),
                        from.version());
                throw new IllegalStateException("neither version of the routes could be started", e);
            }
            throw new Failed(e);
        }
    }

    private void load(Changes changes, SortedMap<String, String> texts) throws Exception {
        if (changes.errorHandling()) {
            context.getRouteConfigurationDefinitions().clear();
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(RouteTexts.resources(texts));
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

    /** One that does not start by itself was stopped by nobody: an edit may have it start. */
    private Set<String> stoppedByOthers(Set<String> ids) {
        return new HashSet<>(ids.stream()
                .filter(id -> status(id) != ServiceStatus.Started)
                .filter(id -> startsByItself(context.getRouteDefinition(id)))
                .toList());
    }

    private boolean startsByItself(RouteDefinition route) {
        return route == null
                || route.getAutoStartup() == null
                || Boolean.parseBoolean(context.resolvePropertyPlaceholders(route.getAutoStartup()));
    }

    /**
     * Also what an operator had stopped stays so, though it was replaced. Of what was replaced, Camel has started what starts by
     * itself.
     */
    private void restart(Map<String, RouteDefinition> paused, Set<String> stoppedByOthers) {
        paused.forEach((id, before) -> {
            RouteDefinition now = context.getRouteDefinition(id);
            boolean meant = now != null && (now == before || startsByItself(now));
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
