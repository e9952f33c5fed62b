package dev.tandem.operation;

import dev.tandem.operation.report.ApproveReport;
import dev.tandem.operation.report.DeadLetterList;
import dev.tandem.operation.report.DeadLetterStory;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.LetterVerdicts;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.ReopenReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.outcome.OperationFailed;
import java.util.Optional;

/** What the commands ask for. All throw {@link OperationFailed} where they cannot do it. */
public interface Operations extends AutoCloseable {
    /** Makes the ledger (protocol 8). Exit code 2 if there is one already. */
    InitReport init(InitRequest birth);

    /** The service. Returns its exit code once {@link #stop} was called and all is put down, or when it cannot start. */
    int run();

    /**
     * Asks {@link #run} to end in order, and returns at once. Comes from another thread, maybe before {@code run} has begun:
     * it then returns without starting anything.
     */
    void stop();

    /** One sweep of each flow, and everything that follows from it. */
    SyncReport sync(SyncRequest request, Progress progress);

    /** The same without writing anything, anywhere: what would be sent. */
    PlanReport plan(PlanRequest request, Progress progress);

    StatusReport status();

    /**
     * Opens a closed gate (protocol 3).
     *
     * @param system {@code primero} or {@code oscar}
     */
    ReopenReport reopen(String system);

    /** Lets go what the brake holds: the rest of a first sync or of an edit. */
    ApproveReport approve(String by);

    /** Effects that do not go by themselves. */
    DeadLetterList deadLetters(DeadLetterQuery query);

    /** One effect with the history of its record; none if there is none with this id. */
    Optional<DeadLetterStory> deadLetter(long id);

    /** Has effects sent that do not go by themselves (protocol 4). */
    LetterVerdicts retry(RetryRequest request);

    /** Gives one up: a referral for ever, anything else until what it is made of has changed (protocol 4). */
    LetterVerdicts discard(DiscardRequest request);

    /** Lets go of the database and all else. */
    @Override
    void close();
}
