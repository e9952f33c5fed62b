package dev.tandem.operation;

import dev.tandem.engine.DueSweeps;
import dev.tandem.engine.Engine;
import dev.tandem.engine.OscarAccount;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.route.LedgerComponent;
import dev.tandem.ledger.route.SweepHeaders;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.ledger.sweeps.SweepCursor;
import dev.tandem.live.RoutedFlows;
import dev.tandem.observe.SystemName;
import dev.tandem.operation.report.Reason;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Draining;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;

/** One sweep of each source, and everything that follows from it, until nothing more can be done soon. */
final class Syncing {
    private final Settings settings;
    private final Ledger ledger;
    private final Engine engine;
    private static final String NOTED = "noted ";

    private final List<SyncReport.Sweep> sweeps = new ArrayList<>();
    private final List<Reason> troubles = new ArrayList<>();
    private final Set<String> waitsFor = new HashSet<>();
    private final Map<Tally.Entry, Long> before;

    Syncing(Settings settings, Ledger ledger, Engine engine) {
        this.settings = settings;
        this.ledger = ledger;
        this.engine = engine;
        this.before = ledger.tally().counts();
    }

    SyncReport sync(SyncRequest request, Progress progress) {
        OscarAccount.mustBeRegistered(ledger);
        RoutedFlows routed = engine.flows();
        request.flow().ifPresent(flow -> known(flow, routed));
        Draining draining = new Draining(ledger, routed.names(), () -> engine.context()
                .getComponent("ledger", LedgerComponent.class)
                .busy());
        Optional<Instant> next;
        long until = System.nanoTime() + request.patience().toNanos();
        try {
            for (RoutedFlows.Source source : routed.sources()) {
                if (request.flow()
                        .filter(flow -> !Flow.source(flow).equals(source.name()))
                        .isEmpty()) {
                    progress.begin("reading " + SystemName.forPeople(source.name()), -1);
                    sweep(source, request, until, progress);
                }
            }
            OscarAccount.mustBeRegistered(ledger);
            // Not before both are read: what is written meanwhile would change the list under the sweep that reads it.
            engine.deliver();
            progress.begin("settling records", draining.begin());
            next = draining.await(request.patience(), progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            next = Optional.of(ledger.clock().now());
        }
        progress.end();
        OscarAccount.mustBeRegistered(ledger);
        return report(next);
    }

    private static void known(String flow, RoutedFlows routed) {
        if (!routed.names().contains(flow)) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("There is no flow " + flow + ": the routes deliver " + String.join(", ", routed.names())
                            + "."));
        }
    }

    private void sweep(RoutedFlows.Source swept, SyncRequest request, long until, Progress progress)
            throws InterruptedException {
        String source = swept.name();
        boolean full = request.full() || new DueSweeps(settings, ledger).fullIsDue(source);
        Map<String, Object> headers = new HashMap<>();
        headers.put(SweepHeaders.FULL, full);
        request.since().ifPresent(since -> headers.put(SweepHeaders.SINCE, since.toString()));
        long markedBefore = marked(source);
        AtomicBoolean waits = new AtomicBoolean();
        Optional<Exchange> done = engine.sweep(swept, headers, () -> {
            if (!waits.getAndSet(true)) {
                return false;
            }
            wait(source, progress);
            return System.nanoTime() - until > 0;
        });
        if (done.isEmpty()) {
            troubles.add(underWay(source, request));
            return;
        }
        Exchange exchange = done.get();
        Object outcome =
                exchange.getException() != null ? exchange.getException() : exchange.getProperty(Carried.OUTCOME);
        if (outcome instanceof Throwable failure) {
            troubles.add(trouble(source, failure));
        }
        AtomicLong read = exchange.getProperty(Carried.READ, new AtomicLong(), AtomicLong.class);
        sweeps.add(new SyncReport.Sweep(source, full, read.get(), marked(source) - markedBefore));
    }

    /** A sweep is under way elsewhere, or was until its process died: its lease ends within half a minute then. */
    private void wait(String source, Progress progress) {
        if (waitsFor.add(source)) {
            progress.begin(
                    Progress.WAITING + "the sweep of " + SystemName.forPeople(source) + " that is under way elsewhere"
                            + since(source),
                    -1);
        }
    }

    private String since(String source) {
        return ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals(source))
                .findFirst()
                .flatMap(SweepCursor::lastBegan)
                .map(began -> " since " + began)
                .orElse("");
    }

    private Reason underWay(String source, SyncRequest request) {
        return new Reason(
                "pending",
                "sweep-under-way",
                "the sweep of " + SystemName.forPeople(source) + " did not begin within "
                        + request.patience().toSeconds() + "s: another one is under way" + since(source)
                        + ", and one runs at a time",
                1,
                List.of(source));
    }

    private static Reason trouble(String source, Throwable failure) {
        boolean expected = failure instanceof Setback;
        return new Reason(
                "pending",
                expected ? ((Setback) failure).code() : "unexpected",
                "the sweep of " + source + " ended early: "
                        + (expected ? failure.getMessage() : failure.getClass().getSimpleName()),
                1,
                List.of(source));
    }

    private long marked(String source) {
        return ledger.tally().counts().entrySet().stream()
                .filter(entry -> entry.getKey().outcome().equals("marked")
                        && Flow.source(entry.getKey().flow()).equals(source))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What was counted since this sync began: a service has a past. */
    private Map<Tally.Entry, Long> tally() {
        Map<Tally.Entry, Long> since = new HashMap<>();
        ledger.tally().counts().forEach((entry, count) -> {
            long more = count - before.getOrDefault(entry, 0L);
            if (more > 0) {
                since.put(entry, more);
            }
        });
        return since;
    }

    private SyncReport report(Optional<Instant> next) {
        List<Reason> reasons = new ArrayList<>(troubles);
        ledger.pauses()
                .all()
                .forEach((flow, since) -> reasons.add(new Reason(
                        "pending",
                        "paused",
                        "the flow is paused since " + since + ": nothing of it is worked until it is resumed",
                        1,
                        List.of(flow))));
        reasons.addAll(Status.reasons(ledger));
        tally().entrySet().stream()
                .filter(entry -> entry.getKey().outcome().startsWith(NOTED))
                .map(entry -> noted(entry.getKey().outcome().substring(NOTED.length()), entry.getValue()))
                .forEach(reasons::add);
        return new SyncReport(sweeps, effects(), reasons, next, exitCode(next));
    }

    private static Reason noted(String code, long count) {
        String words = Advice.entry(code).map(Advice.Entry::symptom).orElse("noted in the journal");
        return new Reason("noted", code, words, count, List.of());
    }

    private int exitCode(Optional<Instant> next) {
        boolean gateClosed =
                engine.flows().names().stream().anyMatch(flow -> !ledger.gates().openTo(flow));
        if (!troubles.isEmpty() || gateClosed || next.isPresent()) {
            return 4;
        }
        boolean parked = ledger.status().effects().stream()
                .anyMatch(count -> count.state().equals("parked"));
        return parked ? 3 : 0;
    }

    private List<SyncReport.Effects> effects() {
        EffectCounts counts = new EffectCounts(ledger.status().effects(), tally());
        return counts.rows(any -> true, row -> {
            long sent = counts.counted(row, "sent");
            return new SyncReport.Effects(
                    row.flow(),
                    row.kind(),
                    sent,
                    counts.counted(row, "already-there"),
                    Math.max(0, counts.in(row, "confirmed") - sent),
                    counts.in(row, "waiting"),
                    counts.in(row, "parked"),
                    counts.in(row, "baseline"),
                    counts.possibleRepeats(row),
                    counts.in(row, "owed", "intended", "unknown"));
        });
    }
}
