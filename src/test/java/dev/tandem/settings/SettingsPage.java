package dev.tandem.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.settings.Rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code docs/reference/settings.md}, from the rows. */
final class SettingsPage {
    private SettingsPage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # Settings

                <!-- Made from the settings' own table by SettingsPageTest; edits here are lost. -->

                For people who configure Tandem. Tandem reads `application.properties` in the directory in which you start it, or in
                `config/` below it, or the file that `--settings FILE` or the variable `TANDEM_SETTINGS` names.

                An environment variable takes precedence over the file. Its name is the setting in upper case, with underscores for dots
                and dashes: `tandem.oscar.second-ngo` is `TANDEM_OSCAR_SECOND_NGO`. A secret can also be in a file of its own: the
                variable with `_FILE` at the end names it, or in the settings file the setting with `-file` at the end, such as
                `tandem.primero.password-file = secrets/primero-password` (from where the settings file is).

                - An empty value counts as not set.
                - Durations are a number and a unit: `500ms`, `10s`, `15m`, `1h`, `400d`.
                - Schedules are [Quartz cron expressions](https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html)
                  (six fields, seconds first), or `off`.
                - An unknown setting with this prefix is a fault in the file, and a warning in the environment.
                - Tandem reports all faults at once, with place and remedy, and does not start (exit code 2).
                - Changes take effect at the next start.

                Routes can use every setting except secrets, users and the database as a placeholder, for example
                `{{tandem.primero.url}}`. A schedule has a second placeholder with `.enabled` at its end, for a route's `precondition`.
                """);
        List<Row> rows = rows(List.of());
        page.append("\n## Required\n");
        table(page, rows.stream().filter(Row::required).toList(), false);
        page.append("\n## With a default\n");
        table(page, rows.stream().filter(row -> row.fallback().isPresent()).toList(), true);
        page.append("\n## Optional\n");
        table(
                page,
                rows.stream()
                        .filter(row -> !row.required() && row.fallback().isEmpty())
                        .toList(),
                false);
        page.append("""

                ## Of further systems

                Settings of a system that only routes and mappings know ([second-pair](../edit/second-pair/README.md)). NAME is its name
                in lower-case letters and digits, such as `registry`. Routes can also use `{{tandem.system.NAME.longest-call}}`, the
                longest time that a call to the system takes in all.
                """);
        List<Row> withSystem = rows(List.of("NAME"));
        table(page, withSystem.subList(rows.size(), withSystem.size()), true);
        return page.toString();
    }

    /** The rows that are there with these further systems and nothing set, which is no fault but of those to be set. */
    static List<Row> rows(List<String> systems) {
        List<Fault> faults = new ArrayList<>();
        Rows rows = new Rows(List.of(), new Environment(Map.of()), "nowhere", faults::add);
        Settings.read(rows, systems);
        assertThat(faults)
                .extracting(Fault::setting)
                .containsExactlyElementsOf(
                        rows.all().stream().filter(Row::required).map(Row::name).toList());
        return rows.all();
    }

    private static void table(StringBuilder page, List<Row> rows, boolean defaults) {
        page.append(
                defaults
                        ? "\n| setting | type | default | |\n|---|---|---|---|\n"
                        : "\n| setting | type | |\n|---|---|---|\n");
        for (Row row : rows) {
            String fallback = row.fallback().map(text -> "`" + text + "`").orElse(row.required() ? "required" : "");
            page.append("| `%s` | %s | %s%s |\n"
                    .formatted(row.name(), row.type(), defaults ? fallback + " | " : "", row.words()));
        }
    }
}
