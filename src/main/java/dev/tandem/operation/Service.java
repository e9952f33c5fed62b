package dev.tandem.operation;

import dev.tandem.doctor.Sentinel;
import dev.tandem.engine.DatabasePulse;
import dev.tandem.engine.DueSweeps;
import dev.tandem.engine.EditedRoutes;
import dev.tandem.engine.Engine;
import dev.tandem.engine.Heartbeat;
import dev.tandem.engine.NamedNgos;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.engine.OscarAccount;
import dev.tandem.engine.port.TakenPorts;
import dev.tandem.ledger.Ledger;
import dev.tandem.live.InForce;
import dev.tandem.live.LiveEditing;
import dev.tandem.live.RouteMap;
import dev.tandem.observe.Deliveries;
import dev.tandem.observe.Observation;
import dev.tandem.operation.compare.CompareJobs;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.compare.Comparison;
import dev.tandem.operation.compare.KeptComparisons;
import dev.tandem.operation.report.ServiceReport;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.reader.Elapsed;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: everything that runs until it is told to stop, on a ledger that is open. */
final class Service {
    /** The name that its lines have in the log. */
    private static final Logger LOG = LoggerFactory.getLogger(LocalOperations.class);

    private static final int LOOK_FOR_MISSED_SECONDS = 5;

    private final Settings settings;
    private final AdminAccess admin;
    private final OpenedLedger opened;
    private final Ledger ledger;
    private final CountDownLatch stop;

    /** @param stop reaches zero when the service is to end */
    Service(Settings settings, AdminAccess admin, OpenedLedger opened, CountDownLatch stop) {
        this.settings = settings;
        this.admin = admin;
        this.opened = opened;
        this.ledger = opened.ledger();
        this.stop = stop;
    }

    /**
     * Until it is told to stop.
     *
     * @return the exit code
     * @throws OperationFailed if it cannot begin, or cannot go on
     */
    int run() {
        opened.mustHaveRoom();
        OscarAccount.mustBeRegistered(ledger);
        LiveEditing editing = editing();
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
                    lookAround(heart, sentinel);
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
    private void lookAround(Heartbeat heart, Sentinel sentinel) {
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

    private LiveEditing editing() {
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

    /** Another one's, if it answers on the management port; its other port is told from that. */
    private Optional<String> tandemAt(int port) {
        return admin.whoAnswers(settings)
                .filter(service -> service.managementPort() == port || service.webhookPort() == port)
                .map(ServiceReport::words);
    }
}
