package dev.tandem.operation;

import dev.tandem.engine.EditedRoutes;
import dev.tandem.engine.EditionLoader;
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
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tries an edit on everything that there is: both systems are read twice, once with the version of the settings' directories
 * and once with the edited one, each with a ledger of its own in which nothing has been sent yet; what they would send is
 * compared. Nothing is written anywhere, and no ledger is needed.
 */
public final class EditPlanning {
    private EditPlanning() {}

    /** @throws OperationFailed if the edited version cannot be used; with every fault */
    public static EditPlanReport compare(Settings settings, EditPlanRequest request, Progress progress) {
        Edition now = Edition.read(
                settings.directories().routes(), settings.directories().mappings());
        Edition edited = Edition.read(
                request.routes().orElse(settings.directories().routes()),
                request.mappings().orElse(settings.directories().mappings()));
        try (Trial before = new Trial(settings, EditionLoader.load(now))) {
            before.run(request.flow(), progress);
            try (Trial after = new Trial(settings, sound(edited, before))) {
                after.run(request.flow(), progress);
                return report(now, edited, before, after, request.showValues());
            }
        }
    }

    private static InForce sound(Edition edited, Trial trial) {
        EditionChecks.Result result = trial.checks().check(edited);
        if (!result.sound()) {
            throw OperationFailed.unusable("The edited version cannot be used:", result.faults());
        }
        return new InForce(edited, result.mappings().orElseThrow());
    }

    private static EditPlanReport report(Edition now, Edition edited, Trial before, Trial after, boolean showValues) {
        Map<Id, PlanReport.Call> old = byId(before.calls);
        Map<Id, PlanReport.Call> next = byId(after.calls);
        Set<Id> all = new TreeSet<>(old.keySet());
        all.addAll(next.keySet());
        List<EditPlanReport.Changed> changed = new ArrayList<>();
        Set<String> records = new HashSet<>();
        for (Id id : all) {
            records.add(id.flow() + "\n" + id.record());
            Optional<PlanReport.Call> one = Optional.ofNullable(old.get(id));
            Optional<PlanReport.Call> other = Optional.ofNullable(next.get(id));
            Map<String, EditPlanReport.Field> fields = differences(fields(one), fields(other), showValues);
            if (!fields.isEmpty() || one.isPresent() != other.isPresent()) {
                changed.add(new EditPlanReport.Changed(
                        id.flow(),
                        id.record(),
                        id.system(),
                        id.method(),
                        one.isEmpty() ? "added" : other.isEmpty() ? "dropped" : "changed",
                        other.or(() -> one).orElseThrow().effects(),
                        fields));
            }
        }
        return new EditPlanReport(
                now.version(),
                edited.version(),
                records.size(),
                changed,
                after.report.reasons(),
                Math.max(before.unread(), after.unread()));
    }

    private static Map<String, String> fields(Optional<PlanReport.Call> call) {
        return call.map(PlanReport.Call::fields).orElse(Map.of());
    }

    private static Map<String, EditPlanReport.Field> differences(
            Map<String, String> before, Map<String, String> after, boolean showValues) {
        Set<String> pointers = new TreeSet<>(before.keySet());
        pointers.addAll(after.keySet());
        Map<String, EditPlanReport.Field> fields = new TreeMap<>();
        for (String pointer : pointers) {
            if (!Objects.equals(before.get(pointer), after.get(pointer))) {
                fields.put(
                        pointer,
                        new EditPlanReport.Field(
                                shown(before.get(pointer), showValues), shown(after.get(pointer), showValues)));
            }
        }
        return fields;
    }

    private static Optional<String> shown(String value, boolean showValues) {
        return Optional.ofNullable(value).map(text -> showValues ? text : Planner.MASKED);
    }

    /** Several calls for one record that deliver the same effects are told apart by their order. */
    private static Map<Id, PlanReport.Call> byId(List<PlanReport.Call> calls) {
        Map<Id, PlanReport.Call> byId = new HashMap<>();
        for (PlanReport.Call call : calls) {
            Id id = new Id(
                    call.flow(), call.record(), call.system(), call.method(), String.join(",", call.effects()), 0);
            while (byId.containsKey(id)) {
                id = id.next();
            }
            byId.put(id, call);
        }
        return byId;
    }

    private record Id(String flow, String record, String system, String method, String effects, int place)
            implements Comparable<Id> {
        Id next() {
            return new Id(flow, record, system, method, effects, place + 1);
        }

        @Override
        public int compareTo(Id other) {
            return toString().compareTo(other.toString());
        }
    }

    /** One of the two. */
    private static final class Trial implements AutoCloseable {
        private final Settings settings;
        private final InForce inForce;
        private final ScratchLedger scratch;
        private List<PlanReport.Call> calls = List.of();
        private SyncReport report;

        Trial(Settings settings, InForce inForce) {
            this.settings = settings;
            this.inForce = inForce;
            scratch = ScratchLedger.empty(
                    OpenedLedger.ledgerSettings(settings), new Seal(new byte[32], Optional.empty()));
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

        EditionChecks checks() {
            return EditedRoutes.checks(settings, scratch.ledger());
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
