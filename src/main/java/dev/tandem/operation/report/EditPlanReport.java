package dev.tandem.operation.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        String from, String to, long records, List<Changed> changed, List<Reason> reasons, int exitCode) {
    public EditPlanReport {
        changed = List.copyOf(changed);
        reasons = List.copyOf(reasons);
    }

    /** How many records have something that changes. */
    public long recordsChanged() {
        return changed.stream()
                .map(call -> call.flow() + "\n" + call.record())
                .distinct()
                .count();
    }

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
            Map<String, Field> fields) {}

    /** What a field would be, without and with the edit; {@code ...} where values are not shown, none where it is not there. */
    public record Field(Optional<String> before, Optional<String> after) {}
}
