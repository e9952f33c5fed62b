package dev.tandem.chaos;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The run as an SVG: what was on its way, and when which fault struck. */
final class Picture {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 260;
    private static final int LEFT = 60;
    private static final int LANE = 14;

    private Picture() {}

    static String of(Run.Outcome outcome) {
        long last = Math.max(1, outcome.millis());
        long most = Math.max(
                1,
                outcome.samples().stream().mapToLong(Run.Sample::backlog).max().orElse(1));
        List<FaultKind> kinds = outcome.faults().stream()
                .map(InjectedFault::kind)
                .distinct()
                .sorted()
                .toList();
        int height = HEIGHT + 60 + kinds.size() * LANE;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='11'>%n"
                        .formatted(LEFT + WIDTH + 180, height));
        svg.append("<rect width='100%' height='100%' fill='white'/>\n");
        svg.append("<text x='%d' y='16' font-size='14'>%s: %d children, %d acts, %d faults: %s</text>%n"
                .formatted(
                        LEFT,
                        outcome.plan().name(),
                        outcome.plan().records(),
                        outcome.plan().acts(),
                        outcome.faults().size(),
                        outcome.findings().sound() ? "nothing lost, nothing doubled without need" : "NOT SOUND"));
        String points = outcome.samples().stream()
                .map(sample ->
                        String.format(Locale.ROOT, "%.1f,%.1f", x(sample.millis(), last), y(sample.backlog(), most)))
                .collect(Collectors.joining(" "));
        svg.append("<polyline fill='none' stroke='#1f5fa8' stroke-width='1.5' points='%s'/>%n".formatted(points));
        svg.append("<text x='4' y='34'>%d on</text><text x='4' y='46'>the way</text><text x='30' y='%d'>0</text>%n"
                .formatted(most, HEIGHT));
        svg.append("<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='black'/>%n"
                .formatted(LEFT, HEIGHT, LEFT + WIDTH, HEIGHT));
        svg.append("<text x='%d' y='%d' text-anchor='end'>%d s</text>%n"
                .formatted(LEFT + WIDTH, HEIGHT + 14, last / 1000));
        for (InjectedFault fault : outcome.faults()) {
            int lane = HEIGHT + 30 + kinds.indexOf(fault.kind()) * LANE;
            double from = x(fault.fromMillis(), last);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='#c0392b' opacity='0.7'><title>%s %s</title></rect>%n",
                    from,
                    lane,
                    Math.max(2, x(fault.untilMillis(), last) - from),
                    LANE - 3,
                    fault.kind().words(),
                    fault.detail()));
        }
        for (FaultKind kind : kinds) {
            svg.append("<text x='%d' y='%d'>%s</text>%n"
                    .formatted(LEFT + WIDTH + 8, HEIGHT + 40 + kinds.indexOf(kind) * LANE, kind.words()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(long millis, long last) {
        return LEFT + (double) WIDTH * millis / last;
    }

    private static double y(long backlog, long most) {
        return HEIGHT - (HEIGHT - 30.0) * backlog / most;
    }
}
