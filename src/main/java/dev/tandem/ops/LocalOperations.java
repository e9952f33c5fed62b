package dev.tandem.ops;

import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.mapping.Mappings;
import dev.tandem.settings.Loaded;
import dev.tandem.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands, done in this process on the ledger's own database. */
public final class LocalOperations implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(LocalOperations.class);

    private final Settings settings;
    private final Mappings mappings;
    private final Opened opened;
    private final CountDownLatch stop = new CountDownLatch(1);

    private LocalOperations(Settings settings, Mappings mappings, Opened opened) {
        this.settings = settings;
        this.mappings = mappings;
        this.opened = opened;
    }

    /**
     * Opens what every command needs.
     *
     * @throws OperationFailed if the database or the mappings cannot be used
     */
    public static Operations open(Loaded loaded) {
        loaded.warnings().forEach(LOG::warn);
        Settings settings = loaded.settings();
        Mappings mappings = EditedMappings.load(settings);
        return new LocalOperations(settings, mappings, Opened.open(settings, LOG::warn));
    }

    @Override
    public InitReport init(Birth birth) {
        return new Birthing(settings, opened.ledger(), mappings).make(birth);
    }

    @Override
    public int run() {
        Ledger ledger = opened.born();
        try (Engine engine = new Engine(settings, ledger, mappings, true)) {
            if (stop.getCount() == 0) {
                return 0;
            }
            engine.start();
            LOG.info(
                    "Tandem runs: webhooks on port {}, management on port {}",
                    settings.http().port(),
                    settings.http().managementPort());
            new DueSweeps(settings, ledger).sweep(engine);
            stop.await();
            LOG.info("Tandem stops: what is in work is finished first");
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void stop() {
        stop.countDown();
    }

    @Override
    public SyncReport sync(SyncRequest request, Progress progress) {
        Ledger ledger = opened.born();
        try (Engine engine = new Engine(settings, ledger, mappings, false)) {
            engine.start();
            return new Syncing(settings, ledger, engine).sync(request, progress);
        }
    }

    @Override
    public PlanReport plan(PlanRequest request, Progress progress) {
        return new Planning(settings, mappings, opened).plan(request, progress);
    }

    @Override
    public StatusReport status() {
        return new Status(opened.born(), mappings).report();
    }

    @Override
    public ReopenReport reopen(String system) {
        Optional<Instant> closed = opened.ledger().gates().all().stream()
                .filter(gate -> gate.system().equals(system))
                .findFirst()
                .flatMap(GateBook.Gate::closedAt);
        opened.ledger().gates().reopen(system);
        return new ReopenReport(system, closed);
    }

    @Override
    public void close() {
        opened.close();
    }

    /** The flows, in the order in which a sync reads their sources: OSCaR comes first (protocol 6). */
    static List<String> sources() {
        return List.of("oscar", "primero");
    }
}
