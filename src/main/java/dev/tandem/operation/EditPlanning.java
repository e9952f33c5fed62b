package dev.tandem.operation;

import dev.tandem.engine.EditedRoutes;
import dev.tandem.engine.Engine;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.live.Edition;
import dev.tandem.live.EditionChecks;
import dev.tandem.live.InForce;
import dev.tandem.operation.report.EditPlanReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.EditPlanRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.operation.run.ScratchLedger;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tries an edit on everything that there is: both systems are read twice, once with the version of the settings' directories
 * and once with the edited one, each with a ledger of its own in which nothing has been sent yet; what they would send is
 * compared. Nothing is written anywhere, and no ledger is needed.
 */
public final class EditPlanning {
    private EditPlanning() {}

    /** @throws OperationFailed if either version cannot be used; with every fault, before anything is read */
    public static EditPlanReport compare(Settings settings, EditPlanRequest request, Progress progress) {
        Edition now = Edition.read(
                settings.directories().routes(), settings.directories().mappings());
        Edition edited = Edition.read(
                request.routes().orElse(settings.directories().routes()),
                request.mappings().orElse(settings.directories().mappings()));
        try (Trial before = new Trial(settings, now, EditionChecks.UNUSABLE);
                Trial after = new Trial(settings, edited, "The edited version cannot be used:")) {
            before.run(request.flow(), progress);
            after.run(request.flow(), progress);
            return report(now, edited, before, after, request.showValues());
        }
    }

    private static EditPlanReport report(Edition now, Edition edited, Trial before, Trial after, boolean showValues) {
        Map<List<String>, List<PlanReport.Call>> old = byDelivery(before.calls);
        Map<List<String>, List<PlanReport.Call>> next = byDelivery(after.calls);
        List<EditPlanReport.Changed> changed = Stream.of(old, next)
                .flatMap(calls -> calls.keySet().stream())
                .distinct()
                .sorted(Comparator.comparing(List::toString))
                .flatMap(delivery -> changed(
                        old.getOrDefault(delivery, List.of()), next.getOrDefault(delivery, List.of()), showValues))
                .toList();
        long records = Stream.of(before.calls, after.calls)
                .flatMap(List::stream)
                .map(call -> List.of(call.flow(), call.record()))
                .distinct()
                .count();
        return new EditPlanReport(
                now.version(),
                edited.version(),
                records,
                changed,
                after.report.reasons(),
                Math.max(before.unread(), after.unread()));
    }

    private static Map<List<String>, List<PlanReport.Call>> byDelivery(List<PlanReport.Call> calls) {
        return calls.stream()
                .collect(Collectors.groupingBy(call -> List.of(
                        call.flow(), call.record(), call.system(), call.method(), String.join(",", call.effects()))));
    }

    /** Several calls for one record that deliver the same effects are distinguished by their order. */
    private static Stream<EditPlanReport.Changed> changed(
            List<PlanReport.Call> before, List<PlanReport.Call> after, boolean showValues) {
        return IntStream.range(0, Math.max(before.size(), after.size()))
                .mapToObj(place -> {
                    Map<String, EditPlanReport.Field> fields =
                            differences(fields(before, place), fields(after, place), showValues);
                    boolean added = place >= before.size();
                    boolean dropped = place >= after.size();
                    PlanReport.Call call = dropped ? before.get(place) : after.get(place);
                    return new EditPlanReport.Changed(
                            call.flow(),
                            call.record(),
                            call.system(),
                            call.method(),
                            added ? "added" : dropped ? "dropped" : "changed",
                            call.effects(),
                            fields);
                })
                .filter(call -> !call.fields().isEmpty() || !call.what().equals("changed"));
    }

    private static Map<String, String> fields(List<PlanReport.Call> calls, int place) {
        return place < calls.size() ? calls.get(place).fields() : Map.of();
    }

    private static Map<String, EditPlanReport.Field> differences(
            Map<String, String> before, Map<String, String> after, boolean showValues) {
        Map<String, EditPlanReport.Field> fields = new TreeMap<>();
        Stream.of(before, after).flatMap(call -> call.keySet().stream()).forEach(pointer -> {
            if (!Objects.equals(before.get(pointer), after.get(pointer))) {
                fields.put(
                        pointer,
                        new EditPlanReport.Field(
                                shown(before.get(pointer), showValues), shown(after.get(pointer), showValues)));
            }
        });
        return fields;
    }

    private static Optional<String> shown(String value, boolean showValues) {
        return Optional.ofNullable(value).map(text -> showValues ? text : Planner.MASKED);
    }

    /** One of the two. */
    private static final class Trial implements AutoCloseable {
        private final Settings settings;
        private final InForce inForce;
        private final ScratchLedger scratch;
        private List<PlanReport.Call> calls = List.of();
        private SyncReport report;

        Trial(Settings settings, Edition edition, String whatIfUnusable) {
            this.settings = settings;
            scratch = ScratchLedger.empty(
                    OpenedLedger.ledgerSettings(settings), new Seal(new byte[32], Optional.empty()));
            try {
                inForce = EditedRoutes.checks(settings, scratch.ledger())
                        .inForce(edition, scratch.ledger().editions(), whatIfUnusable);
            } catch (RuntimeException e) {
                scratch.close();
                throw e;
            }
            scratch.ledger().initialise("adopt", Optional.empty());
        }

        void run(Optional<String> flow, Progress progress) {
            Planner planner = new Planner(true);
            Ledger ledger = scratch.ledger();
            try (Engine engine = new Engine(settings, ledger, inForce, false, Optional.of(planner))) {
                engine.start();
                report = new Syncing(settings, ledger, engine)
                        .sync(new SyncRequest(flow, true, Optional.empty(), Duration.ZERO), progress);
                calls = planner.calls();
            }
        }

        int unread() {
            return report.exitCode() == OperationFailed.UNREACHABLE ? OperationFailed.UNREACHABLE : 0;
        }

        @Override
        public void close() {
            scratch.close();
        }
    }
}
