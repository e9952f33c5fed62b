package dev.tandem.operation.setup;

import dev.tandem.operation.report.SetupReport;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Fault;
import dev.tandem.settings.SettingsTemplate;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for what Tandem needs to know, tests each answer, and writes the settings. */
public final class Setup {
    private static final String PAYLOAD_KEY = "tandem.payload.key";

    private final Dialog dialog;
    private final SetupFiles files;
    private final boolean offline;
    private final Answers answers = new Answers();

    /**
     * What it works with.
     *
     * @param offline whether nothing is called
     */
    public Setup(Dialog dialog, SetupFiles files, boolean offline) {
        this.dialog = dialog;
        this.files = files;
        this.offline = offline;
    }

    /**
     * Writes the settings.
     *
     * @param values given already, by setting
     * @param secrets likewise
     * @throws OperationFailed if they cannot be right, and there is nobody who could answer again; nothing is written then
     */
    public SetupReport run(Map<String, String> values, Map<String, String> secrets) {
        files.mustBeFree();
        values.forEach((setting, text) -> give(setting, text, false));
        secrets.forEach((setting, text) -> give(setting, text, true));
        dialog.say("Enter takes what is in brackets. Nothing is written before the end.");
        ask(Question.system("primero", "Primero"), () -> Trial.ofSystem(answers, "primero"), "primero: signed in.");
        ask(Question.system("oscar", "OSCaR"), () -> Trial.ofSystem(answers, "oscar"), "oscar: signed in.");
        ask(Question.schedules("oscar", "OSCaR", "0 55 * * * ?", "0 10 1 * * ?"), Optional::empty, "");
        ask(Question.schedules("primero", "Primero", "0 0 * * * ?", "0 30 1 * * ?"), Optional::empty, "");
        askDatabase();
        List<Fault> faults = answers.faults();
        if (!faults.isEmpty()) {
            throw nothingWritten(OperationFailed.WRONG, faults.get(0).text());
        }
        return files.write(answers);
    }

    private void give(String setting, String text, boolean secret) {
        if (SettingsTemplate.has(setting, secret)) {
            answers.put(setting, text, secret);
            answers.fault(setting).ifPresent(fault -> {
                throw nothingWritten(OperationFailed.WRONG, setting + ": " + said(fault));
            });
            return;
        }
        throw nothingWritten(
                OperationFailed.WRONG,
                SettingsTemplate.has(setting, !secret)
                        ? setting
                                + (secret
                                        ? " is no secret: give it with --set."
                                        : " is a secret: name its file with --secret.")
                        : "There is no setting " + setting + ": docs/reference/settings.md lists all there are.");
    }

    private void askDatabase() {
        ask(List.of(Question.database("jdbc:h2:file:./data/tandem")), Optional::empty, "");
        if (answers.get("tandem.db.url")
                .filter(url -> url.startsWith("jdbc:postgresql:"))
                .isEmpty()) {
            return;
        }
        if (answers.get(PAYLOAD_KEY).isEmpty()) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            answers.put(PAYLOAD_KEY, Base64.getEncoder().encodeToString(key), true);
        }
        ask(Question.postgresqlLogin(), () -> Trial.ofDatabase(answers), "database: connected.");
    }

    /** Until the answers are right, or whoever answers wants them so all the same. */
    private void ask(List<Question> questions, Supplier<Optional<String>> trial, String well) {
        boolean again = false;
        while (true) {
            for (Question question : questions) {
                ask(question, again);
            }
            Optional<String> problem = offline ? Optional.empty() : trial.get();
            if (problem.isEmpty()) {
                if (!offline && !well.isEmpty()) {
                    dialog.say(well);
                }
                return;
            }
            dialog.say(problem.get());
            Optional<String> wish = dialog.ask("Answer again, or keep this? again/keep [again]");
            if (wish.isEmpty()) {
                throw nothingWritten(OperationFailed.UNREACHABLE, problem.get());
            }
            if (wish.get().equalsIgnoreCase("keep")) {
                return;
            }
            again = true;
        }
    }

    private void ask(Question question, boolean again) {
        Optional<String> given = answers.get(question.setting());
        if (given.isPresent() && !again && answers.fault(question.setting()).isEmpty()) {
            return;
        }
        Optional<String> fallback = given.filter(text -> !question.secret()).or(question::fallback);
        String words =
                question.words() + fallback.map(text -> " [" + text + "]").orElse("");
        while (true) {
            Optional<String> typed = question.secret() ? dialog.askSecretly(words) : dialog.ask(words);
            if (typed.isEmpty() && fallback.isEmpty() && given.isEmpty()) {
                throw nothingWritten(
                        OperationFailed.WRONG, question.setting() + " is not given, and nobody is there to ask.");
            }
            Optional<String> answer =
                    typed.map(String::strip).filter(text -> !text.isEmpty()).or(() -> fallback);
            if (answer.isEmpty()) {
                dialog.say("It is needed.");
                continue;
            }
            answers.put(question.setting(), answer.get(), question.secret());
            Optional<Fault> fault = answers.fault(question.setting());
            if (fault.isEmpty()) {
                return;
            }
            if (typed.isEmpty()) {
                throw nothingWritten(OperationFailed.WRONG, question.setting() + ": " + said(fault.get()));
            }
            dialog.say(said(fault.get()));
        }
    }

    private static String said(Fault fault) {
        return fault.problem() + ": " + fault.remedy();
    }

    private static OperationFailed nothingWritten(int exitCode, String why) {
        return new OperationFailed(exitCode, List.of(why, "Nothing was written."));
    }
}
