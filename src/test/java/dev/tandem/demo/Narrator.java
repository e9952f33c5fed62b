package dev.tandem.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what happens, with the time since the beginning, in at most 96 columns. */
final class Narrator {
    private static final int WIDTH = 96;
    private static final String INDENT = " ".repeat(16);

    private final PrintStream out;
    private final long began = System.nanoTime();

    Narrator(PrintStream out) {
        this.out = out;
    }

    void act(Act act) {
        said(act.side(), act.words());
    }

    void crossed(Crossing crossing, Duration after) {
        said(
                "  ==>",
                "%s: %s (%.1f s)"
                        .formatted(
                                crossing.to() == Crossing.To.PRIMERO ? "Primero" : "OSCaR",
                                crossing.words(),
                                after.toMillis() / 1000.0));
    }

    /** What happens to the machines. */
    void event(String words) {
        said("  ***", words);
    }

    void plain(String line) {
        out.println(line);
        out.flush();
    }

    void plain(List<String> lines) {
        lines.forEach(this::plain);
    }

    private void said(String who, String words) {
        List<String> lines = wrapped(words);
        plain("%6s  %-7s ".formatted(time(), who) + lines.get(0));
        lines.subList(1, lines.size()).forEach(line -> plain(INDENT + line));
    }

    private String time() {
        long seconds = (System.nanoTime() - began) / 1_000_000_000L;
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    private static List<String> wrapped(String words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ")) {
            if (!line.isEmpty() && INDENT.length() + line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
