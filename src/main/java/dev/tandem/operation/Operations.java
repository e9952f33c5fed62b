package dev.tandem.operation;

import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;

/** What the commands ask for. All throw {@link OperationFailed} where they cannot do it. */
public interface Operations extends AutoCloseable {
    /** Makes the ledger (protocol 8). Exit code 2 if there is one already. */
    InitReport init(InitRequest request);

    /** The service. Returns its exit code once {@link #stop} was called and its work is released, or when it cannot start. */
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

    /** Looks at everything around a Tandem that is there: the running service, or this process. */
    DoctorReport doctor(DoctorRequest request);

    /** Reads both systems, changes neither, and says how far they are in step. */
    CompareReport compare(CompareRequest request, Progress progress);

    /** What needs nothing but the ledger. */
    <Q, R> R ask(Operation<LedgerCommands, Q, R> operation, Q request);

    default StatusReport status() {
        return ask(Operation.STATUS, new Operation.Nothing());
    }

    /** Closes the database and all else. */
    @Override
    void close();
}
