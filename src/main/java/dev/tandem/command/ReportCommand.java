package dev.tandem.command;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.Report;
import dev.tandem.operation.report.ReportText;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks for one report, prints it, and ends with its exit code. */
abstract class ReportCommand implements Callable<Integer> {
    /** Who asks, for the journal. */
    static final String BY =
            "command line, user " + System.getProperty("user.name", "unknown").replaceAll("[^\\p{Alnum}._@-]", "_");

    /** Of one that changes the ledger. */
    static final String LEFT =
            "What was not done yet was left as it is: `tandem status` and `tandem dead-letters list` show it.";

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    CommandSpec spec() {
        return spec;
    }

    TandemCommand tandem() {
        return (TandemCommand) spec.root().userObject();
    }

    /** What was done and what not, if it is told to stop before it has ended. */
    String cutShort() {
        return "Nothing was changed.";
    }

    <R extends Report> int report(Function<Operations, R> ask, Function<R, ReportText> text) {
        try (Operations operations = tandem().openQuietly()) {
            return print(ask.apply(operations), text);
        }
    }

    <R extends Report> int print(R report, Function<R, ReportText> text) {
        tandem().print(report, json, text);
        return report.exitCode();
    }
}
