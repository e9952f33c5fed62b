package dev.tandem.command;

import dev.tandem.command.terminal.PassphraseOption;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.backup.Backup;
import dev.tandem.operation.report.BackupReport;
import dev.tandem.outcome.OperationFailed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description =
                "Writes an encrypted copy of the embedded ledger, also while the service runs. For PostgreSQL: pg_dump.")
final class BackupCommand extends ReportCommand {
    @Parameters(paramLabel = "FILE", description = "The file to write. One that is there is left alone.")
    private Path file;

    @Option(
            names = "--passphrase",
            description =
                    "Ask for a passphrase that opens the file, without anything else. Otherwise the payload key opens it.")
    private boolean asks;

    @Mixin
    private PassphraseOption passphrase;

    private volatile Backup backup;

    @Override
    String cutShort() {
        return backup == null || backup.abandon()
                ? "There is no backup: the unfinished file was removed."
                : "The backup is whole.";
    }

    @Override
    public Integer call() {
        Optional<char[]> words = passphrase.inFile().or(() -> asks ? Optional.of(twice()) : Optional.empty());
        backup = new Backup(tandem().settings(), words);
        try (Operations operations = tandem().openQuietly()) {
            return print(
                    backup.into(file, () -> operations.ask(Operation.BACKUP, new Operation.BackupRequest(BY))),
                    BackupReport::text);
        }
    }

    private static char[] twice() {
        char[] once = PassphraseOption.typed("Passphrase");
        if (!Arrays.equals(once, PassphraseOption.typed("Once more"))) {
            throw new OperationFailed(OperationFailed.WRONG, List.of("The two differ. Nothing was written."));
        }
        return once;
    }
}
