package dev.tandem.observe;

import dev.tandem.call.SystemAccess;
import dev.tandem.database.LedgerFiles;
import dev.tandem.engine.DueSweeps;
import dev.tandem.engine.Engine;
import dev.tandem.engine.SystemCalls;
import dev.tandem.json.ReportJson;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.NoticeBook;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.mapping.MappingSet;
import dev.tandem.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The running service as its operator sees it: beans, metrics, health and verdicts over one reading of the ledger every few
 * seconds.
 */
public final class Observation implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Settings settings;
    private final Ledger ledger;
    private final Engine engine;
    private final DueSweeps sweeps;
    private final Watched watched;
    private final Readings readings;
    private final Verdicts verdicts;
    private final Beans beans = new Beans(ManagementFactory.getPlatformMBeanServer());
    private final List<FlowCommands> controls = new ArrayList<>();
    private final Set<Flow> shown = new HashSet<>();
    private final Set<String> shownNames = new ConcurrentSkipListSet<>();
    private Optional<Meters> meters = Optional.empty();
    private Optional<FlowControl> byBeans = Optional.empty();
    private Supplier<String> compareNow = () -> "nothing can be compared here";

    /**
     * Begins to read.
     *
     * @param deliveries tells the log what is delivered
     * @param ledgerAway why the ledger's database cannot be written now
     */
    public Observation(
            Settings settings,
            Ledger ledger,
            Engine engine,
            Deliveries deliveries,
            Supplier<Optional<String>> ledgerAway) {
        this.settings = settings;
        this.ledger = ledger;
        this.engine = engine;
        sweeps = new DueSweeps(settings, ledger);
        watched = new Watched(
                SystemCalls.settings(settings).systems().stream()
                        .map(SystemAccess::name)
                        .toList(),
                engine.reachability()::of,
                sweeps::expected,
                settings.alert().parked(),
                settings.alert().pendingAge(),
                settings.webhooks(),
                settings.webhook().silentAfter(),
                ledger.snapshots().unreadable(),
                ledgerAway,
                LedgerFiles::fullSince,
                MappingSet::goingOn);
        readings = new Readings(
                () -> LedgerReading.of(ledger, names(), settings.notices().channels()), EVERY);
        verdicts = new Verdicts(readings, watched);
        TroubleLog troubles = new TroubleLog();
        SystemStates systems = new SystemStates(watched, ledger.gates());
        NoticeWatch notices = new NoticeWatch(ledger.notices());
        readings.each(reading -> {
            List<Verdict> now = verdicts.get();
            troubles.look(now, reading.at());
            deliveries.look(reading);
            systems.look();
            if (settings.notices().any()) {
                notices.look(now, reading.at());
            }
        });
    }

    /**
     * Shows it in the engine, which has started.
     *
     * @param compares begins a comparison, and says so in a sentence
     */
    public void show(Supplier<String> compares) {
        compareNow = compares;
        byBeans = Optional.of(control("JMX"));
        beans.register(
                Beans.nameOfConfiguration(),
                Beans.configuration(
                        () -> readings.newest().configuration(),
                        () -> readings.newest().undelivered().stream()
                                .mapToLong(NoticeBook.Undelivered::notices)
                                .sum(),
                        verdicts));
        beans.register(
                Beans.nameOfParity(), Beans.parity(() -> readings.newest().parity(), () -> {
                    journal("/jmx/parity/compareNow", "JMX");
                    return compareNow.get();
                }));
        Meters all = new Meters(
                engine.context().getRegistry().findSingleByType(MeterRegistry.class), readings, ledger.tally());
        all.reading();
        all.systems(watched);
        all.notices();
        all.parity();
        all.degraded(verdicts);
        meters = Optional.of(all);
        follow();
        HealthCheckRegistry.get(engine.context()).register(new LedgerHealth());
        // Next to live and ready. 200 either way, so that no probe that is pointed at it can restart anything.
        VertxPlatformHttpRouter.lookup(
                        engine.context(),
                        VertxPlatformHttpRouter.getRouterNameFromPort(
                                settings.http().managementPort()))
                .get("/observe/health/degraded")
                .order(-1)
                .handler(this::answerDegraded);
    }

    /** Shows the flows that have come with new routes; one that is gone stays, with what the ledger still has of it. */
    public synchronized void follow() {
        readings.take();
        for (Flow flow : engine.flows().flows()) {
            if (shown.add(flow)) {
                shownNames.add(flow.name());
                byBeans.ifPresent(control -> show(flow.name(), control));
                meters.ifPresent(all -> all.flow(flow));
            }
        }
    }

    private void show(String flow, FlowControl control) {
        if (!beans.has(Beans.nameOfFlow(flow))) {
            beans.register(
                    Beans.nameOfFlow(flow),
                    Beans.flow(
                            flow,
                            () -> readings.told()
                                    .flatMap(reading -> reading.flow(flow))
                                    .orElseThrow(),
                            control,
                            name -> journal("/jmx/" + flow + "/" + name, "JMX")));
        }
    }

    /** Keeps who is about to change something, and from where. */
    private void journal(String call, String by) {
        ledger.store().in(handle -> Journal.asked(handle, ledger.store().now(), call, by));
    }

    /** The newest reading, with what needs a person: nothing is asked of the ledger for it. */
    public Overview overview() {
        return Overviews.of(readings.newest(), watched, verdicts.get(), engine.flows(), sweeps::next);
    }

    /** What can be done to a flow, by whom the journal then names. */
    public FlowControl control(String by) {
        FlowCommands control = new FlowCommands(ledger, engine, by, readings::take);
        controls.add(control);
        return control;
    }

    /** Those of the routes, and those shown before: the ledger may still hold something of them. */
    private List<String> names() {
        return Stream.concat(engine.flows().flows().stream().map(Flow::name), shownNames.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * What a monitor may ask for.
     *
     * @param status {@code UP}, or {@code DEGRADED} if there is any verdict
     * @param routesMayAlsoUse what {@code tandem.routes.allow} adds
     */
    record DegradedPage(String status, List<Verdict> verdicts, List<String> routesMayAlsoUse) {}

    private void answerDegraded(RoutingContext exchange) {
        List<Verdict> now = verdicts.get();
        exchange.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(ReportJson.pretty(new DegradedPage(
                                now.isEmpty() ? "UP" : "DEGRADED",
                                now,
                                settings.http().allowedInRoutes().stream()
                                        .sorted()
                                        .toList()))
                        + "\n"));
    }

    /** Ready only while the ledger's database answers: without it no webhook can be taken. A restart would fix nothing. */
    private final class LedgerHealth extends AbstractHealthCheck {
        LedgerHealth() {
            super("tandem", "ledger");
        }

        @Override
        public boolean isLiveness() {
            return false;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            Optional<String> why = watched.diskFullSince()
                    .get()
                    .map(since -> "The disk of the ledger's database is full.")
                    .or(watched.ledgerAway());
            if (why.isPresent()) {
                result.message(why.get()).down();
            } else {
                result.up();
            }
        }
    }

    @Override
    public void close() {
        controls.forEach(FlowCommands::close);
        beans.close();
        readings.close();
    }
}
