package dev.tandem.ops;

import dev.tandem.call.CallSettings;
import dev.tandem.call.Calls;
import dev.tandem.call.PlannedCalls;
import dev.tandem.call.Reachability;
import dev.tandem.call.SystemAccess;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Work;
import dev.tandem.ledger.route.LedgerComponent;
import dev.tandem.live.EditionChecks;
import dev.tandem.live.InForce;
import dev.tandem.live.RouteTexts;
import dev.tandem.mapping.Mappings;
import dev.tandem.oscar.CaseLinks;
import dev.tandem.oscar.ClientEntries;
import dev.tandem.oscar.ClientReading;
import dev.tandem.oscar.ClientSweep;
import dev.tandem.oscar.ExistingClients;
import dev.tandem.oscar.ListedCodes;
import dev.tandem.oscar.ReferralRefusals;
import dev.tandem.primero.CaseReading;
import dev.tandem.primero.CaseSearch;
import dev.tandem.primero.CaseSweep;
import dev.tandem.primero.CaseSynced;
import dev.tandem.primero.CaseWriting;
import dev.tandem.primero.DecidedReferrals;
import dev.tandem.primero.ExistingCases;
import dev.tandem.primero.Owners;
import dev.tandem.primero.SameNumber;
import dev.tandem.settings.Settings;
import dev.tandem.webhook.Authenticity;
import dev.tandem.webhook.Events;
import dev.tandem.webhook.SweepPace;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;

/** The routes, running: a Camel context with everything that they name. */
final class Engine implements AutoCloseable {
    private static final int STOP_WITHIN_SECONDS = 45;

    private final Main main = new Main();
    private final Calls calls;
    private final EditionChecks checks;
    private final InForce inForce;
    private final Optional<Integer> webhookPort;

    /**
     * Puts the engine together; {@link #start} runs it.
     *
     * @param service whether it runs its schedules and listens on its ports, or only does what it is told
     */
    Engine(Settings settings, Ledger ledger, InForce inForce, boolean service) {
        this(settings, ledger, inForce, service, Optional.empty());
    }

    /** @param plan if present, takes what would be sent; nothing is then */
    Engine(Settings settings, Ledger ledger, InForce inForce, boolean service, Optional<PlannedCalls> plan) {
        calls = calls(settings, ledger, plan);
        checks = EditedRoutes.checks(settings, ledger);
        this.inForce = inForce;
        webhookPort = service ? Optional.of(settings.http().port()) : Optional.empty();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure()
                .withName("tandem")
                .withAutoConfigurationEnabled(true)
                .withShutdownTimeout(STOP_WITHIN_SECONDS)
                .withJmxEnabled(service)
                .withUseMdcLogging(false)
                .withStreamCachingEnabled(false);
        // The signal is the command line's to handle: it knows the exit code. Camel's own way also keeps, by a hook of
        // the JVM,
        // every engine that ever was.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        placeholders(settings).forEach(main::addOverrideProperty);
        main.addOverrideProperty("tandem.service", String.valueOf(service));
        if (service) {
            listen(settings);
        } else {
            for (String schedule :
                    List.of("primero.schedule", "primero.full-schedule", "oscar.schedule", "oscar.full-schedule")) {
                main.addOverrideProperty("tandem." + schedule + ".enabled", "false");
            }
            main.addOverrideProperty("tandem.primero.webhook.enabled", "false");
            main.addOverrideProperty("tandem.oscar.webhook.enabled", "false");
        }
        beans(settings, ledger, inForce.mappings()).forEach(main::bind);
        main.configure()
                .addConfiguration(new Wiring(calls, ledger, settings.work().workers(), !service, inForce::bind));
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

    /** As Camel wants it: a public class that prepares the context before its routes make their endpoints. */
    public static final class Wiring implements CamelConfiguration {
        private final Calls calls;
        private final Ledger ledger;
        private final int workers;
        private final boolean held;
        private final BiConsumer<Exchange, Work> atClaim;

        Wiring(Calls calls, Ledger ledger, int workers, boolean held, BiConsumer<Exchange, Work> atClaim) {
            this.held = held;
            this.atClaim = atClaim;
            this.calls = calls;
            this.ledger = ledger;
            this.workers = workers;
        }

        @Override
        public void configure(CamelContext context) {
            LedgerComponent component = context.getComponent("ledger", LedgerComponent.class);
            component.use(ledger, workers);
            component.atClaim(atClaim);
            if (held) {
                component.hold();
            }
            calls.configure(context);
        }
    }

    /** Prepares the context by this as well, before it starts. */
    void prepareBy(CamelConfiguration configuration) {
        main.configure().addConfiguration(configuration);
    }

    void start() {
        try {
            main.start();
        } catch (RuntimeException e) {
            close();
            throw RouteFaults.of(
                    e,
                    checks.routes(inForce.edition().routes(), inForce.mappings().current()));
        }
        webhookPort.ifPresent(port -> WebhookPort.mount(context(), port));
    }

    /** Lets the deliveries begin, in an engine that does only what it is told. */
    void deliver() {
        context().getComponent("ledger", LedgerComponent.class).release();
    }

    /** Whether the systems answer to the calls of this engine. */
    Reachability reachability() {
        return calls.reachability();
    }

    ModelCamelContext context() {
        return (ModelCamelContext) main.getCamelContext();
    }

    /** Calls a route that begins at {@code direct:name} and waits for its end. */
    Exchange ask(String name, Map<String, Object> headers) {
        try (var template = context().createProducerTemplate()) {
            return template.request(
                    "direct:" + name,
                    exchange -> headers.forEach(
                            (header, value) -> exchange.getMessage().setHeader(header, value)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        main.stop();
        calls.close();
    }

    static Calls calls(Settings settings, Ledger ledger) {
        return calls(settings, ledger, Optional.empty());
    }

    private static Calls calls(Settings settings, Ledger ledger, Optional<PlannedCalls> plan) {
        InstantSource clock = () -> ledger.clock().now();
        return new Calls(callSettings(settings), new LedgerGates(ledger.gates()), clock, plan);
    }

    /** What routes may name in double braces. */
    static Map<String, String> placeholders(Settings settings) {
        Map<String, String> placeholders = new TreeMap<>(settings.placeholders());
        placeholders.put("tandem.primero.url", settings.primero().url().toString());
        placeholders.put("tandem.oscar.url", settings.oscar().url().toString());
        placeholders.put("tandem.service", "false");
        callSettings(settings)
                .systems()
                .forEach(system -> placeholders.put(
                        "tandem." + system.name() + ".longest-call",
                        system.turnTimeout().plus(system.callTimeout()).toMillis() + "ms"));
        return placeholders;
    }

    private void listen(Settings settings) {
        main.addOverrideProperty("camel.server.enabled", "true");
        main.addOverrideProperty(
                "camel.server.port", String.valueOf(settings.http().port()));
        main.addOverrideProperty("camel.server.max-body-size", String.valueOf(WebhookPort.LARGEST_BODY));
        main.addOverrideProperty("camel.management.enabled", "true");
        main.addOverrideProperty(
                "camel.management.port", String.valueOf(settings.http().managementPort()));
        main.addOverrideProperty("camel.management.health-check-enabled", "true");
        main.addOverrideProperty("camel.management.metrics-enabled", "true");
        main.addOverrideProperty("camel.metrics.enabled", "true");
        main.addOverrideProperty("camel.metrics.path", "/observe/metrics");
    }

    /** What routes may name; one line each, so that it can be looked up. */
    static Map<String, Object> beans(Settings settings, Ledger ledger, Mappings mappings) {
        return Map.ofEntries(
                Map.entry("mappings", mappings),
                Map.entry("reports", ReportsDatabase.of(settings.db(), ledger)),
                Map.entry("caseSweep", new CaseSweep(ledger)),
                Map.entry("caseReading", new CaseReading()),
                Map.entry("caseSearch", new CaseSearch()),
                Map.entry("caseWriting", new CaseWriting(ledger)),
                Map.entry("owners", new Owners(ledger.clock())),
                Map.entry("sameNumber", new SameNumber()),
                Map.entry("decidedReferrals", new DecidedReferrals()),
                Map.entry("existingCases", new ExistingCases(ledger)),
                Map.entry("existingClients", new ExistingClients(ledger)),
                Map.entry("clientSweep", new ClientSweep()),
                Map.entry("clientReading", new ClientReading(ledger)),
                Map.entry("clientEntries", new ClientEntries(ledger, new ListedCodes(mappings))),
                Map.entry(
                        "caseLinks",
                        new CaseLinks(
                                ledger,
                                settings.oscar().secondNgo().name().toLowerCase(Locale.ROOT),
                                settings.primero().markSynced())),
                Map.entry(
                        "caseSynced",
                        new CaseSynced(
                                ledger, settings.primero().markSyncedUrl().orElse(""))),
                Map.entry("referralRefusals", new ReferralRefusals()),
                Map.entry(
                        "authenticity",
                        new Authenticity(
                                settings.primero().webhookSecrets(),
                                settings.oscar().webhookSecrets(),
                                ledger.clock())),
                Map.entry("events", new Events()),
                Map.entry("sweepPace", new SweepPace(ledger, settings.webhook().relaxedSweep(), settings.webhooks())));
    }

    static CallSettings callSettings(Settings settings) {
        Duration timeout = settings.work().callTimeout();
        return new CallSettings(
                List.of(
                        SystemAccess.primero(
                                settings.primero().url(),
                                settings.primero().user(),
                                settings.primero().password().reveal(),
                                settings.primero().maxCalls(),
                                timeout),
                        SystemAccess.oscar(
                                settings.oscar().url(),
                                settings.oscar().user(),
                                settings.oscar().password().reveal(),
                                settings.oscar().maxCalls(),
                                timeout)),
                settings.http().allowedHosts().stream()
                        .map(host -> URI.create("https://" + host))
                        .toList(),
                timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10),
                timeout,
                settings.oscar().feedTimeout());
    }
}
