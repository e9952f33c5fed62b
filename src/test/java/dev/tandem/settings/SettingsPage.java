package dev.tandem.settings;

import java.util.List;
import java.util.function.Predicate;

/** {@code docs/reference/settings.md}, from the catalogue. */
final class SettingsPage {
    private SettingsPage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # Settings

                <!-- Made from the settings' own table by SettingsPageTest; edits here are lost. -->

                Tandem reads `application.properties` in the directory it is started in, or in `config/` below it, or the
                file named by `--settings FILE` or the variable `TANDEM_SETTINGS`. A variable goes before the file: the name
                in upper case, dots and dashes as underscores, so `tandem.oscar.second-ngo` is `TANDEM_OSCAR_SECOND_NGO`. A
                secret can also lie in a file of its own, named by the variable with `_FILE` at the end.

                - An empty value counts as not set.
                - Durations are a number and a unit: `500ms`, `10s`, `15m`, `1h`, `400d`.
                - Schedules are [Quartz cron expressions](https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html)
                  (six fields, seconds first), or `off`.
                - A setting of this prefix that does not exist is a fault in the file, and a warning in the environment.
                - All faults are told at once, with place and remedy, and nothing is started (exit code 2).
                - Changes take effect at the next start.

                Routes can use every setting but secrets, users and the database as a placeholder, as
                `{{tandem.primero.url}}`. A schedule has a second one with `.enabled` at its end, for `autoStartup`.
                """);
        table(page, "To be set", Setting::required);
        table(page, "With a default", setting -> setting.fallback().isPresent());
        table(
                page,
                "May be set",
                setting -> !setting.required() && setting.fallback().isEmpty());
        page.append("""

                ## Of further systems

                One that only routes and mappings know ([second-pair/README.md](../edit/second-pair/README.md)); NAME is its name in
                lower-case letters and digits, such as `registry`. Routes can also use `{{tandem.system.NAME.longest-call}}`, the
                longest that a call to it takes in all.
                """);
        table(page, SystemRows.of("NAME").all());
        return page.toString();
    }

    private static void table(StringBuilder page, String title, Predicate<Setting<?>> which) {
        boolean defaults = title.equals("With a default");
        page.append("\n## ").append(title).append("\n");
        table(page, Catalogue.all().stream().filter(which).toList(), defaults);
    }

    private static void table(StringBuilder page, List<Setting<?>> settings) {
        page.append("\n| setting | type | default | |\n|---|---|---|---|\n");
        for (Setting<?> setting : settings) {
            page.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(setting.type().words())
                    .append(" | ")
                    .append(setting.fallback()
                            .map(fallback -> "`" + fallback + "`")
                            .orElse(setting.required() ? "to be set" : ""))
                    .append(" | ")
                    .append(setting.words())
                    .append(" |\n");
        }
    }

    private static void table(StringBuilder page, List<Setting<?>> settings, boolean defaults) {
        page.append("\n");
        page.append(
                defaults
                        ? "| setting | type | default | |\n|---|---|---|---|\n"
                        : "| setting | type | |\n|---|---|---|\n");
        for (Setting<?> setting : settings) {
            page.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(setting.type().words())
                    .append(" | ");
            setting.fallback()
                    .ifPresent(fallback -> page.append('`').append(fallback).append("` | "));
            page.append(setting.words()).append(" |\n");
        }
    }
}
