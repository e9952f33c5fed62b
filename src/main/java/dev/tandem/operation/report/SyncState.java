package dev.tandem.operation.report;

import dev.tandem.outcome.OperationFailed;
import java.util.List;
import java.util.Optional;

/**
 * How far a sync in the service is.
 *
 * @param state {@code queued}, {@code running}, {@code done} or {@code failed}
 * @param step what it is at, in words; blank before it has begun
 * @param expected how many things that step takes, or a negative number if that is not known
 * @param reached how many of them are done
 * @param report once it is done
 * @param failure once it has failed: what to print
 */
public record SyncState(
        long id,
        String state,
        String step,
        long expected,
        long reached,
        Optional<SyncReport> report,
        Optional<Failure> failure) {
    /** At a step, or queued. */
    public static SyncState at(long id, String state, String step, long expected, long reached) {
        return new SyncState(id, state, step, expected, reached, Optional.empty(), Optional.empty());
    }

    /** Of these two one is there. */
    public static SyncState over(long id, Optional<SyncReport> report, Optional<Failure> failure) {
        return new SyncState(id, report.isPresent() ? "done" : "failed", "", -1, 0, report, failure);
    }

    /** As {@link OperationFailed}. */
    public record Failure(int exitCode, List<String> lines) {
        /** @param what failed, such as {@code The sync} */
        public static Failure of(String what, RuntimeException why) {
            return why instanceof OperationFailed failed
                    ? new Failure(failed.exitCode(), List.of(failed.getMessage()))
                    : new Failure(
                            OperationFailed.UNREACHABLE,
                            List.of(what + " failed (" + why.getClass().getSimpleName() + "): see the service's log."));
        }
    }

    public boolean over() {
        return state.equals("done") || state.equals("failed");
    }
}
