package dev.tandem.operation;

import dev.tandem.observe.Overview;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.ApproveReport;
import dev.tandem.operation.report.BackupReport;
import dev.tandem.operation.report.CompareHistory;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.CompareState;
import dev.tandem.operation.report.ConfigurationReport;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.report.FlowReport;
import dev.tandem.operation.report.HandReport;
import dev.tandem.operation.report.ReopenReport;
import dev.tandem.operation.report.RestoreReport;
import dev.tandem.operation.report.ServiceReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncState;
import dev.tandem.operation.report.record.DeadLetterList;
import dev.tandem.operation.report.record.DeadLetterReasons;
import dev.tandem.operation.report.record.DeadLetterStory;
import dev.tandem.operation.report.record.HistoryReport;
import dev.tandem.operation.report.record.JournalPage;
import dev.tandem.operation.report.record.LetterVerdicts;
import dev.tandem.operation.report.record.RecordStory;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.DiscardRequest;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.operation.request.ForgetRequest;
import dev.tandem.operation.request.HistoryQuery;
import dev.tandem.operation.request.JournalQuery;
import dev.tandem.operation.request.PairRequest;
import dev.tandem.operation.request.RecordQuery;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.operation.request.SyncRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * What can be asked of a running service, each defined once: the admin API serves it, the API's client and the commands ask it,
 * docs/reference/admin-api.md is made from it.
 *
 * @param <D> what does it
 * @param path below the management port; a name in braces is a field of the request
 * @param request its fields are those of the path, and of the query (GET) or of the body (POST)
 * @param about what it does and what it answers, for that page
 */
public record Operation<D, Q, R>(
        String method, String path, Class<Q> request, Class<R> report, BiFunction<D, Q, R> done, String about) {
    /** A field of the request in {@link #path}. */
    public static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");

    public static final Operation<LedgerCommands, Nothing, StatusReport> STATUS =
            get("/api/status", Nothing.class, StatusReport.class, LedgerCommands::status, "as `status --json`");

    public static final Operation<ServiceCommands, Nothing, ServiceReport> SERVICE = get(
            "/api/service",
            Nothing.class,
            ServiceReport.class,
            ServiceCommands::service,
            "which service this is, and of which ledger: commands ask it before anything else");

    public static final Operation<ServiceCommands, SyncRequest, SyncState> SYNC = post(
            "/api/sync",
            SyncRequest.class,
            SyncState.class,
            ServiceCommands::beginSync,
            "begins a sync, the fields as the command's options; the sync's state, see below");

    public static final Operation<ServiceCommands, ById, SyncState> SYNC_STATE =
            get("/api/sync/{id}", ById.class, SyncState.class, ServiceCommands::syncState, "how far this sync is");

    public static final Operation<ServiceCommands, CompareRequest, CompareState> COMPARE = post(
            "/api/compare",
            CompareRequest.class,
            CompareState.class,
            ServiceCommands::beginCompare,
            "begins a comparison, the fields as the command's options; one at a time");

    public static final Operation<ServiceCommands, Nothing, CompareState> COMPARE_STATE = get(
            "/api/compare",
            Nothing.class,
            CompareState.class,
            ServiceCommands::compareState,
            "how far the comparison is that was begun last; with its report once it is `done`");

    public static final Operation<ServiceCommands, Nothing, CompareState> STOP_COMPARE = post(
            "/api/compare/stop",
            Nothing.class,
            CompareState.class,
            ServiceCommands::stopCompare,
            "ends the comparison under way soon; nothing is lost but its result");

    public static final Operation<LedgerCommands, Nothing, CompareReport> LAST_COMPARE = get(
            "/api/compare/last",
            Nothing.class,
            CompareReport.class,
            LedgerCommands::lastCompare,
            "the last result, whoever began it, with all differences");

    public static final Operation<LedgerCommands, Nothing, CompareHistory> COMPARE_HISTORY = get(
            "/api/compare/history",
            Nothing.class,
            CompareHistory.class,
            LedgerCommands::compareHistory,
            "the counts of the newest 1,000 comparisons by kind and NGO, the newest first");

    public static final Operation<LedgerCommands, Approval, ApproveReport> APPROVE = post(
            "/api/approve",
            Approval.class,
            ApproveReport.class,
            LedgerCommands::approve,
            "what the brake held and releases now");

    public static final Operation<LedgerCommands, BySystem, ReopenReport> REOPEN = post(
            "/api/reopen/{system}",
            BySystem.class,
            ReopenReport.class,
            LedgerCommands::reopen,
            "opens the system's gate; since when it was closed, if it was");

    public static final Operation<LedgerCommands, PairRequest, HandReport> LINK = post(
            "/api/link",
            PairRequest.class,
            HandReport.class,
            LedgerCommands::link,
            "links a case and a client; without `act` it only says what that means. `caseId` and `client` (`NGO/SLUG`) are needed");

    public static final Operation<LedgerCommands, PairRequest, HandReport> UNLINK = post(
            "/api/unlink",
            PairRequest.class,
            HandReport.class,
            LedgerCommands::unlink,
            "takes them apart; otherwise as `link`");

    public static final Operation<LedgerCommands, ForgetRequest, HandReport> FORGET = post(
            "/api/forget",
            ForgetRequest.class,
            HandReport.class,
            LedgerCommands::forget,
            "removes what the ledger and the journal hold of a record; without `act` it only says what that means. `id` is needed");

    public static final Operation<LedgerCommands, BackupRequest, BackupReport> BACKUP = post(
            "/api/backup",
            BackupRequest.class,
            BackupReport.class,
            LedgerCommands::backup,
            "copies the embedded database, as it is at one moment, into a file beside it, and answers its path; `backup` encrypts"
                    + " and removes it");

    public static final Operation<LedgerCommands, BackupRequest, RestoreReport> RESTORED = post(
            "/api/restored",
            BackupRequest.class,
            RestoreReport.class,
            LedgerCommands::restored,
            "takes note that the database was put back from a backup: what may have been sent since is listed, not sent");

    public static final Operation<ServiceCommands, ByFlow, FlowReport> PAUSE = post(
            "/api/flows/{flow}/pause",
            ByFlow.class,
            FlowReport.class,
            ServiceCommands::pause,
            "pauses the flow in every replica, also across restarts ([monitoring.md](../operate/monitoring.md))");

    public static final Operation<ServiceCommands, ByFlow, FlowReport> RESUME = post(
            "/api/flows/{flow}/resume", ByFlow.class, FlowReport.class, ServiceCommands::resume, "the flow goes on");

    public static final Operation<ServiceCommands, DoctorRequest, DoctorReport> DOCTOR = post(
            "/api/doctor",
            DoctorRequest.class,
            DoctorReport.class,
            ServiceCommands::doctor,
            "looks at both systems, the database and this machine, as `doctor --json`; writes nothing, but for"
                    + " `writeProbe`: the id of a Primero case to be written as it is. Takes up to a minute");

    public static final Operation<LedgerCommands, DeadLetterQuery, DeadLetterList> DEAD_LETTERS = get(
            "/api/dead-letters",
            DeadLetterQuery.class,
            DeadLetterList.class,
            LedgerCommands::deadLetters,
            "the newest first: `state` is `parked` (default), `waiting`, `baseline` or `discarded`; `limit` is 200 if not given");

    public static final Operation<LedgerCommands, ById, DeadLetterStory> DEAD_LETTER = get(
            "/api/dead-letters/{id}",
            ById.class,
            DeadLetterStory.class,
            LedgerCommands::deadLetter,
            "one, with its record's journal, oldest first");

    public static final Operation<LedgerCommands, RetryOneRequest, LetterVerdicts> RETRY_ONE = post(
            "/api/dead-letters/{id}/retry",
            RetryOneRequest.class,
            LetterVerdicts.class,
            LedgerCommands::retryOne,
            "has it sent; a verdict, see below");

    public static final Operation<LedgerCommands, RetryRequest, LetterVerdicts> RETRY = post(
            "/api/dead-letters/retry",
            RetryRequest.class,
            LetterVerdicts.class,
            LedgerCommands::retry,
            "has them sent: `{\"ids\": [17, 18]}`, or `{\"all\": true}` with or without `reason`; a verdict for each");

    public static final Operation<LedgerCommands, DiscardRequest, LetterVerdicts> DISCARD = post(
            "/api/dead-letters/{id}/discard",
            DiscardRequest.class,
            LetterVerdicts.class,
            LedgerCommands::discard,
            "gives it up: `because` is needed; a verdict");

    public static final Operation<LedgerCommands, DeadLetterQuery.InState, DeadLetterReasons> DEAD_LETTER_REASONS = get(
            "/api/dead-letters/reasons",
            DeadLetterQuery.InState.class,
            DeadLetterReasons.class,
            LedgerCommands::deadLetterReasons,
            "how many there are for each reason, the most frequent first; `state` as above");

    public static final Operation<ServiceCommands, Nothing, Overview> OVERVIEW = get(
            "/api/overview",
            Nothing.class,
            Overview.class,
            ServiceCommands::overview,
            "how the service stands, and what needs a person, the most urgent first; read every few seconds, however many ask");

    public static final Operation<LedgerCommands, JournalQuery, JournalPage> JOURNAL = get(
            "/api/journal",
            JournalQuery.class,
            JournalPage.class,
            LedgerCommands::journal,
            "the newest lines first: `record` (a record's key, or what operators asked for), `flow`, `event`, `code`, from"
                    + " and to a moment (`from`, `to`), older than line `before`; `limit` is 200 if not given");

    public static final Operation<LedgerCommands, RecordQuery, RecordStory> RECORD = get(
            "/api/records",
            RecordQuery.class,
            RecordStory.class,
            LedgerCommands::record,
            "what the ledger knows of the record that has this `id` in either system, and of its twins: state, what is owed,"
                    + " and its history, oldest first");

    public static final Operation<ServiceCommands, Nothing, ConfigurationReport> CONFIGURATION = get(
            "/api/configuration",
            Nothing.class,
            ConfigurationReport.class,
            ServiceCommands::configuration,
            "the settings in force without secrets and credentials, the newest versions of routes and mappings, and the routes");

    public static final Operation<ServiceCommands, HistoryQuery, HistoryReport> HISTORY = get(
            "/api/history",
            HistoryQuery.class,
            HistoryReport.class,
            ServiceCommands::history,
            "what was delivered and parked, and with what average delay, by flow: `span` is `hour` (by five minutes), `day`"
                    + " (by the hour, default) or `month` (by the day of `zone`, such as `Asia/Phnom_Penh`; UTC if not given)");

    /** In the order of the page. */
    public static List<Operation<? super ServiceCommands, ?, ?>> all() {
        return List.of(
                STATUS,
                SERVICE,
                SYNC,
                SYNC_STATE,
                COMPARE,
                COMPARE_STATE,
                STOP_COMPARE,
                LAST_COMPARE,
                COMPARE_HISTORY,
                APPROVE,
                REOPEN,
                LINK,
                UNLINK,
                FORGET,
                BACKUP,
                RESTORED,
                PAUSE,
                RESUME,
                DOCTOR,
                DEAD_LETTERS,
                DEAD_LETTER,
                RETRY_ONE,
                RETRY,
                DISCARD,
                DEAD_LETTER_REASONS,
                OVERVIEW,
                JOURNAL,
                RECORD,
                CONFIGURATION,
                HISTORY);
    }

    /** A request without fields. */
    public record Nothing() {}

    public record ById(long id) {}

    public record BySystem(String system) {}

    public record ByFlow(String flow) {}

    /** @param by who asks, for the journal */
    public record Approval(String by) {}

    /** @param by who asks, for the journal */
    public record BackupRequest(String by) {}

    /** As {@link RetryRequest}, of one. */
    public record RetryOneRequest(long id, Optional<String> because, String by) {}

    private static <D, Q, R> Operation<D, Q, R> get(
            String path, Class<Q> request, Class<R> report, BiFunction<D, Q, R> done, String about) {
        return new Operation<>("GET", path, request, report, done, about);
    }

    private static <D, Q, R> Operation<D, Q, R> post(
            String path, Class<Q> request, Class<R> report, BiFunction<D, Q, R> done, String about) {
        return new Operation<>("POST", path, request, report, done, about);
    }
}
