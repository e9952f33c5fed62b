package dev.tandem.operation;

import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.deadletters.DeadLetters;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.operation.backup.DatabaseCopy;
import dev.tandem.operation.backup.Restore;
import dev.tandem.operation.compare.KeptComparisons;
import dev.tandem.operation.report.ApproveReport;
import dev.tandem.operation.report.BackupReport;
import dev.tandem.operation.report.CompareHistory;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.HandReport;
import dev.tandem.operation.report.ReopenReport;
import dev.tandem.operation.report.RestoreReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.report.record.DeadLetterList;
import dev.tandem.operation.report.record.DeadLetterReasons;
import dev.tandem.operation.report.record.DeadLetterStory;
import dev.tandem.operation.report.record.JournalPage;
import dev.tandem.operation.report.record.LetterVerdicts;
import dev.tandem.operation.report.record.RecordStory;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.DiscardRequest;
import dev.tandem.operation.request.ForgetRequest;
import dev.tandem.operation.request.JournalQuery;
import dev.tandem.operation.request.PairRequest;
import dev.tandem.operation.request.RecordQuery;
import dev.tandem.operation.request.RequestRefused;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.settings.Nearest;
import dev.tandem.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** The commands that need nothing but the ledger: done by the command line's process, or by the service for it. */
public sealed class LedgerCommands permits ServiceCommands {
    private static final int JOURNAL_LINES = 500;

    private final Settings settings;
    private final Ledger ledger;
    private final Supplier<List<String>> flows;
    private final Hands hands;

    /**
     * @param flows those of the routes in force
     * @param systems calls a route, such as {@code read-case}, with headers, and waits for its end
     */
    public LedgerCommands(
            Settings settings,
            Ledger ledger,
            Supplier<List<String>> flows,
            BiFunction<String, Map<String, Object>, Exchange> systems) {
        hands = new Hands(ledger, systems);
        this.settings = settings;
        this.ledger = ledger;
        this.flows = flows;
    }

    List<String> flows() {
        return flows.get();
    }

    StatusReport status(Operation.Nothing request) {
        return new Status(settings, ledger, flows()).report();
    }

    ReopenReport reopen(Operation.BySystem request) {
        String system = request.system();
        List<GateBook.Gate> gates = ledger.gates().all();
        GateBook.Gate before = gates.stream()
                .filter(gate -> gate.system().equals(system))
                .findFirst()
                .orElseThrow(() -> new RequestRefused(
                        404,
                        "no-such-system",
                        "There is no system " + system + ": the settings name "
                                + gates.stream().map(GateBook.Gate::system).collect(Collectors.joining(", ")) + "."));
        ledger.gates().reopen(system);
        ledger.heldCalls().reopen(system);
        return new ReopenReport(system, before.closedAt());
    }

    ApproveReport approve(Operation.Approval request) {
        return new ApproveReport(ledger.brake().approve(request.by()).stream()
                .map(held -> new ApproveReport.Approved(
                        held.name(), held.words(), held.records(), held.effects(), held.since()))
                .toList());
    }

    HandReport link(PairRequest request) {
        return hands.link(request);
    }

    HandReport unlink(PairRequest request) {
        return hands.unlink(request);
    }

    HandReport forget(ForgetRequest request) {
        return hands.forget(request);
    }

    BackupReport backup(Operation.BackupRequest request) {
        return DatabaseCopy.of(settings, ledger);
    }

    RestoreReport restored(Operation.BackupRequest request) {
        return Restore.already(ledger);
    }

    DeadLetterList deadLetters(DeadLetterQuery query) {
        EffectState state = EffectState.valueOf(query.state().toUpperCase(Locale.ROOT));
        DeadLetters.Page page = ledger.deadLetters().list(List.of(state), query.reason(), query.limit());
        if (page.total() == 0) {
            query.reason().ifPresent(LedgerCommands::mustBeACode);
        }
        return new DeadLetterList(
                page.letters().stream().map(LedgerCommands::letter).toList(), page.total());
    }

    DeadLetterReasons deadLetterReasons(DeadLetterQuery.InState request) {
        return new DeadLetterReasons(
                ledger.deadLetters().reasons(EffectState.valueOf(request.state().toUpperCase(Locale.ROOT))).stream()
                        .map(reason -> new DeadLetterReasons.Reason(
                                reason.code().orElse(""),
                                reason.kind(),
                                reason.count(),
                                reason.oldest(),
                                reason.newest(),
                                reason.sample(),
                                Advice.entry(reason.code().orElse(""))
                                        .map(Advice.Entry::symptom)
                                        .orElse(""),
                                Advice.entry(reason.code().orElse(""))
                                        .map(Advice.Entry::todo)
                                        .orElse("Correct what the reason says, then retry; or discard it.")))
                        .toList());
    }

    JournalPage journal(JournalQuery query) {
        return new JournalPage(ledger.journalSearch().find(query.filter(), query.limit()).stream()
                .map(line -> new JournalPage.Line(
                        line.id(),
                        line.at(),
                        line.flow(),
                        line.record(),
                        line.key(),
                        line.event(),
                        line.attempt(),
                        line.code(),
                        line.words(),
                        line.version()))
                .toList());
    }

    RecordStory record(RecordQuery query) {
        return new RecordStories(ledger).of(query.id());
    }

    /** A misspelt one has nothing either, and would look as if all were well. */
    private static void mustBeACode(String code) {
        if (Advice.entry(code).isEmpty()) {
            throw new RequestRefused(
                    404,
                    "no-such-code",
                    "Nothing has the code " + code + ", and Tandem knows no such code"
                            + Nearest.to(code, Advice.table().keySet())
                                    .map(near -> ": did you mean " + near + "?")
                                    .orElse(": `dead-letters list` shows those that there are."));
        }
    }

    DeadLetterStory deadLetter(Operation.ById request) {
        DeadLetters.Letter letter = ledger.deadLetters()
                .find(request.id())
                .orElseThrow(() -> new RequestRefused(
                        404, "no-such-id", "There is no effect " + request.id() + ", or no longer."));
        Effect effect = letter.effect();
        return new DeadLetterStory(
                letter(letter),
                ledger.deadLetters().journal(effect.flow(), effect.record(), JOURNAL_LINES).stream()
                        .map(entry -> new DeadLetterStory.Line(
                                entry.at(),
                                entry.key(),
                                entry.event(),
                                entry.attempt(),
                                entry.code(),
                                entry.words(),
                                entry.version()))
                        .toList());
    }

    LetterVerdicts retryOne(Operation.RetryOneRequest request) {
        return retry(new RetryRequest(List.of(request.id()), Optional.empty(), request.because(), request.by()));
    }

    LetterVerdicts retry(RetryRequest request) {
        DeadLetters.Asked asked = new DeadLetters.Asked(request.by(), request.because());
        List<DeadLetters.Verdict> verdicts = request.all()
                ? ledger.deadLetters().retryAll(request.reason(), asked)
                : request.ids().stream()
                        .distinct()
                        .map(id -> ledger.deadLetters().retry(id, asked))
                        .toList();
        return new LetterVerdicts(verdicts.stream()
                .map(verdict -> verdict(verdict, this::whatToKnow))
                .toList());
    }

    LetterVerdicts discard(DiscardRequest request) {
        DeadLetters.Verdict verdict = ledger.deadLetters()
                .discard(request.id(), new DeadLetters.Asked(request.by(), Optional.of(request.because())));
        return new LetterVerdicts(List.of(verdict(
                verdict,
                effect -> effect.kind().equals("referral")
                        ? "Tandem never sends it"
                        : "Tandem does not send it until its input has changed")));
    }

    private String whatToKnow(Effect effect) {
        if (effect.mayHaveArrived()) {
            return "it may have arrived already: after this retry Tandem lists it as a possible repeat";
        }
        if (effect.flow().startsWith("oscar") && !ledger.snapshots().has(effect.flow(), effect.record())) {
            return "its row is no longer kept: Tandem sends it when it next reads OSCaR in full (sync --full)";
        }
        return switch (effect.state()) {
            case WAITING -> "Tandem sends it without what it was waiting for: " + effect.reason();
            case BASELINE -> "it is older than this ledger: the integration before Tandem may have sent it";
            default -> "";
        };
    }

    private static String why(DeadLetters.Verdict verdict) {
        return switch (verdict.outcome()) {
            case DONE -> "";
            case NO_SUCH_ID -> "there is no effect with this id, or no longer: see dead-letters list";
            case NEEDS_CONSENT -> "a retry never skips missing consent: Tandem sends it once both consents are given";
            case CONFLICT -> "a conflict is never sent: enter the same decision in both systems, then Tandem closes it";
            case NOT_LISTED ->
                verdict.before()
                                .filter(effect -> effect.state() == EffectState.DISCARDED)
                                .isPresent()
                        ? "it is discarded, which cannot be undone"
                        : "it is neither parked nor waiting nor baseline: it is sent, or under way";
        };
    }

    /** @param ifDone what is to be known of an effect with which it was done */
    private static LetterVerdicts.Verdict verdict(DeadLetters.Verdict verdict, Function<Effect, String> ifDone) {
        boolean done = verdict.outcome() == DeadLetters.Outcome.DONE;
        return new LetterVerdicts.Verdict(
                verdict.id(),
                done,
                done ? ifDone.apply(verdict.before().orElseThrow()) : why(verdict),
                verdict.before().map(Effect::flow),
                verdict.before().map(Effect::record),
                verdict.before().map(Effect::key));
    }

    static DeadLetter letter(DeadLetters.Letter letter) {
        Effect effect = letter.effect();
        String code = Optional.ofNullable(effect.reasonCode()).orElse("");
        return new DeadLetter(
                effect.id(),
                effect.flow(),
                effect.record(),
                effect.kind(),
                effect.key(),
                effect.state().name().toLowerCase(Locale.ROOT),
                code,
                Optional.ofNullable(effect.reason()).orElse(""),
                Advice.on(effect),
                effect.mayHaveArrived(),
                effect.possibleRepeat(),
                effect.attempt(),
                letter.since(),
                Optional.ofNullable(effect.sentAt()));
    }

    CompareReport lastCompare(Operation.Nothing nothing) {
        return new KeptComparisons(ledger)
                .last()
                .orElseThrow(() -> new RequestRefused(404, "no-comparison", "nothing was compared yet"));
    }

    CompareHistory compareHistory(Operation.Nothing nothing) {
        return new KeptComparisons(ledger).history();
    }
}
