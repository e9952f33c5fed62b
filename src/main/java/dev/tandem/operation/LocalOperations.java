package dev.tandem.operation;

import dev.tandem.database.DatabaseHolder;
import dev.tandem.database.DatabaseInUse;
import dev.tandem.database.LedgerDatabase;
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
import dev.tandem.engine.TakenPorts;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.Seal;
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
import dev.tandem.operation.report.ServiceReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.run.Progress;
import dev.tandem.operation.run.ScratchLedger;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.reader.Elapsed;
import dev.tandem.settings.Loaded;
import dev.tandem.settings.Settings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands, done in this process on the ledger's own database. */
public final class LocalOperations implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(LocalOperations.class);

    private static final int LOOK_FOR_MISSED_SECONDS = 5;

    private final Settings settings;
    private final AdminAccess admin;
    private final CountDownLatch stop = new CountDownLatch(1);
    private Optional<OpenedLedger> opened = Optional.empty();
    private Optional<DatabaseHolder> holder = Optional.empty();

    private LocalOperations(Settings settings, AdminAccess admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /** What the commands of these settings work with. Nothing is opened before the first of them. */
    public static Operations open(Loaded loaded, AdminAccess admin) {
        Logs.write(loaded.settings().logFormat());
        loaded.warnings().forEach(LOG::warn);
        return new LocalOperations(loaded.settings(), admin);
    }

    /** On the ledger itself; by the service that has the embedded database, if one has. */
    private <R> R in(String command, Function<OpenedLedger, R> here, Function<Operations, R> there) {
        return in(
                command,
                this::existing,
                here,
                () -> {
                    throw noLedger();
                },
                there);
    }

    /** @param none what it does where there is no ledger yet */
    private <R> R in(
            String command,
            Supplier<Optional<OpenedLedger>> opening,
            Function<OpenedLedger, R> here,
            Supplier<R> none,
            Function<Operations, R> there) {
        Optional<OpenedLedger> ledger;
        try {
            ledger = opened(command, opening);
        } catch (DatabaseInUse inUse) {
            return there.apply(admin.ofRunningService(settings));
        }
        return ledger.map(here).orElseGet(none);
    }

    private synchronized Optional<OpenedLedger> opened(String command, Supplier<Optional<OpenedLedger>> opening) {
        if (opened.isEmpty()) {
            opened = opening.get();
            opened.ifPresent(ledger -> tell(ledger, command));
        }
        return opened;
    }

    private void tell(OpenedLedger ledger, String command) {
        DatabaseHolder told = DatabaseHolder.here(
                ledger.ledger().identity().ledgerId(),
                command,
                command.equals("run") ? Optional.of(settings.http().managementPort()) : Optional.empty());
        told.tell(settings.db());
        holder = Optional.of(told);
    }

    private Optional<OpenedLedger> existing() {
        Optional<OpenedLedger> found = OpenedLedger.find(settings, LOG::warn);
        found.filter(waiting -> waiting.ledger().origin().isEmpty()).ifPresent(OpenedLedger::close);
        return found.filter(made -> made.ledger().origin().isPresent());
    }

    /** Another one's, if it answers on the management port; its other port is told from that. */
    private Optional<String> tandemAt(int port) {
        return admin.whoAnswers(settings)
                .filter(service -> service.managementPort() == port || service.webhookPort() == port)
                .map(ServiceReport::words);
    }

    /** Where there is no ledger, for what needs one and changes nothing. */
    private ScratchLedger instead() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        ScratchLedger none =
                ScratchLedger.empty(OpenedLedger.ledgerSettings(settings), new Seal(key, Optional.empty()));
        OpenedLedger.register(none.ledger(), settings);
        return none;
    }

    private OperationFailed noLedger() {
        List<String> lines = new ArrayList<>(List.of(
                "There is no ledger yet in this database (" + settings.db().address() + ").",
                "If Tandem has never run here: tandem init --since T (T: when the integration before it stopped, or now), or tandem init --adopt if nothing ran before it.",
                "If the ledger was lost: tandem init --recover. Nothing is sent before that."));
        admin.whoAnswers(settings)
                .ifPresent(service -> lines.add("On management port "
                        + settings.http().managementPort() + " answers " + service.words()
                        + ". If you mean that one, use its settings (--settings)."));
        return new OperationFailed(OperationFailed.WRONG, lines);
    }

    @Override
    public InitReport init(InitRequest request) {
        return in(
                "init",
                () -> Optional.of(OpenedLedger.open(settings, LOG::warn)),
                here -> new Initialisation(settings, here.ledger(), EditionLoader.load(settings, here.ledger()))
                        .make(request),
                () -> {
                    throw noLedger();
                },
                there -> there.init(request));
    }

    @Override
    public int run() {
        return in("run", this::serve, Operations::run);
    }

    private int serve(OpenedLedger opened) {
        Ledger ledger = opened.ledger();
        opened.mustHaveRoom();
        OscarAccount.mustBeRegistered(ledger);
        LiveEditing editing = editing(ledger);
        NamedNgos.check(settings, editing.inForce().mappings().current());
        long began = System.nanoTime();
        TakenPorts.check(settings.http(), this::tandemAt);
        try (Deliveries deliveries = new Deliveries(ledger);
                Engine engine = new Engine(settings, ledger, editing.inForce(), true);
                SyncJobs syncs = new SyncJobs(
                        (request, progress) -> new Syncing(settings, ledger, engine).sync(request, progress));
                CompareJobs compares = new CompareJobs(
                        () -> new Comparison(settings, editing.inForce(), ledger, opened.database(), true),
                        new KeptComparisons(ledger)::keep);
                DatabasePulse pulse = opened.pulse(settings.db().isPostgresql());
                Observation observation = new Observation(settings, ledger, engine, deliveries, pulse::trouble)) {
            if (stop.getCount() == 0) {
                return 0;
            }
            opened.listen();
            engine.start();
            if (!engine.listening()) {
                throw new OperationFailed(
                        OperationFailed.WRONG,
                        List.of("Another process has taken one of Tandem's ports while it started: start it again."));
            }
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
        return in("sync", here -> sync(here.ledger(), request, progress), there -> there.sync(request, progress));
    }

    private SyncReport sync(Ledger ledger, SyncRequest request, Progress progress) {
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
        return in(
                "plan",
                this::existing,
                here -> Planning.ofNext(settings, here, request, progress),
                () -> {
                    try (ScratchLedger none = instead()) {
                        return Planning.ofFirst(settings, none.ledger(), request, progress);
                    }
                },
                there -> there.plan(request, progress));
    }

    @Override
    public DoctorReport doctor(DoctorRequest request) {
        if (LedgerDatabase.isHeld(settings.db())) {
            return admin.ofRunningService(settings).doctor(request);
        }
        return Doctoring.examine(settings, request);
    }

    @Override
    public CompareReport compare(CompareRequest request, Progress progress) {
        return in(
                "compare",
                this::existing,
                here -> {
                    CompareReport report = compare(here.ledger(), here.database(), request, progress);
                    if (report.ledger()) {
                        new KeptComparisons(here.ledger()).keep(report);
                    }
                    return report;
                },
                () -> {
                    try (ScratchLedger none = instead()) {
                        return compare(none.ledger(), none.database(), request, progress);
                    }
                },
                there -> there.compare(request, progress));
    }

    private CompareReport compare(Ledger ledger, DataSource database, CompareRequest request, Progress progress) {
        try (Comparison comparison =
                new Comparison(settings, EditionLoader.load(settings, ledger), ledger, database, false)) {
            return comparison.compare(request, progress);
        }
    }

    @Override
    public <Q, R> R ask(Operation<LedgerCommands, Q, R> operation, Q request) {
        return in(
                operation.equals(Operation.STATUS) ? "status" : "dead-letters",
                here -> operation
                        .done()
                        .apply(
                                new LedgerCommands(
                                        settings,
                                        here.ledger(),
                                        this::flowsOnDisk,
                                        (route, headers) -> askOnce(here.ledger(), route, headers)),
                                request),
                there -> there.ask(operation, request));
    }

    /** By routes that are started for this call alone, and deliver nothing. */
    private Exchange askOnce(Ledger ledger, String route, Map<String, Object> headers) {
        try (Engine engine = new Engine(settings, ledger, EditionLoader.load(settings, ledger), false)) {
            engine.start();
            return engine.ask(route, headers);
        }
    }

    @Override
    public synchronized void close() {
        opened.ifPresent(OpenedLedger::close);
        holder.ifPresent(told -> told.leave(settings.db()));
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
