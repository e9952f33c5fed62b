package dev.tandem.bench;

import java.util.List;
import java.util.Locale;

/** The results of one part as bars, on a logarithmic scale; the thin line is the spread. */
final class Plot {
    private static final int WIDTH = 900;
    private static final int LEFT = 330;
    private static final int RIGHT = 90;
    private static final int BAR = 13;
    private static final int GROUP = 40;
    private static final int TOP = 60;
    private static final String TANDEM = "#1b6e8c";
    private static final String OTHER = "#c9c4b8";

    private final double lowest;
    private final double highest;
    private final StringBuilder svg = new StringBuilder();

    private Plot(List<Result> shown) {
        double least = shown.stream().mapToDouble(Plot::least).min().orElse(1);
        double most = shown.stream().mapToDouble(Plot::most).max().orElse(10);
        lowest = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-3)) - 0.01));
        highest = Math.pow(10, Math.ceil(Math.log10(Math.max(most, 1e-2))));
    }

    /** Only what is a rate: the lines of one plot have one unit. */
    static String of(String title, String part, Results results) {
        List<Result> shown = results.all().stream()
                .filter(result -> result.part().equals(part) && result.unit().endsWith("/s"))
                .toList();
        Plot plot = new Plot(shown);
        int height = TOP + shown.size() * GROUP + 40;
        plot.svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n",
                WIDTH,
                height,
                WIDTH,
                height));
        plot.text(16, 24, "start", title + ", per second: Tandem (blue) beside what it is compared with (grey)");
        plot.grid(TOP + shown.size() * GROUP);
        int y = TOP;
        for (Result result : shown) {
            plot.group(result, y);
            y += GROUP;
        }
        return plot.svg.append("</svg>\n").toString();
    }

    private void grid(int bottom) {
        for (double at = lowest; at <= highest * 1.001; at *= 10) {
            double x = x(at);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e5e5e5\"/>%n",
                    x,
                    TOP - 12,
                    x,
                    bottom));
            text(x, bottom + 18, "middle", Table.number(at));
        }
    }

    private void group(Result result, int y) {
        text(LEFT - 8, y + 17, "end", result.what());
        bar(result.tandem(), y, TANDEM);
        result.other().ifPresent(other -> bar(other.samples(), y + BAR + 1, OTHER));
    }

    private void bar(Samples samples, int y, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                        + "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"black\"/>%n",
                LEFT,
                y,
                Math.max(1, x(samples.median()) - LEFT),
                BAR,
                colour,
                x(samples.least()),
                y + BAR / 2.0,
                x(samples.most()),
                y + BAR / 2.0));
        text(x(samples.most()) + 5, y + 11, "start", Table.number(samples.median()));
    }

    private double x(double value) {
        double share = Math.log10(Math.max(value, lowest) / lowest) / Math.log10(highest / lowest);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private void text(double x, double y, String anchor, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private static double least(Result result) {
        return Math.min(
                result.tandem().least(),
                result.other().map(other -> other.samples().least()).orElse(Double.MAX_VALUE));
    }

    private static double most(Result result) {
        return Math.max(
                result.tandem().most(),
                result.other().map(other -> other.samples().most()).orElse(0.0));
    }
}
