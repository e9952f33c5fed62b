package dev.tandem.command;

import dev.tandem.files.Installation;
import dev.tandem.files.PathFault;
import dev.tandem.operation.report.UpgradeReport;
import dev.tandem.operation.upgrade.UpgradeCheck;
import dev.tandem.outcome.OperationFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "upgrade-check",
        description =
                "Shows where this release's routes and mappings differ from those you have edited. Exit code 2 if you"
                        + " have something to do.")
final class UpgradeCheckCommand extends ReportCommand {
    @Parameters(
            paramLabel = "DIR",
            description =
                    "The directory that holds your routes/ and mappings/: of the release before, or one of your own.")
    private Path directory;

    @Option(
            names = "--from",
            paramLabel = "RELEASE",
            description = "The directory of the release from which you edited them, if DIR is not it.")
    private Optional<Path> from;

    @Option(
            names = "--take",
            description =
                    "Replaces the files that you have not edited by those of this release. Never touches the others.")
    private boolean take;

    @Override
    String cutShort() {
        return take ? "Type the same again: it goes on with the files that are left." : "Nothing was changed.";
    }

    @Override
    public Integer call() {
        OperationFailed.refuse(PathFault.ofDirectory(directory));
        OperationFailed.refuse(from.flatMap(PathFault::ofDirectory));
        Path before = from.orElse(directory).resolve("tandem.jar");
        if (!Files.exists(before)) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of(
                            "There is no " + before + ", which says how the files came with the release before.",
                            "Name the directory of that release with --from."));
        }
        Path now = Installation.jar()
                .orElseThrow(() -> new OperationFailed(
                        OperationFailed.WRONG, List.of("This Tandem was not started from its jar.")));
        return print(new UpgradeCheck(directory, before, now).check(take), UpgradeReport::text);
    }
}
