package dev.tandem.command;

import dev.tandem.command.terminal.SpreadsheetFile;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.run.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "compare",
        description =
                "Reads both systems in full, changes neither, and says how far they are in step and what differs.")
final class CompareCommand extends ReportCommand {
    @Option(names = "--ngo", paramLabel = "NGO", description = "Show only this NGO, by its name in OSCaR, such as cif.")
    private Optional<String> ngo;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "Read only what changed from T on. What is missing on one side cannot be told then.")
    private Instant since;

    @Option(
            names = "--repair",
            description = "Mark what differs for the next delivery, which decides by its own rules.")
    private boolean repair;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Also write all differences to this file: ids and codes, no names.")
    private Optional<Path> csv;

    private volatile SpreadsheetFile table = SpreadsheetFile.create(Optional.empty());

    @Override
    String cutShort() {
        table.close();
        return (repair
                        ? "What was marked so far is delivered by the next sync or the service."
                        : "Nothing was changed.")
                + " Half a comparison says nothing: none is reported. If a running service did it, it goes on there.";
    }

    @Override
    public Integer call() {
        CompareRequest request = new CompareRequest(ngo, Optional.ofNullable(since), repair);
        try (SpreadsheetFile opened = SpreadsheetFile.create(csv)) {
            table = opened;
            return report(
                    operations -> {
                        CompareReport compared = operations.compare(request, tandem().progress(json, Progress.NONE));
                        table.write(compared::rows);
                        return compared;
                    },
                    CompareReport::text);
        }
    }
}
