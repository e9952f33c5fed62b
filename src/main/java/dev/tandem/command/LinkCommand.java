package dev.tandem.command;

import dev.tandem.operation.Operation;
import picocli.CommandLine.Command;

@Command(
        name = "link",
        description = "Links a Primero case and an OSCaR client that a person knows to be the same child.")
final class LinkCommand extends PairCommand {
    LinkCommand() {
        super(Operation.LINK);
    }
}
