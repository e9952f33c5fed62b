package dev.tandem.admin;

import dev.tandem.operation.DoctorRequest;
import dev.tandem.operation.InitRequest;
import dev.tandem.operation.LedgerCommands;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.PlanRequest;
import dev.tandem.operation.SyncRequest;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.CompareState;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.SyncState;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands, done by the service that holds the embedded database, through its admin API on this machine. */
public final class RemoteOperations implements Operations {
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final AdminClient service;
    private final String database;

    public RemoteOperations(Settings settings) {
        service = new AdminClient(
                settings.http().managementPort(), settings.http().managementTls(), settings.admin());
        database = settings.db().url();
    }

    @Override
    public InitReport init(InitRequest request) {
        throw another();
    }

    @Override
    public int run() {
        throw another();
    }

    private OperationFailed another() {
        return new OperationFailed(
                OperationFailed.UNREACHABLE,
                List.of("Another Tandem is running on this database (" + database
                        + "): stop it first, or use another tandem.db.url."));
    }

    @Override
    public void stop() {
        // Nothing of ours runs.
    }

    @Override
    public SyncReport sync(SyncRequest request, Progress progress) {
        SyncState state = service.ask(Operation.SYNC, request);
        String step = "";
        while (!state.over()) {
            if (!state.step().equals(step)) {
                step = state.step();
                progress.begin(step, state.expected());
            }
            progress.reached(state.reached());
            pause();
            state = service.ask(Operation.SYNC_STATE, new Operation.ById(state.id()));
        }
        progress.end();
        if (state.failure().isPresent()) {
            throw new OperationFailed(
                    state.failure().get().exitCode(), state.failure().get().lines());
        }
        return state.report().orElseThrow();
    }

    @Override
    public PlanReport plan(PlanRequest request, Progress progress) {
        throw new OperationFailed(
                OperationFailed.UNREACHABLE,
                List.of("A running Tandem holds the embedded database (" + database
                        + "), and a plan needs to copy it: stop the service first, or keep the ledger in PostgreSQL."));
    }

    @Override
    public DoctorReport doctor(DoctorRequest request) {
        return service.ask(Operation.DOCTOR, request);
    }

    @Override
    public CompareReport compare(CompareRequest request, Progress progress) {
        CompareState state = service.ask(Operation.COMPARE, request);
        long id = state.id();
        String step = "";
        while (!state.over() && state.id() == id) {
            if (!state.step().equals(step)) {
                step = state.step();
                progress.begin(step, state.expected());
            }
            progress.reached(state.reached());
            pause();
            state = service.ask(Operation.COMPARE_STATE, new Operation.Nothing());
        }
        progress.end();
        if (state.failure().isPresent()) {
            throw new OperationFailed(
                    state.failure().get().exitCode(), state.failure().get().lines());
        }
        return state.report().orElseThrow();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE, List.of("Interrupted; the sync goes on in the service."));
        }
    }

    @Override
    public <Q, R> R ask(Operation<LedgerCommands, Q, R> operation, Q request) {
        return service.ask(operation, request);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
