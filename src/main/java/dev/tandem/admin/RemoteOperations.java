package dev.tandem.admin;

import dev.tandem.database.DatabaseHolder;
import dev.tandem.operation.LedgerCommands;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.CompareState;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.ServiceReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.SyncState;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands, done by the service that holds the embedded database, through its admin API on this machine. */
final class RemoteOperations implements Operations {
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final AdminClient service;
    private final String database;

    private RemoteOperations(AdminClient service, String database) {
        this.service = service;
        this.database = database;
    }

    /** The service must prove that it is the one of this very ledger: another one's may have come to its port. */
    static RemoteOperations of(Settings settings) {
        String database = settings.db().address();
        DatabaseHolder has = DatabaseHolder.of(settings.db())
                .orElseThrow(() -> unreachable(
                        "Another Tandem has this database (" + database + "), and has not said which process it is.",
                        "It is just starting, or of an earlier version. Try again; if it stays, stop it first."));
        String process = "process " + has.process() + ", since " + has.since();
        int port = has.managementPort()
                .orElseThrow(() -> unreachable(
                        "`tandem " + has.command() + "` (" + process + ") has this database (" + database + ").",
                        "Try again when it is done."));
        AdminClient service = new AdminClient(port, settings.http().managementTls(), settings.admin());
        ServiceReport answers = service.ask(Operation.SERVICE, new Operation.Nothing());
        if (!answers.ledgerId().equals(has.ledgerId())) {
            throw unreachable(
                    "Nothing was done: on management port " + port + " answers " + answers.words() + ".",
                    "This command is for ledger " + StatusReport.shortId(has.ledgerId()) + " (" + database
                            + "), which another service has (" + process + ") that cannot be asked.");
        }
        return new RemoteOperations(service, database);
    }

    @Override
    public InitReport init(InitRequest request) {
        throw new OperationFailed(
                OperationFailed.WRONG,
                List.of("There is a ledger in this database (" + database
                        + ") already, and a service works with it; it was left as it is."));
    }

    @Override
    public int run() {
        throw another();
    }

    private OperationFailed another() {
        return unreachable("Another Tandem is running on this database (" + database
                + "): stop it first, or use another tandem.db.url.");
    }

    private static OperationFailed unreachable(String... lines) {
        return new OperationFailed(OperationFailed.UNREACHABLE, List.of(lines));
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
                List.of(
                        "A running Tandem holds the embedded database (" + database
                                + "), and a plan works on a copy of the whole of it, which must not slow the service down.",
                        "`tandem compare` works beside the service and lists what a sync would still send, and `tandem plan"
                                + " --routes DIR` or `--mappings DIR` what an edit would change.",
                        "For the plan itself stop the service first, or keep the ledger in PostgreSQL."));
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
