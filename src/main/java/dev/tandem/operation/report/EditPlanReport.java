package dev.tandem.operation.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an edit of routes and mappings would change for the records that there are.
 *
 * @param from the version that lies in the directories of the settings
 * @param to the edited one
 * @param records that either version would send something for
 * @param changed what would be sent otherwise
 * @param reasons why the edited version would not send others: parked, waiting
 * @param exitCode 0, or 4 if a system could not be read whole
 */
public record EditPlanReport(
        String from, String to, long records, List<Changed> changed, List<Reason> reasons, int exitCode)
        implements Report {
    /**
     * One call that would be another.
     *
     * @param what {@code added}, {@code dropped} or {@code changed}
     * @param effects the keys of the effects that it delivers
     * @param fields JSON pointers into its body
     */
    public record Changed(
            String flow,
            String record,
            String system,
            String method,
            String what,
            List<String> effects,
            Map<String, Field> fields) {
        private Stream<String> lines() {
            return Stream.concat(
                    Stream.of(what + ": " + method + " to " + system + " for " + flow + " " + record + ": "
                            + String.join(", ", effects)),
                    fields.entrySet().stream()
                            .map(field -> "    " + field.getKey() + ": "
                                    + field.getValue().words()));
        }

        /** Without the place in a list: to be counted. */
        private Stream<String> fieldsOfFlow() {
            return fields.keySet().stream().map(pointer -> flow + "  " + pointer.replaceAll("/\\d+(?=/|$)", "/*"));
        }
    }

    /** What a field would be, without and with the edit; {@code ...} where values are not shown, none where it is not there. */
    public record Field(Optional<String> before, Optional<String> after) {
        private String words() {
            return before.orElse("(none)") + " -> " + after.orElse("(none)");
        }
    }

    public ReportText text() {
        Map<String, Long> byField = changed.stream()
                .flatMap(Changed::fieldsOfFlow)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        long recordsChanged = changed.stream()
                .map(call -> call.flow + "\n" + call.record)
                .distinct()
                .count();
        return new ReportText()
                .sentences(changed.stream().flatMap(Changed::lines).toList())
                .table(new Table<>(byField.entrySet())
                        .column("flow and field", Map.Entry::getKey)
                        .column("changes", Map.Entry::getValue))
                .reasons(reasons)
                .sentences("Of " + records + " records " + recordsChanged
                        + " would be sent otherwise by version " + to + " than by version " + from
                        + ". Nothing was sent.");
    }
}
