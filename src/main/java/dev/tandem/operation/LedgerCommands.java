package dev.tandem.operation;

import dev.tandem.engine.WebhookHealth;
import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.deadletters.DeadLetters;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.operation.report.ApproveReport;
import dev.tandem.operation.report.DeadLetter;
import dev.tandem.operation.report.DeadLetterList;
import dev.tandem.operation.report.DeadLetterStory;
import dev.tandem.operation.report.LetterVerdicts;
import dev.tandem.operation.report.ReopenReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.outcome.OperationFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The commands that need nothing but the ledger: done by the command line's process, or by the service for it. */
public final class LedgerCommands {
    private static final int JOURNAL_LINES = 500;

    private final Ledger ledger;
    private final Supplier<List<String>> flows;
    private final Supplier<List<WebhookHealth>> webhooks;
    private final int unansweredDays;
    private final Duration editPatience;

    /** Those that need no more than the ledger. */
    public LedgerCommands(Ledger ledger) {
        this(ledger, List::of, List::of, 0, Duration.ZERO);
    }

    /**
     * The same.
     *
     * @param flows those of the routes in force
     * @param webhooks whether their events are heard
     * @param editPatience how long an edit may take to reach all replicas
     */
    public LedgerCommands(
            Ledger ledger,
            Supplier<List<String>> flows,
            Supplier<List<WebhookHealth>> webhooks,
            int unansweredDays,
            Duration editPatience) {
        this.editPatience = editPatience;
        this.flows = flows;
        this.webhooks = webhooks;
        this.ledger = ledger;
        this.unansweredDays = unansweredDays;
    }

    public StatusReport status() {
        return new Status(ledger, flows, webhooks, unansweredDays, editPatience).report();
    }

    public List<String> flows() {
        return flows.get();
    }

    public ReopenReport reopen(String system) {
        List<GateBook.Gate> gates = ledger.gates().all();
        if (gates.stream().noneMatch(gate -> gate.system().equals(system))) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("There is no system " + system + ": the settings name "
                            + gates.stream().map(GateBook.Gate::system).collect(Collectors.joining(", ")) + "."));
        }
        Optional<Instant> closed = gates.stream()
                .filter(gate -> gate.system().equals(system))
                .findFirst()
                .flatMap(GateBook.Gate::closedAt);
        ledger.gates().reopen(system);
        ledger.heldCalls().reopen(system);
        return new ReopenReport(system, closed);
    }

    public ApproveReport approve(String by) {
        return new ApproveReport(ledger.brake().approve(by).stream()
                .map(held -> new ApproveReport.Approved(
                        held.name(), held.words(), held.records(), held.effects(), held.since()))
                .toList());
    }

    public DeadLetterList deadLetters(DeadLetterQuery query) {
        EffectState state = EffectState.valueOf(query.state().toUpperCase(Locale.ROOT));
        DeadLetters.Page page = ledger.deadLetters()
                .list(List.of(state), query.reason(), Math.min(query.limit(), DeadLetterQuery.MOST));
        return new DeadLetterList(
                page.letters().stream().map(LedgerCommands::letter).toList(), page.total());
    }

    public Optional<DeadLetterStory> deadLetter(long id) {
        return ledger.deadLetters().find(id).map(letter -> {
            Effect effect = letter.effect();
            List<DeadLetterStory.Line> lines =
                    ledger.deadLetters().journal(effect.flow(), effect.record(), JOURNAL_LINES).stream()
                            .map(entry -> new DeadLetterStory.Line(
                                    entry.at(),
                                    entry.key(),
                                    entry.event(),
                                    entry.attempt(),
                                    entry.code(),
                                    entry.words(),
                                    entry.version()))
                            .toList();
            return new DeadLetterStory(letter(letter), lines);
        });
    }

    public LetterVerdicts retry(RetryRequest request) {
        DeadLetters.Word word = new DeadLetters.Word(request.by(), request.because());
        List<DeadLetters.Verdict> verdicts = new ArrayList<>();
        if (request.ids().isEmpty()) {
            verdicts.addAll(ledger.deadLetters().retryAll(request.reason(), word));
        } else {
            request.ids().stream()
                    .distinct()
                    .forEach(id -> verdicts.add(ledger.deadLetters().retry(id, word)));
        }
        return new LetterVerdicts(verdicts.stream().map(this::retried).toList());
    }

    public LetterVerdicts discard(DiscardRequest request) {
        DeadLetters.Verdict verdict = ledger.deadLetters()
                .discard(request.id(), new DeadLetters.Word(request.by(), Optional.of(request.because())));
        String words = verdict.outcome() != DeadLetters.Outcome.DONE
                ? why(verdict)
                : verdict.before().orElseThrow().kind().equals("referral")
                        ? "it will never be sent"
                        : "it will not be sent until what it is made of has changed";
        return new LetterVerdicts(List.of(verdict(verdict, words)));
    }

    private LetterVerdicts.Verdict retried(DeadLetters.Verdict verdict) {
        return verdict(
                verdict,
                verdict.outcome() == DeadLetters.Outcome.DONE
                        ? whatToKnow(verdict.before().orElseThrow())
                        : why(verdict));
    }

    private String whatToKnow(Effect effect) {
        if (effect.mayHaveArrived()) {
            return "it may have arrived before: once sent, it is named as a possible repeat";
        }
        if (effect.flow().startsWith("oscar") && !ledger.snapshots().has(effect.flow(), effect.record())) {
            return "its row is not kept: it goes when OSCaR is next read in full (sync --full)";
        }
        return switch (effect.state()) {
            case WAITING -> "it goes without what it was waiting for: " + effect.reason();
            case BASELINE -> "it is older than this ledger: the integration before may have sent it";
            default -> "";
        };
    }

    private static String why(DeadLetters.Verdict verdict) {
        return switch (verdict.outcome()) {
            case DONE -> "";
            case NO_SUCH_ID -> "there is no such effect, or no longer: see dead-letters list";
            case NEEDS_CONSENT -> "it waits for consent, which is never skipped: it goes by itself once both are given";
            case CONFLICT -> "a conflict is never sent: decide the same in both systems, and it closes by itself";
            case NOT_AT_REST ->
                verdict.before()
                                .filter(effect -> effect.state() == EffectState.DISCARDED)
                                .isPresent()
                        ? "it was discarded, and that holds"
                        : "it is neither parked nor waiting nor baseline: it is sent, or under way";
        };
    }

    private static LetterVerdicts.Verdict verdict(DeadLetters.Verdict verdict, String words) {
        return new LetterVerdicts.Verdict(
                verdict.id(),
                verdict.outcome() == DeadLetters.Outcome.DONE,
                words,
                verdict.before().map(Effect::flow),
                verdict.before().map(Effect::record),
                verdict.before().map(Effect::key));
    }

    private static DeadLetter letter(DeadLetters.Letter letter) {
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
}
