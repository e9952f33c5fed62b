package dev.tandem.engine;

import dev.tandem.call.Calls;
import dev.tandem.call.PlannedCalls;
import dev.tandem.call.Reachability;
import dev.tandem.engine.port.PortCertificates;
import dev.tandem.engine.port.PortGuard;
import dev.tandem.engine.port.Ports;
import dev.tandem.engine.port.WebhookDoor;
import dev.tandem.engine.port.WebhookPort;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.route.LedgerComponent;
import dev.tandem.live.Door;
import dev.tandem.live.EditionChecks;
import dev.tandem.live.InForce;
import dev.tandem.live.RouteFault;
import dev.tandem.live.RouteTexts;
import dev.tandem.live.RoutedFlows;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;

/** The routes, running: a Camel context with everything that they name. */
public final class Engine implements AutoCloseable {
    private static final int STOP_WITHIN_SECONDS = 45;
    private static final long SWEPT_AGAIN_MILLIS = 250;

    private final Main main;
    private final Calls calls;
    private final EditionChecks checks;
    private final InForce inForce;
    private final Settings settings;
    private final Optional<Ports> ports;
    private volatile RoutedFlows flows = RoutedFlows.NONE;

    /**
     * Puts the engine together; {@link #start} runs it.
     *
     * @param service whether it runs its schedules and listens on its ports, or only does what it is told
     */
    public Engine(Settings settings, Ledger ledger, InForce inForce, boolean service) {
        this(settings, ledger, inForce, service, Optional.empty());
    }

    /** @param plan if present, takes what would be sent; nothing is then */
    public Engine(Settings settings, Ledger ledger, InForce inForce, boolean service, Optional<PlannedCalls> plan) {
        calls = SystemCalls.of(settings, ledger, plan);
        checks = EditedRoutes.checks(settings, ledger);
        this.inForce = inForce;
        this.settings = settings;
        ports = service
                ? Optional.of(new Ports(PortGuard.Limits.DEFAULTS, PortCertificates.of(settings.http())))
                : Optional.empty();
        main = new Main() {
            @Override
            protected CamelContext createCamelContext() {
                CamelContext context = super.createCamelContext();
                context.setPropertiesComponent(new RoutePlaceholders());
                return context;
            }
        };
        // Camel does not configure itself by variables and system properties either: both can name a file.
        main.setPropertyPlaceholderLocations("false");
        main.addInitialProperty("tandem.settings", "the settings' own");
        main.configure()
                .withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false)
                .withName("tandem")
                .withAutoConfigurationEnabled(true)
                .withShutdownTimeout(STOP_WITHIN_SECONDS)
                .withJmxEnabled(service)
                .withUseMdcLogging(false)
                .withStreamCachingEnabled(false);
        // The command line handles the signal. Camel's own way keeps every engine in a hook of the JVM.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        RouteWords.placeholders(settings).forEach(main::addOverrideProperty);
        main.addOverrideProperty("tandem.service", String.valueOf(service));
        if (service) {
            listen(settings);
        } else {
            settings.placeholders().keySet().stream()
                    .filter(name -> name.endsWith("schedule.enabled"))
                    .forEach(name -> main.addOverrideProperty(name, "false"));
            main.addOverrideProperty("tandem.primero.webhook.enabled", "false");
            main.addOverrideProperty("tandem.oscar.webhook.enabled", "false");
            main.addOverrideProperty("tandem.notices.mail.enabled", "false");
            main.addOverrideProperty("tandem.notices.webhook.enabled", "false");
            main.addOverrideProperty("tandem.notices.summary.enabled", "false");
        }
        ports.ifPresent(made -> main.bind("vertx", made.vertx()));
        RouteWords.beans(settings, ledger, inForce.mappings()).forEach(main::bind);
        main.configure()
                .addConfiguration(
                        new ContextWiring(calls, ledger, settings.work().workers(), !service, inForce::bind));
        main.addMainListener(new Loading(inForce));
    }

    /** Gives the context the routes of the edition that is in force, whatever lies in the directory by now. */
    private static final class Loading extends MainListenerSupport {
        private final InForce inForce;

        Loading(InForce inForce) {
            this.inForce = inForce;
        }

        @Override
        public void afterConfigure(BaseMainSupport main) {
            try {
                PluginHelper.getRoutesLoader(main.getCamelContext())
                        .loadRoutes(
                                RouteTexts.resources(inForce.edition().routes().texts()));
            } catch (Exception e) {
                throw new RuntimeCamelException(e);
            }
        }
    }

    public void start() {
        try {
            main.start();
        } catch (RuntimeException e) {
            close();
            throw notStarted(
                    e,
                    checks.routes(inForce.edition().routes(), inForce.mappings().current()));
        }
        routesChanged();
        ports.ifPresent(made -> WebhookPort.mount(context(), webhookRouter(), made, settings));
    }

    /** What the checks of the routes find, each with its file and line; what they do not find, in Camel's own words. */
    private static OperationFailed notStarted(Throwable failure, List<RouteFault> found) {
        String what = "The routes cannot be started (`tandem validate` checks them without starting anything):";
        if (!found.isEmpty()) {
            return OperationFailed.unusable(what, found);
        }
        List<String> words = new ArrayList<>();
        String last = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (!last.contains(message)) {
                words.add(message.strip());
            }
            last = message;
        }
        return OperationFailed.unusable(what, words);
    }

    /** Whether it listens on its ports, if it is to. */
    public boolean listening() {
        return ports.map(Ports::listening).orElse(true);
    }

    /** Lets the events in, once all stands that they need. */
    public void takeEvents() {
        ports.ifPresent(made -> made.take(true));
    }

    /** What stands before the webhooks while their routes are swapped. */
    public Door door() {
        return ports.<Door>map(made -> WebhookDoor.before(webhookRouter(), made))
                .orElse(Door.NONE);
    }

    private Router webhookRouter() {
        int port = settings.http().port();
        return VertxPlatformHttpRouter.lookup(context(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
    }

    /** What is done when the schedule of comparisons fires; once this has started. */
    public void compareBySchedule(Runnable begin) {
        context()
                .getRegistry()
                .lookupByNameAndType(RouteWords.COMPARISON, ScheduledWork.class)
                .is(begin);
    }

    /** Lets the deliveries begin, in an engine that does only what it is told. */
    public void deliver() {
        context().getComponent("ledger", LedgerComponent.class).release();
    }

    /** Whether the systems answer to the calls of this engine. */
    public Reachability reachability() {
        return calls.reachability();
    }

    public ModelCamelContext context() {
        return (ModelCamelContext) main.getCamelContext();
    }

    /** What the routes in force deliver and read; nothing before it has started. */
    public RoutedFlows flows() {
        return flows;
    }

    /** The routes have been swapped. */
    public void routesChanged() {
        flows = RoutedFlows.of(context());
    }

    /** Whether a route begins at {@code direct:name}. */
    public boolean begins(String name) {
        return context().getRoutes().stream()
                .anyMatch(route -> route.getEndpoint().getEndpointUri().equals("direct://" + name));
    }

    /** Calls a route that begins at {@code direct:name} and waits for its end. */
    public Exchange ask(String name, Map<String, Object> headers) {
        try (var template = context().createProducerTemplate()) {
            return template.request(
                    "direct:" + name,
                    exchange -> headers.forEach(
                            (header, value) -> exchange.getMessage().setHeader(header, value)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Reads a source. A sweep of it that is under way may have read past what this one is asked for: this one runs after that.
     *
     * @param givenUp asked before each try
     * @return none if it was given up before it began
     */
    public Optional<Exchange> sweep(RoutedFlows.Source source, Map<String, Object> headers, BooleanSupplier givenUp)
            throws InterruptedException {
        while (!givenUp.getAsBoolean()) {
            Exchange exchange = ask(source.entry(), headers);
            if (!"skipped".equals(exchange.getProperty(Carried.OUTCOME))) {
                return Optional.of(exchange);
            }
            TimeUnit.MILLISECONDS.sleep(SWEPT_AGAIN_MILLIS);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        ports.ifPresent(made -> made.take(false));
        main.stop();
        ports.ifPresent(Ports::close);
        calls.close();
    }

    private void listen(Settings settings) {
        Map.of(
                        "camel.server.enabled",
                        true,
                        "camel.server.port",
                        settings.http().port(),
                        "camel.server.host",
                        settings.http().bind().address(),
                        "camel.server.max-body-size",
                        WebhookPort.LARGEST_BODY,
                        "camel.management.enabled",
                        true,
                        "camel.management.port",
                        settings.http().managementPort(),
                        "camel.management.host",
                        settings.http().managementBind().address(),
                        "camel.management.health-check-enabled",
                        true,
                        "camel.management.metrics-enabled",
                        true,
                        "camel.metrics.enabled",
                        true)
                .forEach((name, value) -> main.addOverrideProperty(name, String.valueOf(value)));
        main.addOverrideProperty("camel.metrics.path", "/observe/metrics");
    }
}
