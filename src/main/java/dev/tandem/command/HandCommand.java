package dev.tandem.command;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.HandReport;
import dev.tandem.outcome.OperationFailed;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** A command by which a person lays a hand on a record: it says what that causes, and asks before it is done. */
abstract class HandCommand extends ReportCommand {
    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    @Override
    String cutShort() {
        return LEFT;
    }

    /** @param ask what is done, or only looked at if its second argument is false */
    int handled(BiFunction<Operations, Boolean, HandReport> ask) {
        try (Operations operations = tandem().openQuietly()) {
            if (!yes) {
                print(ask.apply(operations, false), HandReport::text);
                if (!tandem().agreed("Do it?")) {
                    return OperationFailed.WRONG;
                }
            }
            return print(ask.apply(operations, true), HandReport::text);
        }
    }
}
