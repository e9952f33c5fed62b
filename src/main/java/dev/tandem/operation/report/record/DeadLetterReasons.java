package dev.tandem.operation.report.record;

import dev.tandem.operation.report.Reason;
import java.time.Instant;
import java.util.List;

/** Why effects do not go by themselves, the most frequent reason first. */
public record DeadLetterReasons(List<Reason> reasons) {
    /**
     * One reason, of one kind of effect.
     *
     * @param code stable; {@code dead-letters retry --reason} takes it
     * @param sample the record of one of them
     * @param symptom what is seen, in a few words; blank if the code has none
     * @param advice what to do about it, in words
     */
    public record Reason(
            String code,
            String kind,
            long count,
            Instant oldest,
            Instant newest,
            String sample,
            String symptom,
            String advice) {}
}
