package dev.tandem.command;

import dev.tandem.operation.Operations;
import dev.tandem.operation.RetryRequest;
import dev.tandem.operation.report.LetterVerdicts;
import dev.tandem.outcome.OperationFailed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description = {
            "Has them sent, made anew from what the record is now: what is parked, what waits (it goes without what it waits"
                    + " for, but never without consent), and what is older than this ledger.",
            "They go at once where the service runs, else with the next sync."
        })
final class LettersRetryCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal. No names of persons.")
    private String because;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** One of two. */
    private static final class Which {
        @Parameters(paramLabel = "ID", arity = "1..*", description = "As list shows them.")
        private List<Long> ids;

        @ArgGroup(exclusive = false)
        private All all;
    }

    private static final class All {
        @Option(
                names = "--all",
                required = true,
                description = "All that are parked; what may have arrived already only where --reason names it.")
        private boolean all;

        @Option(names = "--reason", paramLabel = "CODE", description = "Of all, only those with this code.")
        private String reason;
    }

    LettersRetryCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        RetryRequest request = new RetryRequest(
                Optional.ofNullable(which.ids).orElse(List.of()),
                Optional.ofNullable(which.all).filter(all -> all.all).map(all -> all.reason),
                Optional.ofNullable(because).map(ReasonOption::checked),
                ReasonOption.COMMAND_LINE);
        try (Operations operations = tandem.openQuietly()) {
            LetterVerdicts verdicts = operations.retry(request);
            tandem.print(verdicts, json, report -> LettersText.verdicts(report, "to be sent"));
            return verdicts.allDone() ? 0 : OperationFailed.WRONG;
        }
    }
}
