package dev.tandem.operation.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What would be sent now.
 *
 * @param asIfSince the moment of {@code init --since} that was assumed, if there is no ledger yet
 * @param counts how many effects of which kind
 * @param reasons why others would not be sent: waiting, parked, baseline
 */
public record PlanReport(
        Optional<Instant> asIfSince, List<Count> counts, List<Call> calls, List<Reason> reasons, int exitCode)
        implements Report {
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

    public ReportText text() {
        List<String> sentences = new ArrayList<>();
        asIfSince.ifPresent(since -> sentences.add(
                "There is no ledger yet: this is what would be sent after `init --since " + since + "`."));
        sentences.add(
                calls.isEmpty() ? "Nothing would be sent." : calls.size() + " calls would be made. Nothing was sent.");
        return new ReportText()
                .sentences(calls.stream().flatMap(Call::lines).toList())
                .table(new Table<>(counts)
                        .column("flow", Count::flow)
                        .column("effect", Count::kind)
                        .column("would be sent", Count::planned)
                        .column("already there", Count::alreadyThere)
                        .column("baseline", Count::baseline))
                .reasons(reasons)
                .sentences(sentences);
    }
}
