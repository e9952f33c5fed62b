package dev.tandem.operation;

import dev.tandem.database.DatabaseHolder;
import dev.tandem.database.DatabaseInUse;
import dev.tandem.engine.EditionLoader;
import dev.tandem.engine.Engine;
import dev.tandem.engine.Logs;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.live.Allowed;
import dev.tandem.live.Edition;
import dev.tandem.live.InForce;
import dev.tandem.live.RoutedFlows;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.compare.Comparison;
import dev.tandem.operation.compare.KeptComparisons;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.operation.run.ScratchLedger;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Loaded;
import dev.tandem.settings.Settings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands, done in this process on the ledger's own database. */
public final class LocalOperations implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(LocalOperations.class);

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
        return in("run", here -> new Service(settings, admin, here, stop).run(), Operations::run);
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
        return Doctoring.examine(settings, request, () -> admin.ofRunningService(settings));
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
