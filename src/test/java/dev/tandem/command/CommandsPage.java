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

                `java -jar target/tandem.jar COMMAND`, or `tandem COMMAND` in the container.

                | exit code | |
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

                Where several apply, 4 goes before 3. Reports go to standard output; faults, warnings, progress and the
                log to standard error. `--json` prints the same report for programs: moments in ISO 8601 (UTC), `null`
                for what is not there.

                A moment is typed with its offset (`2026-11-25T00:00:00+07:00` or `2026-11-24T17:00:00Z`), a duration
                with its unit (`60s`, `5m`).
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
