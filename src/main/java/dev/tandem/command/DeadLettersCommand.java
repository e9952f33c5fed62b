package dev.tandem.command;

import dev.tandem.command.terminal.Typed;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.record.DeadLetterStory;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.DiscardRequest;
import dev.tandem.operation.request.RetryRequest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "dead-letters",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DeadLettersCommand.Listing.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.Retry.class,
            DeadLettersCommand.Discard.class
        },
        description = "Lists, shows, retries or discards what Tandem cannot deliver without help.")
final class DeadLettersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: list, show, retry or discard");
    }

    @Command(name = "list", description = "Lists what is parked, newest first: what happened, and what to do.")
    static final class Listing extends ReportCommand {
        @ArgGroup
        private State instead = new State();

        @Option(names = "--reason", paramLabel = "CODE", description = "List only those with this code.")
        private Optional<String> reason;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "200",
                converter = Typed.ALimit.class,
                description = "List at most N (default ${DEFAULT-VALUE}, maximum " + DeadLetterQuery.MOST + ").")
        private int limit;

        /** At most one of these. */
        private static final class State {
            @Option(names = "--waiting", required = true, description = "List what waits for something else instead.")
            private boolean waiting;

            @Option(names = "--baseline", required = true, description = "List what is older than this ledger instead.")
            private boolean baseline;

            @Option(names = "--discarded", required = true, description = "List what was discarded instead.")
            private boolean discarded;

            private String name() {
                return waiting ? "waiting" : baseline ? "baseline" : discarded ? "discarded" : "parked";
            }
        }

        @Override
        public Integer call() {
            DeadLetterQuery query = new DeadLetterQuery(instead.name(), reason, limit);
            return report(
                    operations -> operations.ask(Operation.DEAD_LETTERS, query), list -> list.text(query.state()));
        }
    }

    @Command(name = "show", description = "Shows one dead letter, with the history of its record.")
    static final class Show extends ReportCommand {
        @Parameters(paramLabel = "ID", converter = Typed.AnId.class, description = "The id that list shows.")
        private long id;

        @Override
        public Integer call() {
            return report(
                    operations -> operations.ask(Operation.DEAD_LETTER, new Operation.ById(id)), DeadLetterStory::text);
        }
    }

    @Command(
            name = "retry",
            description = {
                "Sends dead letters, made from the current state of the record: what is parked, what waits (without"
                        + " its condition, but never without consent), and what is older than this ledger.",
                "They go at once if the service runs, otherwise with the next sync."
            })
    static final class Retry extends ReportCommand {
        @ArgGroup(multiplicity = "1")
        private Which which;

        @Option(
                names = "--because",
                paramLabel = "TEXT",
                description = "The reason, for the journal. No names of persons.")
        private Optional<String> because;

        /** One of two. */
        private static final class Which {
            @Parameters(
                    paramLabel = "ID",
                    arity = "1..*",
                    converter = Typed.AnId.class,
                    description = "The ids that list shows.")
            private List<Long> ids = List.of();

            @ArgGroup(exclusive = false)
            private All all = new All();
        }

        private static final class All {
            @Option(
                    names = "--all",
                    required = true,
                    description = "All that are parked. Those that may have arrived only if --reason names their code.")
            private boolean all;

            @Option(names = "--reason", paramLabel = "CODE", description = "With --all: only those with this code.")
            private String reason;
        }

        @Override
        String cutShort() {
            return LEFT;
        }

        @Override
        public Integer call() {
            RetryRequest request =
                    new RetryRequest(which.all.all, which.ids, Optional.ofNullable(which.all.reason), because, BY);
            return report(
                    operations -> operations.ask(Operation.RETRY, request), verdicts -> verdicts.text("to be sent"));
        }
    }

    @Command(
            name = "discard",
            description = "Discards one dead letter: a referral forever, anything else until its input changes.")
    static final class Discard extends ReportCommand {
        @Parameters(paramLabel = "ID", converter = Typed.AnId.class, description = "The id that list shows.")
        private long id;

        @Option(
                names = "--because",
                paramLabel = "TEXT",
                required = true,
                description = "The reason, for the journal. No names of persons.")
        private String because;

        @Override
        String cutShort() {
            return LEFT;
        }

        @Override
        public Integer call() {
            DiscardRequest request = new DiscardRequest(id, because, BY);
            return report(
                    operations -> operations.ask(Operation.DISCARD, request), verdicts -> verdicts.text("given up"));
        }
    }
}
