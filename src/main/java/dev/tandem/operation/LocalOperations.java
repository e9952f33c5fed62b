package dev.tandem.operation;

import dev.tandem.database.DatabaseInUse;
import dev.tandem.doctor.Sentinel;
import dev.tandem.engine.DatabasePulse;
import dev.tandem.engine.DueSweeps;
import dev.tandem.engine.EditedRoutes;
import dev.tandem.engine.EditionLoader;
import dev.tandem.engine.Engine;
import dev.tandem.engine.Heartbeat;
import dev.tandem.engine.Logs;
import dev.tandem.engine.NamedNgos;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.engine.OscarAccount;
import dev.tandem.ledger.Ledger;
import dev.tandem.live.Allowed;
import dev.tandem.live.Edition;
import dev.tandem.live.InForce;
import dev.tandem.live.LiveEditing;
import dev.tandem.live.RouteMap;
import dev.tandem.live.RoutedFlows;
import dev.tandem.observe.Deliveries;
import dev.tandem.observe.Observation;
import dev.tandem.operation.compare.CompareJobs;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.compare.Comparison;
import dev.tandem.operation.compare.KeptComparisons;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.reader.Elapsed;
import dev.tandem.settings.Loaded;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands, done in this process on the ledger's own database. */
public final class LocalOperations implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(LocalOperations.class);

    private static final int LOOK_FOR_MISSED_SECONDS = 5;

    private final Settings settings;
    private final AdminAccess admin;
    private final OpenedLedger opened;
    private final CountDownLatch stop = new CountDownLatch(1);

    private LocalOperations(Settings settings, AdminAccess admin, OpenedLedger opened) {
        this.settings = settings;
        this.admin = admin;
        this.opened = opened;
    }

    /**
     * Opens what every command needs. If a running service holds the embedded database, what comes back does the commands
     * through its admin API.
     *
     * @throws OperationFailed if the database cannot be used
     */
    public static Operations open(Loaded loaded, AdminAccess admin) {
        Settings settings = loaded.settings();
        Logs.write(settings.logFormat());
        loaded.warnings().forEach(LOG::warn);
        try {
            return new LocalOperations(settings, admin, OpenedLedger.open(settings, LOG::warn));
        } catch (DatabaseInUse inUse) {
            return admin.ofRunningService(settings);
        }
    }

    @Override
    public InitReport init(InitRequest request) {
        return new Initialisation(settings, opened.ledger(), EditionLoader.load(settings, opened.ledger()))
                .make(request);
    }

    @Override
    public int run() {
        Ledger ledger = opened.initialised();
        opened.mustHaveRoom();
        OscarAccount.mustBeRegistered(ledger);
        LiveEditing editing = editing(ledger);
        NamedNgos.check(settings, editing.inForce().mappings().current());
        long began = System.nanoTime();
        try (Deliveries deliveries = new Deliveries(ledger);
                Engine engine = new Engine(settings, ledger, editing.inForce(), true);
                SyncJobs syncs = new SyncJobs(
                        (request, progress) -> new Syncing(settings, ledger, engine).sync(request, progress));
                CompareJobs compares = new CompareJobs(
                        () -> new Comparison(settings, editing.inForce(), ledger, opened.database()),
                        new KeptComparisons(ledger)::keep);
                DatabasePulse pulse = opened.pulse(settings.db().isPostgresql());
                Observation observation = new Observation(settings, ledger, engine, deliveries, pulse::trouble)) {
            if (stop.getCount() == 0) {
                return 0;
            }
            opened.listen();
            engine.start();
            observation.show(() -> compares.begin(CompareRequest.ALL)
                    .map(begun -> "a comparison has begun")
                    .orElse("a comparison is under way already"));
            engine.compareBySchedule(() -> compares.begin(CompareRequest.ALL));
            admin.serve(
                    engine.context(),
                    settings,
                    new ServiceCommands(
                            settings,
                            ledger,
                            () -> engine.flows().names(),
                            engine::ask,
                            syncs,
                            compares,
                            observation.control("admin API"),
                            request -> Doctoring.examine(
                                    settings, request, ledger, opened.database(), engine, editing.inForce()),
                            observation::overview,
                            () -> RouteMap.of(engine.context())));
            engine.takeEvents();
            DueSweeps due = new DueSweeps(settings, ledger);
            tellStart(engine, editing.inForce(), due);
            due.sweep(engine);
            try (Heartbeat heart = new Heartbeat(
                            ledger, editing.inForce(), settings.directories().lookEvery());
                    Sentinel sentinel = new Sentinel(settings, ledger, engine, editing.inForce());
                    LiveEditing edits = goOn(editing, engine, () -> {
                        engine.routesChanged();
                        observation.follow();
                        due.sweep(engine);
                    })) {
                do {
                    opened.mustBeUsable();
                    lookAround(ledger, heart, sentinel);
                    due.sweepMissed(engine);
                } while (!stop.await(LOOK_FOR_MISSED_SECONDS, TimeUnit.SECONDS));
                LOG.info("Tandem stops: what is in work is finished first");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("Tandem has stopped, after {}", Elapsed.words(Duration.ofNanos(System.nanoTime() - began)));
        return 0;
    }

    private void tellStart(Engine engine, InForce inForce, DueSweeps due) {
        LOG.info(
                "Tandem runs: version {} of routes and mappings, webhooks of {} on port {}, management on port {}",
                inForce.version(),
                settings.webhooks().isEmpty() ? "no system" : String.join(" and ", settings.webhooks()),
                settings.http().port(),
                settings.http().managementPort());
        engine.flows()
                .sources()
                .forEach(source -> LOG.info(
                        "{} is swept next {}, in full {}",
                        source.name(),
                        due.next(source.name(), false).map(at -> "at " + at).orElse("on request only"),
                        due.next(source.name(), true).map(at -> "at " + at).orElse("on request only")));
    }

    /**
     * Again soon, if the database is away: a service outlives that.
     *
     * @throws OperationFailed if it has been found that OSCaR does not know the account
     */
    private void lookAround(Ledger ledger, Heartbeat heart, Sentinel sentinel) {
        try {
            heart.beat();
            ledger.hourlySums().sumUp();
            ledger.editRetries().ngosTakePart(settings.oscar().ngos());
            OscarAccount.mustBeRegistered(ledger);
            sentinel.lookAround();
        } catch (OperationFailed e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debug("the ledger cannot be asked: {}", e.getClass().getSimpleName());
        }
    }

    private LiveEditing editing(Ledger ledger) {
        return LiveEditing.begin(
                settings.directories().routes(),
                settings.directories().mappings(),
                EditedRoutes.checks(settings, ledger),
                ledger,
                settings.directories().startOnLastGood());
    }

    /** A schedule may have fired while its route was swapped. */
    private LiveEditing goOn(LiveEditing editing, Engine engine, Runnable swapped) {
        return editing.goOn(
                engine.context(),
                engine.door(),
                settings.oscar().feedTimeout(),
                settings.directories().lookEvery(),
                swapped);
    }

    @Override
    public void stop() {
        stop.countDown();
    }

    @Override
    public SyncReport sync(SyncRequest request, Progress progress) {
        Ledger ledger = opened.initialised();
        InForce inForce = EditionLoader.load(settings, ledger);
        try (Engine engine = new Engine(settings, ledger, inForce, false)) {
            engine.start();
            inForce.enter(ledger);
            ledger.editRetries().tryAgain(inForce.version(), Integer.MAX_VALUE);
            ledger.editRetries().ngosTakePart(settings.oscar().ngos());
            return new Syncing(settings, ledger, engine).sync(request, progress);
        }
    }

    @Override
    public PlanReport plan(PlanRequest request, Progress progress) {
        return new Planning(settings, EditionLoader.load(settings, opened.ledger()), opened).plan(request, progress);
    }

    /** The service that held the database is gone meanwhile. */
    @Override
    public DoctorReport doctor(DoctorRequest request) {
        return Doctoring.examine(settings, request);
    }

    @Override
    public CompareReport compare(CompareRequest request, Progress progress) {
        try (Comparison comparison = new Comparison(
                settings, EditionLoader.load(settings, opened.ledger()), opened.ledger(), opened.database())) {
            CompareReport report = comparison.compare(request, progress);
            if (report.ledger()) {
                new KeptComparisons(opened.ledger()).keep(report);
            }
            return report;
        }
    }

    @Override
    public <Q, R> R ask(Operation<LedgerCommands, Q, R> operation, Q request) {
        // A gate may have to be opened before there can be a ledger: `init` calls both systems.
        Ledger ledger = operation.equals(Operation.REOPEN) ? opened.ledger() : opened.initialised();
        return operation.done().apply(new LedgerCommands(settings, ledger, this::flowsOnDisk, this::askOnce), request);
    }

    /** By routes that are started for this call alone, and deliver nothing. */
    private Exchange askOnce(String route, Map<String, Object> headers) {
        Ledger ledger = opened.initialised();
        try (Engine engine = new Engine(settings, ledger, EditionLoader.load(settings, ledger), false)) {
            engine.start();
            return engine.ask(route, headers);
        }
    }

    @Override
    public void close() {
        opened.close();
    }

    private List<String> flowsOnDisk() {
        return RoutedFlows.of(
                        Edition.read(
                                        settings.directories().routes(),
                                        settings.directories().mappings())
                                .routes(),
                        new Allowed(settings.http().allowedInRoutes()))
                .names();
    }
}
