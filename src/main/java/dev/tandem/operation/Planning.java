package dev.tandem.operation;

import dev.tandem.engine.Engine;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.live.InForce;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The whole computation, reading only: a sync on a copy of the ledger, whose calls that change something are not made. */
final class Planning {
    private static final Duration NO_PATIENCE = Duration.ZERO;

    private final Settings settings;
    private final InForce inForce;
    private final OpenedLedger opened;

    Planning(Settings settings, InForce inForce, OpenedLedger opened) {
        this.settings = settings;
        this.inForce = inForce;
        this.opened = opened;
    }

    PlanReport plan(PlanRequest request, Progress progress) {
        Planner planner = new Planner(request.showValues());
        try (ScratchLedger scratch = ScratchLedger.copyOf(
                opened.database(), opened.ledger().settings(), opened.ledger().seal())) {
            Ledger ledger = scratch.ledger();
            Optional<Instant> assumed = Optional.empty();
            if (ledger.origin().isEmpty()) {
                assumed = Optional.of(ledger.clock().now());
                ledger.initialise("since", assumed);
            }
            try (Engine engine = new Engine(settings, ledger, inForce, false, Optional.of(planner))) {
                engine.start();
                SyncReport report = new Syncing(settings, ledger, engine)
                        .sync(new SyncRequest(request.flow(), request.full(), Optional.empty(), NO_PATIENCE), progress);
                return new PlanReport(
                        assumed, counts(ledger), planner.calls(), report.reasons(), report.exitCode() == 4 ? 4 : 0);
            }
        }
    }

    private static List<PlanReport.Count> counts(Ledger ledger) {
        Map<Tally.Entry, Long> tally = ledger.tally().counts();
        List<LedgerStatus.EffectCount> standing = ledger.status().effects();
        TreeSet<Tally.Entry> rows = new TreeSet<>();
        tally.keySet().stream()
                .filter(entry -> !entry.kind().equals("record"))
                .forEach(entry -> rows.add(new Tally.Entry(entry.flow(), entry.kind(), "")));
        standing.stream()
                .filter(count -> count.state().equals("baseline"))
                .forEach(count -> rows.add(new Tally.Entry(count.flow(), count.kind(), "")));
        return rows.stream()
                .map(row -> new PlanReport.Count(
                        row.flow(),
                        row.kind(),
                        tally.getOrDefault(new Tally.Entry(row.flow(), row.kind(), "planned"), 0L),
                        tally.getOrDefault(new Tally.Entry(row.flow(), row.kind(), "already-there"), 0L),
                        standing.stream()
                                .filter(count -> count.flow().equals(row.flow())
                                        && count.kind().equals(row.kind())
                                        && count.state().equals("baseline"))
                                .mapToLong(LedgerStatus.EffectCount::effects)
                                .sum()))
                .toList();
    }
}
