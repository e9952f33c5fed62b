package dev.tandem.bench;

import dev.tandem.endtoend.Bench;
import dev.tandem.sandbox.http.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged jar as a process with a heap of 256 MB: how soon it is ready, what it takes, and what it gets through. */
final class Starts {
    private static final Path JAR = Path.of("target", "tandem.jar");
    private static final String HEAP = "-Xmx256m";
    private static final int COLLECTED_EVERY_SECONDS = 2;
    /** {@code GC(7) Pause Full (Diagnostic Command) 120M->45M(256M) 33.2ms}: what was left. */
    private static final Pattern LEFT = Pattern.compile("Pause Full.* \\d+M->(\\d+)M\\(");

    private Starts() {}

    /** By the launcher, as a user starts it, beside the jar with nothing but a heap. */
    static void ready(Options options, Results results) throws Exception {
        Ways launcher = new Ways(List.of(unpacked().resolve("tandem").toString()));
        Ways jar = new Ways(List.of(java(), HEAP, "-jar", JAR.toAbsolutePath().toString()));
        try (RemoteWorld world = new RemoteWorld().cases(10)) {
            world.bench.adopt();
            ended(start(world.bench, launcher.line(), log(), "validate")); // has the archive of classes made
            for (int i = 0; i < options.alternations(); i++) {
                for (Ways way : List.of(launcher, jar)) {
                    once(world.bench, way, Math.min(10, 2L * options.seconds()));
                }
            }
        }
        String heap = "java " + HEAP + " -jar";
        results.add(
                Result.beside("start", "start to ready", "s", new Samples(launcher.ready), heap, new Samples(jar.ready))
                        .note("goal: 3 s"));
        results.add(Result.beside("start", "`status`", "s", new Samples(launcher.status), heap, new Samples(jar.status))
                .note("goal: 0.8 s"));
        if (!launcher.resident.isEmpty()) {
            results.add(Result.beside(
                            "start",
                            "resident memory when idle",
                            "MB",
                            new Samples(launcher.resident),
                            heap,
                            new Samples(jar.resident))
                    .note("goal: less than 200 MB"));
        }
    }

    /** One way to start it, and what was measured of that. */
    private record Ways(List<String> line, List<Double> ready, List<Double> status, List<Double> resident) {
        Ways(List<String> line) {
            this(line, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private static void once(Bench bench, Ways way, long idleSeconds) throws Exception {
        bench.with("tandem.http.port", String.valueOf(FreePort.any()));
        int management = FreePort.any();
        bench.with("tandem.management.port", String.valueOf(management));
        long statusBegan = System.nanoTime();
        ended(start(bench, way.line(), log(), "status"));
        way.status().add((System.nanoTime() - statusBegan) / 1e9);
        long began = System.nanoTime();
        Process process = start(bench, way.line(), log(), "run");
        try {
            while (!isReady(management)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            way.ready().add((System.nanoTime() - began) / 1e9);
            TimeUnit.SECONDS.sleep(idleSeconds);
            resident(process).ifPresent(way.resident()::add);
        } finally {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }

    private static void ended(Process process) throws InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException(process.info() + " ended with " + process.exitValue());
        }
    }

    private static Path unpacked() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("bench-distribution");
        try (Stream<Path> files = Files.list(JAR.getParent())) {
            Path archive = files.filter(file -> file.getFileName().toString().matches("tandem-[0-9].*[.]tar[.]gz"))
                    .findFirst()
                    .orElseThrow();
            ended(new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", directory.toString()).start());
        }
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.findFirst().orElseThrow();
        }
    }

    /** The most that was left in the heap after a collection, while so many unchanged records were swept. */
    static void memory(Options options, Results results) throws Exception {
        List<Double> left = new ArrayList<>();
        for (int records : List.of(Math.min(1_000, options.unchanged()), options.unchanged())) {
            try (RemoteWorld world = new RemoteWorld().limits(16).cases(records)) {
                world.bench.adopt();
                TandemRun.of(world.bench, true);
                left.add(sync(world.bench, "--full").mostLeft());
            }
        }
        String what = String.format(
                Locale.ROOT, "most heap in use after a collection, sweep of %,d unchanged", options.unchanged());
        results.add(Result.beside("memory", what, "MB", Samples.of(left.get(1)), "1,000", Samples.of(left.get(0)))
                .goal("flat: at most 1.5", ratio -> ratio <= 1.5));
    }

    static void outage(Options options, Results results) throws Exception {
        try (RemoteWorld world = new RemoteWorld().limits(16).settled()) {
            world.cases(options.outage());
            Ran drained = sync(world.bench);
            String what = String.format(Locale.ROOT, "%,d changes of an outage drained, heap 256 MB", options.outage());
            results.add(Result.alone("outage", what, "s", Samples.of(drained.seconds())));
            results.add(Result.alone(
                            "outage",
                            "the same: most heap in use after a collection",
                            "MB",
                            Samples.of(drained.mostLeft()))
                    .goal("within 256 MB", most -> most < 256));
        }
    }

    private record Ran(double seconds, double mostLeft) {}

    private static Ran sync(Bench bench, String... more) throws Exception {
        Path log = Files.createTempFile("bench-sync", ".log");
        List<String> words = new ArrayList<>(List.of("sync"));
        words.addAll(List.of(more));
        long began = System.nanoTime();
        List<String> java =
                List.of(java(), HEAP, "-Xlog:gc", "-jar", JAR.toAbsolutePath().toString());
        Process process = start(bench, java, log, words.toArray(String[]::new));
        while (!process.waitFor(COLLECTED_EVERY_SECONDS, TimeUnit.SECONDS)) {
            collectAll(process);
        }
        int code = process.exitValue();
        double seconds = (System.nanoTime() - began) / 1e9;
        if (code != 0) {
            throw new IllegalStateException("sync ended with " + code + ": " + Files.readString(log));
        }
        double most = 0;
        for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
            Matcher pause = LEFT.matcher(line);
            if (pause.find()) {
                most = Math.max(most, Double.parseDouble(pause.group(1)));
            }
        }
        return new Ran(seconds, most);
    }

    /** What is left after any other collection may be garbage that was not its turn. */
    private static void collectAll(Process process) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path log() throws IOException {
        return Files.createTempFile("bench-run", ".log");
    }

    private static Process start(Bench bench, List<String> way, Path log, String... words) throws IOException {
        List<String> line = new ArrayList<>(way);
        line.addAll(List.of(words));
        line.addAll(List.of("--settings", bench.settingsFile().toString()));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static boolean isReady(int port) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/observe/health/ready"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static java.util.Optional<Double> resident(Process process) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return java.util.Optional.empty();
        }
        return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }
}
