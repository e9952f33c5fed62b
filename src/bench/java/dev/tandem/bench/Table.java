package dev.tandem.bench;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The results as markdown. */
final class Table {
    private Table() {}

    static String of(Results results, String machine, Options options) {
        StringJoiner page = new StringJoiner("\n", "", "\n");
        page.add("# Benchmark").add("").add(machine).add("").add("Settings: " + options.inWords() + ".");
        page.add("").add("Medians, with the least and the most in brackets.").add("");
        page.add("| part | measured | unit | Tandem | beside it | ratio | goal | reached |");
        page.add("|---|---|---|---|---|---|---|---|");
        results.all().forEach(result -> page.add(line(result)));
        if (!results.whereTheTimeGoes().isEmpty()) {
            page.add("").add("## Where the time goes").add("");
            results.whereTheTimeGoes().forEach(page::add);
        }
        return page.toString();
    }

    static String line(Result result) {
        String note = result.note().isEmpty() ? "" : " (" + result.note() + ")";
        return "| "
                + String.join(
                        " | ",
                        List.of(
                                result.part(),
                                result.what() + note,
                                result.unit(),
                                spread(result.tandem()),
                                result.other()
                                        .map(side -> side.name() + ": " + spread(side.samples()))
                                        .orElse(""),
                                result.ratio()
                                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                                        .orElse(""),
                                result.goal().map(Result.Goal::words).orElse(""),
                                result.reached()
                                        .map(reached -> reached ? "yes" : "**no**")
                                        .orElse("")))
                + " |";
    }

    private static String spread(Samples samples) {
        return samples.values().size() == 1
                ? number(samples.median())
                : number(samples.median()) + " [" + number(samples.least()) + "–" + number(samples.most()) + "]";
    }

    static String number(double value) {
        String form = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
