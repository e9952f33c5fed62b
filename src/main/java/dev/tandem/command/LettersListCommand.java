package dev.tandem.command;

import dev.tandem.operation.DeadLetterQuery;
import dev.tandem.operation.Operations;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "What is parked, the newest first: what happened, and what to do about it.")
final class LettersListCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Spec
    private picocli.CommandLine.Model.CommandSpec spec;

    @ArgGroup
    private Other other;

    @Option(names = "--reason", paramLabel = "CODE", description = "Only those with this code.")
    private String reason;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "200",
            description = "At most so many (${DEFAULT-VALUE}; no more than 1000).")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** At most one of these. */
    private static final class Other {
        @Option(names = "--waiting", required = true, description = "Instead what waits for something to come first.")
        private boolean waiting;

        @Option(names = "--baseline", required = true, description = "Instead what is older than this ledger.")
        private boolean baseline;

        @Option(names = "--discarded", required = true, description = "Instead what was given up.")
        private boolean discarded;

        String state() {
            if (waiting) {
                return "waiting";
            }
            return baseline ? "baseline" : discarded ? "discarded" : "parked";
        }
    }

    LettersListCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > DeadLetterQuery.MOST) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --limit from 1 to " + DeadLetterQuery.MOST + " but was '" + limit + "'");
        }
        String state = Optional.ofNullable(other).map(Other::state).orElse("parked");
        try (Operations operations = tandem.openQuietly()) {
            tandem.print(
                    operations.deadLetters(new DeadLetterQuery(state, Optional.ofNullable(reason), limit)),
                    json,
                    list -> LettersText.list(list, state));
            return 0;
        }
    }
}
