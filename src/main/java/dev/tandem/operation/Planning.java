package dev.tandem.operation;

import dev.tandem.engine.Engine;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.ledger.Ledger;
import dev.tandem.live.InForce;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.run.Progress;
import dev.tandem.operation.run.ScratchLedger;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        EffectCounts counts =
                new EffectCounts(ledger.status().effects(), ledger.tally().counts());
        return counts.rows(
                count -> count.state().equals("baseline"),
                row -> new PlanReport.Count(
                        row.flow(),
                        row.kind(),
                        counts.counted(row, "planned"),
                        counts.counted(row, "already-there"),
                        counts.in(row, "baseline")));
    }
}
