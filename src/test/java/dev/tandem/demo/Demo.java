package dev.tandem.demo;

import static dev.tandem.demo.Crossing.Kind.DECISION;
import static dev.tandem.demo.Crossing.Kind.REFERRAL;
import static dev.tandem.demo.Crossing.To.OSCAR;
import static dev.tandem.demo.Crossing.To.PRIMERO;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code mvn -q -Pdemo}: two simulated systems, people who work in them, and the packaged Tandem between. Until Ctrl-C, or for
 * {@code -Ddemo.rounds=N} tables. {@code -Ddemo.pace=MILLIS} is the time between two acts.
 */
public final class Demo {
    private static final int ACTS_A_ROUND = 5;

    private final Path home;
    private final Launcher launcher;
    private final Path directory;
    private final int rounds;
    private final Duration pace;
    private final Narrator narrator;
    private volatile boolean stopped;

    /**
     * A demo that is not begun.
     *
     * @param home where routes and mappings are
     * @param directory for settings, ledger and log; emptied first
     * @param rounds tables until it ends by itself, 0 for until it is stopped
     */
    Demo(Path home, Launcher launcher, Path directory, int rounds, Duration pace, PrintStream out) {
        this.home = home;
        this.launcher = launcher;
        this.directory = directory;
        this.rounds = rounds;
        this.pace = pace;
        this.narrator = new Narrator(out);
    }

    /**
     * What came of it.
     *
     * @param missing what should have crossed and has not
     * @param unnamed how many are there twice without Tandem naming them as possible repeats
     * @param exitCode the packaged Tandem's
     */
    record Outcome(Watch crossings, List<String> missing, int unnamed, int exitCode) {}

    public static void main(String[] arguments) throws InterruptedException {
        Path home = Path.of(System.getProperty("demo.home", "")).toAbsolutePath();
        Demo demo = new Demo(
                home,
                new JarLauncher(home.resolve(System.getProperty("demo.jar", "target/tandem.jar"))),
                home.resolve(System.getProperty("demo.directory", "target/demo")),
                Integer.getInteger("demo.rounds", 0),
                Duration.ofMillis(Long.getLong("demo.pace", 4000)),
                new PrintStream(System.out, true, StandardCharsets.UTF_8));
        CountDownLatch over = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            demo.stop();
            try {
                over.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Outcome outcome = demo.play();
            if (!outcome.missing().isEmpty() || outcome.unnamed() > 0 || outcome.exitCode() != 0) {
                throw new IllegalStateException("not everything went as it should: see above");
            }
        } finally {
            over.countDown();
        }
    }

    /** Ends the play soon, and in order. */
    void stop() {
        stopped = true;
    }

    Outcome play() {
        empty(directory);
        narrator.plain(List.of(
                "",
                " Tandem between Primero (the ministry's cases) and OSCaR (the NGOs' clients).",
                " Both are simulators on this machine and every child is invented; Tandem is target/tandem.jar.",
                " What people do begins with the system's name; ==> is what Tandem carried to the other one,",
                " as seen there. Ctrl-C ends it.",
                ""));
        try (Sides sides = new Sides();
                Packaged tandem = seeded(sides)) {
            narrator.event("Tandem starts, with %s".formatted(shown(tandem.settings())));
            tandem.start(() -> stopped);
            narrator.event("Tandem is ready: %s/health and %s/metrics".formatted(tandem.observe(), tandem.observe()));
            Play play = new Play(sides, tandem, narrator, pace, () -> stopped);
            for (int round = 1; !stopped && (rounds == 0 || round <= rounds); round++) {
                play.round(ACTS_A_ROUND);
                narrator.plain("  more: %s%n".formatted(status(tandem)));
            }
            return ended(play, tandem);
        }
    }

    /** Somebody is there before the first referral, as in life: a feed without any client counts as broken. */
    private Packaged seeded(Sides sides) {
        new NgoRefers(sides, Invented.child(1000), "gpc", true).next();
        return Packaged.between(sides, home, launcher, directory);
    }

    private Outcome ended(Play play, Packaged tandem) {
        if (!stopped) {
            play.end();
        }
        int exitCode = tandem.stop();
        narrator.event("Tandem has stopped (exit code %d)".formatted(exitCode));
        Watch watch = play.watch();
        List<String> missing = stopped ? List.of() : watch.missing();
        List<String> doubled = play.doubled();
        int unnamed = doubled.isEmpty() ? 0 : Math.max(0, doubled.size() - tandem.possibleRepeats());
        narrator.plain(List.of(
                "",
                String.format(
                        Locale.ROOT,
                        " %d acts of people, %d crossings, the slowest after %.1f s.",
                        play.acts(),
                        watch.crossed(),
                        watch.slowest().toMillis() / 1000.0),
                " Referrals: %d to OSCaR, %d to Primero. Decisions: %d to OSCaR, %d to Primero."
                        .formatted(
                                watch.crossed(OSCAR, REFERRAL),
                                watch.crossed(PRIMERO, REFERRAL),
                                watch.crossed(OSCAR, DECISION),
                                watch.crossed(PRIMERO, DECISION)),
                " Twice: " + (doubled.isEmpty() ? "nothing" : String.join("; ", doubled) + named(unnamed)),
                " Missing: " + (missing.isEmpty() ? "nothing" : String.join("; ", missing)),
                " Look further: " + status(tandem),
                " Tandem's log: " + shown(tandem.log()),
                ""));
        return new Outcome(watch, missing, unnamed, exitCode);
    }

    /** OSCaR cannot tell whether a referral whose answer a crash swallowed has arrived: it is sent once more, and named. */
    private static String named(int unnamed) {
        return unnamed == 0
                ? " (its answer was lost; status names it as a possible repeat)"
                : " (a defect: nothing names it)";
    }

    private String status(Packaged tandem) {
        return "%s status --settings %s".formatted(launcher.shown(), shown(tandem.settings()));
    }

    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }

    private static void empty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
