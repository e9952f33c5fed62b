package dev.tandem.command;

import dev.tandem.operation.DiscardRequest;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.LetterVerdicts;
import dev.tandem.outcome.OperationFailed;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "discard",
        description = "Gives one up: a referral for ever, anything else until what it is made of has changed.")
final class LettersDiscardCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Parameters(paramLabel = "ID", description = "As list shows it.")
    private long id;

    @Option(
            names = "--because",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for the journal. No names of persons.")
    private String because;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    LettersDiscardCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        DiscardRequest request = new DiscardRequest(id, ReasonOption.checked(because), ReasonOption.COMMAND_LINE);
        try (Operations operations = tandem.openQuietly()) {
            LetterVerdicts verdicts = operations.discard(request);
            tandem.print(verdicts, json, report -> LettersText.verdicts(report, "given up"));
            return verdicts.allDone() ? 0 : OperationFailed.WRONG;
        }
    }
}
