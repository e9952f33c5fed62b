package dev.tandem.chaos;

import dev.tandem.FileTree;
import dev.tandem.endtoend.CutOff;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Everything that stands between two acts: both systems, the database, the replicas, and a copy of what people may edit. */
final class Stage implements AutoCloseable {
    /** Shorter than any fault that is to outlast it. */
    static final int LEASE_SECONDS = 5;

    static final int CALL_SECONDS = 3;

    final PrimeroSimulator primero;
    final OscarSimulator oscar;
    final CodeFiles codes;
    final Path directory;
    final Path routes;
    final Path mappings;
    final Store store;
    final List<Replica> replicas = new ArrayList<>();
    private final Events events;
    private final CutOff way;
    private final Path settings;
    /** What classes look like once they are loaded: kept by the first process, so that those after it start sooner. */
    private final Optional<Path> loaded;

    private final List<String> java;

    /** @param before class files that go before those of the jar */
    Stage(Plan plan, Path directory, Optional<Path> before) {
        this.directory = empty(directory);
        SimClock clock = SimClock.real();
        clock.advance(History.length(plan).negated());
        primero = PrimeroSimulator.start(Options.defaults().withClock(clock));
        oscar = OscarSimulator.start();
        routes = FileTree.copy(Path.of("routes"), directory.resolve("routes")).toAbsolutePath();
        mappings = FileTree.copy(Path.of("mappings"), directory.resolve("mappings"))
                .toAbsolutePath();
        codes = CodeFiles.read(mappings);
        store = new Store(plan, directory);
        settings = directory.resolve("tandem.properties");
        // Java keeps none for a class path with a directory in it.
        loaded = before.isPresent() ? Optional.empty() : Optional.of(directory.resolve("classes.jsa"));
        java = java(before);
        boolean several = plan.database() == StoreKind.POSTGRESQL && plan.replicas() > 1;
        way = several ? new CutOff("localhost", store.port()) : null;
        for (int i = 0; i < plan.replicas(); i++) {
            Map<String, String> variables =
                    several && i == plan.replicas() - 1 ? Map.of("TANDEM_DB_URL", store.url(way.port())) : Map.of();
            replicas.add(new Replica(
                    i,
                    with("-XX:SharedArchiveFile="),
                    settings,
                    directory.resolve("replica-" + i + ".log"),
                    variables));
        }
        events = plan.protocol().events() ? new Events(this) : null;
        write(plan);
    }

    private static List<String> java(Optional<Path> before) {
        Path jar =
                Path.of(System.getProperty("tandem.jar", "target/tandem.jar")).toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not there: build it first (mvn -q -DskipTests package)");
        }
        String path = before.map(classes -> classes + File.pathSeparator).orElse("") + jar;
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // They live for seconds: the better compiler would only be in the way.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                path,
                "dev.tandem.Tandem");
    }

    private List<String> with(String option) {
        List<String> words = new ArrayList<>(java);
        loaded.ifPresent(file -> words.add(1, option + file));
        return words;
    }

    private void write(Plan plan) {
        Map<String, String> all = new LinkedHashMap<>(store.settings());
        all.put("tandem.brake", "off");
        all.put("tandem.primero.url", primero.url().toString());
        all.put("tandem.primero.user", "tandem");
        all.put("tandem.primero.password", "synthetic-password");
        all.put("tandem.oscar.url", oscar.url());
        all.put("tandem.oscar.user", "sync@example.org");
        all.put("tandem.oscar.password", "secret");
        all.put("tandem.routes.dir", routes.toString());
        all.put("tandem.mappings.dir", mappings.toString());
        all.put("tandem.edit.look-every", "500ms");
        all.put("tandem.call-timeout", CALL_SECONDS + "s");
        all.put("tandem.oscar.feed-timeout", 2 * plan.feedSeconds() + "s");
        all.put("tandem.lease", LEASE_SECONDS + "s");
        all.put("tandem.workers", "6");
        all.put("tandem.retry.min", "200ms");
        all.put("tandem.retry.max", "1s");
        all.put("tandem.retry.attempts", "1000");
        all.put("tandem.oscar.lost-answer-wait", "1s");
        boolean sweeps = plan.protocol().sweeps();
        boolean fullOnes = plan.protocol() == Plan.Protocol.WEBHOOK;
        all.put("tandem.oscar.schedule", sweeps ? "0/" + plan.feedSeconds() + " * * * * ?" : "off");
        all.put("tandem.primero.schedule", sweeps ? "1/2 * * * * ?" : "off");
        // Nobody promises that an event arrives: with events alone, the full sweeps are what makes up for it.
        all.put("tandem.oscar.full-schedule", fullOnes ? "5/10 * * * * ?" : "off");
        all.put("tandem.primero.full-schedule", fullOnes ? "0/10 * * * * ?" : "off");
        if (events != null) {
            all.put("tandem.primero.webhook.secret", Events.PRIMERO_SECRET);
            all.put("tandem.oscar.webhook.secret", Events.OSCAR_SECRET);
            all.put("tandem.oscar.sweep-on-event", 250 * plan.feedSeconds() + "ms");
            all.put("tandem.oscar.full-on-event", 1 + plan.feedSeconds() + "s");
        }
        StringBuilder text = new StringBuilder();
        all.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        write(settings, text.toString());
    }

    void init() {
        List<String> words = with("-XX:ArchiveClassesAtExit=");
        // Of hundreds of classes it says that they are too old to be kept.
        words.add(1, "-Xlog:cds=off");
        words.addAll(List.of("init", "--adopt", "--settings", settings.toString()));
        try {
            Path log = directory.resolve("init.log");
            Process init = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!init.waitFor(60, TimeUnit.SECONDS) || init.exitValue() != 0) {
                init.destroyForcibly();
                throw new IllegalStateException("the ledger could not be made: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Between the last of several replicas and the database. */
    CutOff way() {
        return way;
    }

    void oscarChanged(String globalId) {
        if (events != null) {
            events.oscarChanged(globalId);
        }
    }

    Optional<Events> events() {
        return Optional.ofNullable(events);
    }

    /** Records that are not at rest, by the first replica that knows. */
    OptionalDouble open() {
        return replicas.stream()
                .filter(replica -> replica.isAlive() && !replica.isStopped())
                .map(Replica::open)
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    static void write(Path file, String text) {
        try {
            Path beside = Files.writeString(file.resolveSibling("." + file.getFileName()), text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path empty(Path directory) {
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
        replicas.forEach(Replica::close);
        if (way != null) {
            way.close();
        }
        store.close();
        primero.close();
        oscar.close();
    }
}
