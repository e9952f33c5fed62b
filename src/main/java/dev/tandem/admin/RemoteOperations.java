package dev.tandem.admin;

import dev.tandem.operation.DeadLetterQuery;
import dev.tandem.operation.DiscardRequest;
import dev.tandem.operation.InitRequest;
import dev.tandem.operation.Operations;
import dev.tandem.operation.PlanRequest;
import dev.tandem.operation.Progress;
import dev.tandem.operation.RetryRequest;
import dev.tandem.operation.SyncRequest;
import dev.tandem.operation.report.ApproveReport;
import dev.tandem.operation.report.DeadLetterList;
import dev.tandem.operation.report.DeadLetterStory;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.LetterVerdicts;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.ReopenReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.SyncState;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The commands, done by the service that holds the embedded database, through its admin API on this machine. */
public final class RemoteOperations implements Operations {
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final AdminClient service;
    private final String database;

    public RemoteOperations(Settings settings) {
        service = new AdminClient(settings.http().managementPort(), settings.admin());
        database = settings.db().url();
    }

    @Override
    public InitReport init(InitRequest birth) {
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
        Map<String, Object> body = new LinkedHashMap<>();
        request.flow().ifPresent(flow -> body.put("flow", flow));
        body.put("full", request.full());
        request.since().ifPresent(since -> body.put("since", since.toString()));
        body.put("wait", request.patience().toSeconds() + "s");
        SyncState state = service.post("/api/sync", body, SyncState.class);
        String step = "";
        while (!state.over()) {
            if (!state.step().equals(step)) {
                step = state.step();
                progress.begin(step, state.expected());
            }
            progress.reached(state.reached());
            pause();
            state = service.get("/api/sync/" + state.id(), SyncState.class);
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
    public StatusReport status() {
        return service.get("/api/status", StatusReport.class);
    }

    @Override
    public ReopenReport reopen(String system) {
        return service.post("/api/reopen/" + system, Map.of(), ReopenReport.class);
    }

    @Override
    public ApproveReport approve(String by) {
        return service.post("/api/approve", Map.of("by", by), ApproveReport.class);
    }

    @Override
    public DeadLetterList deadLetters(DeadLetterQuery query) {
        String reason = query.reason()
                .map(code -> "&reason=" + AdminClient.encoded(code))
                .orElse("");
        return service.get(
                "/api/dead-letters?state=" + query.state() + "&limit=" + query.limit() + reason, DeadLetterList.class);
    }

    @Override
    public Optional<DeadLetterStory> deadLetter(long id) {
        return service.find("/api/dead-letters/" + id, DeadLetterStory.class);
    }

    @Override
    public LetterVerdicts retry(RetryRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (request.ids().isEmpty()) {
            body.put("all", true);
        } else {
            body.put("ids", request.ids());
        }
        request.reason().ifPresent(reason -> body.put("reason", reason));
        request.because().ifPresent(because -> body.put("because", because));
        body.put("by", request.by());
        return service.post("/api/dead-letters/retry", body, LetterVerdicts.class);
    }

    @Override
    public LetterVerdicts discard(DiscardRequest request) {
        return service.post(
                "/api/dead-letters/" + request.id() + "/discard",
                Map.of("because", request.because(), "by", request.by()),
                LetterVerdicts.class);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
