package dev.tandem.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "dead-letters",
        synopsisSubcommandLabel = "COMMAND",
        description = "What does not go by itself: look at it, have it sent, or give it up.")
final class DeadLettersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: list, show, retry or discard");
    }
}
