package dev.tandem.command;

import dev.tandem.command.terminal.Surroundings;
import dev.tandem.operation.LedgerCommands;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.ApproveReport;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.report.HandReport;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.ReopenReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.record.DeadLetterList;
import dev.tandem.operation.report.record.DeadLetterStory;
import dev.tandem.operation.report.record.LetterVerdicts;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.reader.ReaderTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A command line without a process: what was asked is written down, what is answered is set by the test. */
final class Desk implements Operations {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final List<Object> asked = new ArrayList<>();
    final List<Runnable> onSignal = new ArrayList<>();
    final List<Runnable> ifCutShort = new ArrayList<>();
    final Map<String, String> environment = new TreeMap<>(Map.of(
            "TANDEM_PRIMERO_URL", "https://primero.example.org",
            "TANDEM_PRIMERO_USER", "tandem",
            "TANDEM_PRIMERO_PASSWORD", "synthetic-password-1",
            "TANDEM_OSCAR_URL", "https://oscar.example.org",
            "TANDEM_OSCAR_USER", "tandem",
            "TANDEM_OSCAR_PASSWORD", "synthetic-password-1"));

    boolean quiet;
    boolean terminal;
    String answer = "";
    Supplier<InitReport> init = () -> new InitReport(Optional.empty(), List.of(), 0, List.of());
    Supplier<SyncReport> sync = () -> new SyncReport(List.of(), List.of(), List.of(), Optional.empty(), 0);
    Supplier<PlanReport> plan =
            () -> new PlanReport(Optional.empty(), "init --adopt", List.of(), List.of(), List.of(), List.of(), 0);
    Supplier<CompareReport> compare = () -> compared(List.of());
    Supplier<StatusReport> status = () -> new StatusReport(
            new StatusReport.LedgerIs(
                    "3f2a1b7c-0000", "jdbc:h2:file:/data/tandem", Instant.EPOCH, "init --adopt", List.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0,
            0,
            new StatusReport.Configuration(Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
            List.of());
    Supplier<ReopenReport> reopen = () -> new ReopenReport("primero", Optional.empty());
    Supplier<Integer> run = () -> 0;
    Supplier<DeadLetterList> letters = () -> new DeadLetterList(List.of(), 0);
    Supplier<DeadLetterStory> story = () -> {
        throw new OperationFailed(OperationFailed.WRONG, List.of("There is no effect with this id."));
    };
    Supplier<HandReport> hand = () -> new HandReport(
            "Link case c and client cif/exam-101",
            false,
            List.of(new HandReport.Consequence("a-code", "Something follows.")));
    Supplier<LetterVerdicts> verdicts = () -> new LetterVerdicts(List.of());

    int type(String... arguments) {
        return cli().execute(arguments);
    }

    Cli cli() {
        return new Cli(
                settings -> this,
                new Surroundings(
                        environment,
                        Path.of("nowhere"),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        () -> answer,
                        terminal,
                        onSignal::add,
                        ifCutShort::add,
                        new ReaderTime(
                                ZoneId.of("Asia/Phnom_Penh"),
                                Locale.ENGLISH,
                                InstantSource.fixed(Instant.parse("2026-11-25T14:00:00Z"))),
                        () -> quiet = true));
    }

    static CompareReport compared(List<CompareReport.Difference> differences) {
        return new CompareReport(
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                true,
                0,
                0,
                0,
                CompareReport.parity(0, 0),
                List.of(),
                List.of(),
                differences,
                Optional.empty());
    }

    @Override
    public InitReport init(InitRequest birth) {
        asked.add(birth);
        return init.get();
    }

    @Override
    public int run() {
        asked.add("run");
        return run.get();
    }

    @Override
    public void stop() {
        asked.add("stop");
    }

    @Override
    public SyncReport sync(SyncRequest request, Progress progress) {
        asked.add(request);
        return sync.get();
    }

    @Override
    public CompareReport compare(CompareRequest request, Progress progress) {
        asked.add(request);
        return compare.get();
    }

    @Override
    public PlanReport plan(PlanRequest request, Progress progress) {
        asked.add(request);
        return plan.get();
    }

    @Override
    public DoctorReport doctor(DoctorRequest request) {
        asked.add(request);
        return new DoctorReport(List.of(), List.of());
    }

    /** What is asked of the ledger, by operation. */
    private final Map<Operation<?, ?, ?>, Supplier<?>> answers = Map.of(
            Operation.LINK, () -> hand.get(),
            Operation.FORGET, () -> hand.get(),
            Operation.STATUS, () -> status.get(),
            Operation.REOPEN, () -> reopen.get(),
            Operation.APPROVE, () -> new ApproveReport(List.of()),
            Operation.DEAD_LETTERS, () -> letters.get(),
            Operation.DEAD_LETTER, () -> story.get(),
            Operation.RETRY, () -> verdicts.get(),
            Operation.DISCARD, () -> verdicts.get());

    @Override
    public <Q, R> R ask(Operation<LedgerCommands, Q, R> operation, Q request) {
        asked.add(request);
        return operation.report().cast(answers.get(operation).get());
    }

    @Override
    public void close() {
        asked.add("close");
    }
}
