package dev.tandem.doctor;

import dev.tandem.engine.Engine;
import dev.tandem.ledger.FindingBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.live.InForce;
import dev.tandem.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines both systems again and again while the service runs, by {@code tandem.doctor.schedule} and after an edit of routes or
 * mappings, so that what has drifted is known before the first record fails by it. Of several replicas one does it.
 */
public final class Sentinel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sentinel.class);
    private static final String TASK = "doctor";

    private final Settings settings;
    private final Ledger ledger;
    private final Engine engine;
    private final InForce inForce;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new CamelThreadFactory("#name#", "sentinel", true));

    public Sentinel(Settings settings, Ledger ledger, Engine engine, InForce inForce) {
        this.settings = settings;
        this.ledger = ledger;
        this.engine = engine;
        this.inForce = inForce;
    }

    /** Begins an examination if one is due; to be called every few seconds. */
    public void lookAround() {
        if (settings.doctor().isOff() || ledger.readOnly() || busy.get() || !due()) {
            return;
        }
        busy.set(true);
        thread.execute(() -> {
            try {
                examine();
            } catch (RuntimeException e) {
                LOG.warn("the systems could not be examined: {}", e.getClass().getSimpleName());
            } finally {
                busy.set(false);
            }
        });
    }

    private boolean due() {
        Optional<FindingBook.Examination> last = ledger.findings().last();
        Optional<Instant> since =
                last.map(FindingBook.Examination::at).or(() -> ledger.origin().map(LedgerOrigin::initialisedAt));
        // A replica that has not got the edit yet examines nothing by the version before.
        boolean newest = ledger.editions()
                .inForce()
                .filter(one -> one.version().equals(inForce.version()))
                .isPresent();
        boolean edited = newest
                && last.filter(one -> !one.version().equals(inForce.version())).isPresent();
        if (edited
                && ledger.moments()
                        .take(TASK + " " + inForce.version(), last.get().at())) {
            return true;
        }
        return since.flatMap(settings.doctor()::next)
                .filter(moment -> !moment.isAfter(ledger.clock().now()))
                .filter(moment -> ledger.moments().take(TASK, moment))
                .isPresent();
    }

    private void examine() {
        String version = inForce.version();
        List<Finding> found = new Doctor(settings, Clock.systemUTC())
                .systems(engine, inForce.mappings().current(), Doctor.Known.of(ledger))
                .findings();
        Set<String> unsure = found.stream()
                .filter(one -> one.level() == Level.SKIPPED || one.level() == Level.UNREACHABLE)
                .map(Finding::check)
                .collect(Collectors.toSet());
        FindingBook.Changes changes = ledger.findings()
                .examined(
                        version,
                        found.stream()
                                .filter(one -> one.level() == Level.WARN || one.level() == Level.FAULT)
                                .map(one -> new FindingBook.Found(
                                        one.check(),
                                        one.subject(),
                                        one.level().name().toLowerCase(Locale.ROOT),
                                        one.words(),
                                        one.remedy()))
                                .toList(),
                        unsure);
        changes.drifted().forEach(one -> LOG.warn("{}: {} {}", one.check(), one.words(), one.remedy()));
        changes.mended().forEach(one -> LOG.info("{} is right again, no longer: {}", one.check(), one.words()));
    }

    @Override
    public void close() {
        // Never by an interrupt: a call looks at its gate, and H2 closes its whole database under an interrupted
        // thread.
        thread.shutdown();
    }
}
