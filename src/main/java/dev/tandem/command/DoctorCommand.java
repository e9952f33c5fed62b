package dev.tandem.command;

import dev.tandem.files.PathFault;
import dev.tandem.operation.Doctoring;
import dev.tandem.operation.Proposals;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = "Checks all that can be wrong around Tandem: both systems, the accounts' rights, code lists,"
                + " webhooks, database, ports, settings. Works before there is a ledger and beside a running service,"
                + " and writes nothing.")
final class DoctorCommand extends ReportCommand {
    @Option(
            names = "--write-probe",
            paramLabel = "CASE",
            description = "Also write this Primero case as it is (the id in its address), to see that the account may:"
                    + " only its time of change moves.")
    private Optional<String> writeProbe;

    @Option(
            names = "--propose-lists",
            paramLabel = "DIR",
            description = "Write code lists with a row for each value that exists in a system and is in no list, for"
                    + " you to complete (docs/operate/doctor.md).")
    private Optional<Path> proposeLists;

    @Override
    public Integer call() {
        Settings settings = tandem().settings();
        OperationFailed.refuse(proposeLists.flatMap(PathFault::ofDirectoryToFill));
        DoctorReport report = Doctoring.examine(settings, new DoctorRequest(writeProbe), () -> tandem().openQuietly());
        int code = print(report, DoctorReport::text);
        proposeLists.ifPresent(
                directory -> Proposals.write(settings, directory, report).forEach(tandem()::say));
        return code;
    }
}
