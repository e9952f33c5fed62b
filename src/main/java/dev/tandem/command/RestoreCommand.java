package dev.tandem.command;

import dev.tandem.command.terminal.PassphraseOption;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.backup.Restore;
import dev.tandem.operation.report.RestoreReport;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description =
                "Puts the embedded ledger back from a backup, once it was found whole. Leaves an existing ledger alone. Lists,"
                        + " and does not send, what may have been sent since the backup.")
final class RestoreCommand extends ReportCommand {
    @ArgGroup(multiplicity = "1")
    private Source source;

    private static final class Source {
        @Parameters(paramLabel = "FILE", description = "What `tandem backup` wrote.")
        private Path file;

        @Option(
                names = "--already",
                required = true,
                description = "The database was put back by its own tools (pg_restore): only take note of it.")
        private boolean already;
    }

    @Mixin
    private PassphraseOption passphrase;

    @Override
    String cutShort() {
        return "The ledger is put in place in the last step: if `tandem status` finds none, type the same again.";
    }

    @Override
    public Integer call() {
        if (source.already) {
            try (Operations operations = tandem().openQuietly()) {
                return print(operations.ask(Operation.RESTORED, new Operation.BackupRequest(BY)), RestoreReport::text);
            }
        }
        Restore restore = new Restore(
                tandem().settings(),
                () -> passphrase.inFile().orElseGet(() -> PassphraseOption.typed("Passphrase of the backup")));
        return print(restore.from(source.file), RestoreReport::text);
    }
}
