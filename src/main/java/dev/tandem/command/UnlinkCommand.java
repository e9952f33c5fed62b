package dev.tandem.command;

import dev.tandem.operation.Operation;
import picocli.CommandLine.Command;

@Command(
        name = "unlink",
        description = "Takes a case and a client apart that are not the same child; no rule links them again.")
final class UnlinkCommand extends PairCommand {
    UnlinkCommand() {
        super(Operation.UNLINK);
    }
}
