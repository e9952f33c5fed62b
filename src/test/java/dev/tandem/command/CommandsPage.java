package dev.tandem.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/reference/commands.md}, from the commands' own help. */
final class CommandsPage {
    private CommandsPage() {}

    static String render(CommandLine tandem) {
        StringBuilder page = new StringBuilder("""
                # Commands

                <!-- Made from the commands' own help by CommandsPageTest; edits here are lost. -->

                For operators. In all pages, `tandem` stands for the launcher of the [installed](../operate/install.md) directory,
                or `java -jar tandem.jar`; in a cluster, see
                [Kubernetes](../operate/kubernetes.md#install). All commands
                also work while the service runs, except `restore` and, on the embedded ledger, `plan` of a sync: `compare` lists then what a
                sync would still send.

                | exit code | meaning |
                |---|---|
                """);
        for (Map.Entry<String, String> code :
                tandem.getCommandSpec().usageMessage().exitCodeList().entrySet()) {
            page.append("| ")
                    .append(code.getKey())
                    .append(" | ")
                    .append(code.getValue())
                    .append(" |\n");
        }
        page.append("""

                If several apply, 4 takes precedence over 3. Reports go to standard output; faults, warnings, progress and the log go to standard
                error. `--json` prints the same report for programs: moments in ISO 8601 (UTC), `null` for absent values.

                Type a moment with its offset (`2026-11-25T00:00:00+07:00` or `2026-11-24T17:00:00Z`), and a duration with its unit (`60s`, `5m`).
                Reports show moments in your time zone (`TZ`) with its offset; `--json` has them in UTC.
                """);
        section(page, tandem);
        sections(page, tandem);
        return page.toString();
    }

    private static void sections(StringBuilder page, CommandLine of) {
        of.getSubcommands().values().forEach(command -> {
            section(page, command);
            sections(page, command);
        });
    }

    private static void section(StringBuilder page, CommandLine command) {
        page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
        String help = command.getUsageMessage(Ansi.OFF);
        page.append(help.substring(0, help.indexOf("Exit codes:")).stripTrailing())
                .append("\n```\n");
    }
}
