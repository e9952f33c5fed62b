package dev.tandem.operation.compare;

import dev.tandem.engine.DueSweeps;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.route.SharedReading;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The full sweeps that were due when a comparison began: its reading is theirs, so that neither system is read twice, nor
 * OSCaR's feed by two at once. While it reads, it holds the sweep as any reader does.
 */
final class DueReadings implements SharedReading, AutoCloseable {
    private final Settings settings;
    private final Ledger ledger;
    private final Duration silence;
    private final Map<String, Sweep> bySource = new ConcurrentHashMap<>();

    DueReadings(Settings settings, Ledger ledger) {
        this.settings = settings;
        this.ledger = ledger;
        Duration call = settings.oscar().feedTimeout().multipliedBy(2);
        Duration lease = ledger.settings().lease();
        silence = call.compareTo(lease) > 0 ? call : lease;
    }

    /** Before the source is read: takes its full sweep, if one is due and nobody has begun it. */
    void begin(String source) {
        boolean halfway = ledger.windowReads().of(source).underWay().isPresent();
        if (!halfway && new DueSweeps(settings, ledger).fullIsDue(source)) {
            ledger.sweeps()
                    .begin(source, silence, true, Optional.empty())
                    .ifPresent(sweep -> bySource.put(source, sweep));
        }
    }

    @Override
    public void marked(String flow, List<Mark> marks) {
        Sweep sweep = bySource.get(Flow.source(flow));
        if (sweep != null) {
            ledger.marks().mark(flow, marks);
            ledger.sweeps().alive(sweep, silence);
        }
    }

    @Override
    public void completed(Sweep read, Optional<String> watermark, Set<String> holders, boolean inWindows) {
        Sweep sweep = bySource.get(read.source());
        if (sweep != null) {
            ledger.sweeps().complete(sweep, watermark, holders, inWindows);
            end(read.source());
        }
    }

    private void end(String source) {
        Optional.ofNullable(bySource.remove(source)).ifPresent(ledger.sweeps()::over);
    }

    /** What was not read to its end stays due. */
    @Override
    public void close() {
        Set.copyOf(bySource.keySet()).forEach(this::end);
    }
}
