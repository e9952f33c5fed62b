package dev.tandem.operation.report;

import java.util.Optional;

/**
 * How far a comparison in the service is; fields as of a {@link SyncState}.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 */
public record CompareState(
        long id,
        String state,
        String step,
        long expected,
        long reached,
        Optional<CompareReport> report,
        Optional<SyncState.Failure> failure) {
    public static CompareState running(long id, String step, long expected, long reached) {
        return new CompareState(id, "running", step, expected, reached, Optional.empty(), Optional.empty());
    }

    /** Of these two one is there. */
    public static CompareState over(long id, Optional<CompareReport> report, Optional<SyncState.Failure> failure) {
        return new CompareState(id, report.isPresent() ? "done" : "failed", "", -1, 0, report, failure);
    }

    public boolean over() {
        return !state.equals("running");
    }
}
