package dev.tandem.operation;

import dev.tandem.engine.EditionLoader;
import dev.tandem.engine.Engine;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.live.InForce;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.operation.run.ScratchLedger;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole computation, reading only: a sync on a copy of the ledger, whose calls that change something are not made. */
final class Planning {
    private static final String TO_OSCAR = "primero-to-oscar";
    private static final String PLANNED = "planned";
    private static final String LINK = "link";
    private static final Duration NO_PATIENCE = Duration.ZERO;

    private final Settings settings;
    private final InForce inForce;
    private final Ledger scratch;
    private final boolean first;

    private Planning(Settings settings, InForce inForce, Ledger scratch, boolean first) {
        this.settings = settings;
        this.inForce = inForce;
        this.scratch = scratch;
        this.first = first;
    }

    /** The next sync of a ledger. */
    static PlanReport ofNext(Settings settings, OpenedLedger opened, PlanRequest request, Progress progress) {
        if (request.init().isPresent()) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("There is a ledger in this database already ("
                            + settings.db().address()
                            + "): say plan without --since, --adopt and --recover, and it plans the next sync."));
        }
        try (ScratchLedger scratch = ScratchLedger.copyOf(
                opened.database(), opened.ledger().settings(), opened.ledger().seal())) {
            return new Planning(settings, EditionLoader.load(settings, opened.ledger()), scratch.ledger(), false)
                    .plan(request, Optional.empty(), progress);
        }
    }

    /** What {@code init} would make, and the sync after it, where there is no ledger. */
    static PlanReport ofFirst(Settings settings, Ledger empty, PlanRequest request, Progress progress) {
        InForce inForce = EditionLoader.load(settings, empty);
        progress.begin("reading what is older than the ledger would be", -1);
        InitReport made =
                new Initialisation(settings, empty, inForce).make(request.init().orElse(new InitRequest.SinceNow()));
        return new Planning(settings, inForce, empty, true).plan(request, Optional.of(made), progress);
    }

    private PlanReport plan(PlanRequest request, Optional<InitReport> made, Progress progress) {
        Planner planner = new Planner(request.showValues());
        try (Engine engine = new Engine(settings, scratch, inForce, false, Optional.of(planner))) {
            engine.start();
            SyncReport report = new Syncing(settings, scratch, engine)
                    .sync(new SyncRequest(request.flow(), request.full(), Optional.empty(), NO_PATIENCE), progress);
            List<PlanReport.Call> links =
                    engine.flows().names().contains(TO_OSCAR) ? links(planner.calls()) : List.of();
            List<PlanReport.Call> calls =
                    Stream.concat(planner.calls().stream(), links.stream()).toList();
            return new PlanReport(
                    made,
                    scratch.origin().orElseThrow().words(),
                    counts(scratch, links.size()),
                    calls,
                    held(calls),
                    report.reasons(),
                    report.exitCode() == OperationFailed.UNREACHABLE ? OperationFailed.UNREACHABLE : 0);
        }
    }

    /** A case that is not made is not read back: but each that is made is linked in OSCaR by the same sync. */
    private static List<PlanReport.Call> links(List<PlanReport.Call> calls) {
        return calls.stream()
                .filter(call -> call.system().equals("primero")
                        && call.method().equals("POST")
                        && call.effects().contains("case"))
                .map(made -> new PlanReport.Call(
                        TO_OSCAR, "the new case of " + made.record(), "oscar", "PUT", List.of(LINK), Map.of()))
                .toList();
    }

    /** A first sync stops after some records of a flow until a person lets it go on; the scratch ledger does not. */
    private List<PlanReport.Held> held(List<PlanReport.Call> calls) {
        Optional<Integer> brake = settings.work().brake();
        int most = brake.orElse(Integer.MAX_VALUE);
        return calls.stream()
                .filter(call -> first)
                .collect(Collectors.groupingBy(
                        PlanReport.Call::flow,
                        TreeMap::new,
                        Collectors.mapping(PlanReport.Call::record, Collectors.toSet())))
                .entrySet()
                .stream()
                .filter(flow -> flow.getValue().size() > most)
                .map(flow ->
                        new PlanReport.Held(flow.getKey(), most, flow.getValue().size() - (long) most))
                .toList();
    }

    private static List<PlanReport.Count> counts(Ledger ledger, int links) {
        Map<Tally.Entry, Long> counted = new HashMap<>(ledger.tally().counts());
        if (links > 0) {
            counted.merge(new Tally.Entry(TO_OSCAR, LINK, PLANNED), (long) links, Long::sum);
        }
        EffectCounts counts = new EffectCounts(ledger.status().effects(), counted);
        return counts.rows(
                count -> count.state().equals("baseline"),
                row -> new PlanReport.Count(
                        row.flow(),
                        row.kind(),
                        counts.counted(row, PLANNED),
                        counts.counted(row, "already-there"),
                        counts.in(row, "baseline")));
    }
}
