package dev.tandem.command;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.DeadLetterStory;
import dev.tandem.outcome.OperationFailed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "One of them, with all that happened to its record.")
final class LettersShowCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Parameters(paramLabel = "ID", description = "As list shows it.")
    private long id;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    LettersShowCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        try (Operations operations = tandem.openQuietly()) {
            DeadLetterStory story = operations
                    .deadLetter(id)
                    .orElseThrow(() -> new OperationFailed(
                            OperationFailed.WRONG, List.of("There is no effect " + id + ", or no longer.")));
            tandem.print(story, json, LettersText::story);
            return 0;
        }
    }
}
