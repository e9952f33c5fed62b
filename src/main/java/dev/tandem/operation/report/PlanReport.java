package dev.tandem.operation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What would be sent now.
 *
 * @param init what making the ledger would come to, if there is none yet
 * @param madeBy the command that has made the ledger, or would
 * @param counts how many effects of which kind
 * @param held which flows the brake would stop
 * @param reasons why others would not be sent: waiting, parked, baseline
 */
public record PlanReport(
        Optional<InitReport> init,
        String madeBy,
        List<Count> counts,
        List<Call> calls,
        List<Held> held,
        List<Reason> reasons,
        int exitCode)
        implements Report {
    /** After how many records the brake stops a flow of the first sync, and how many there are besides. */
    public record Held(String flow, long after, long more) {
        private String words() {
            return "The brake stops the first sync of " + flow + " after " + after
                    + " records (tandem.brake); the other " + more + " follow once you say `tandem approve`.";
        }
    }

    /** How many effects would be sent, and how many are there already or older than the ledger. */
    public record Count(String flow, String kind, long planned, long alreadyThere, long baseline) {}

    /**
     * One call that would be made.
     *
     * @param effects the keys of the effects that it would deliver
     * @param fields JSON pointers into its body, with their values, or {@code ...} where values are not shown
     */
    public record Call(
            String flow,
            String record,
            String system,
            String method,
            List<String> effects,
            Map<String, String> fields) {
        private Stream<String> lines() {
            return Stream.concat(
                    Stream.of(method + " to " + system + " for " + flow + " " + record + ": "
                            + String.join(", ", effects)),
                    fields.entrySet().stream().map(field -> "    " + field.getKey() + " = " + field.getValue()));
        }
    }

    /** The calls one by one, a line for each value: for a spreadsheet. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("flow", "record", "system", "method", "effects", "field", "value"));
        calls.forEach(call -> (call.fields().isEmpty() ? Map.of("", "") : call.fields())
                .forEach((field, value) -> rows.add(List.of(
                        call.flow(),
                        call.record(),
                        call.system(),
                        call.method(),
                        String.join(" ", call.effects()),
                        field,
                        value))));
        return rows;
    }

    /** @param details whether each call is named */
    public ReportText text(boolean details) {
        List<String> summary = new ArrayList<>();
        init.ifPresent(made ->
                summary.add("There is no ledger yet: this is what `" + madeBy + "` and the first sync would do."));
        long records = calls.stream()
                .map(call -> call.flow() + "\n" + call.record())
                .distinct()
                .count();
        summary.add(
                calls.isEmpty()
                        ? "Nothing would be sent."
                        : calls.size() + " calls would be made, for " + records + " records. Nothing was sent.");
        ReportText text = new ReportText()
                .sentences(summary)
                .table(new Table<>(counts)
                        .column("flow", Count::flow)
                        .column("effect", Count::kind)
                        .column("would be sent", Count::planned)
                        .column("already there", Count::alreadyThere)
                        .column("baseline", Count::baseline))
                .sentences(held.stream().map(Held::words).toList())
                .reasons(reasons);
        return details
                ? text.sentences(calls.stream().flatMap(Call::lines).toList())
                : text.sentences(
                        calls.isEmpty()
                                ? List.of()
                                : List.of("--details names each call; --csv FILE writes them to a file."));
    }
}
