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

/** The packaged jar as a process with a heap of 256 MB: how soon it is ready, what it takes, and what it gets through. */
final class Starts implements Part {
    private static final Path JAR = Path.of("target", "tandem.jar");
    private static final String HEAP = "-Xmx256m";
    private static final int COLLECTED_EVERY_SECONDS = 2;
    /** {@code GC(7) Pause Full (Diagnostic Command) 120M->45M(256M) 33.2ms}: what was left. */
    private static final Pattern LEFT = Pattern.compile("Pause Full.* \\d+M->(\\d+)M\\(");

    @Override
    public void measure(Options options, Results results) throws Exception {
        if (!Files.exists(JAR)) {
            System.out.println("left out, because " + JAR + " is not there: start, memory, outage");
            return;
        }
        ready(options, results);
        memory(options, results);
        outage(options, results);
    }

    private static void ready(Options options, Results results) throws Exception {
        List<Double> seconds = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        try (RemoteWorld world = new RemoteWorld().cases(10)) {
            world.bench.adopt();
            for (int i = 0; i < options.alternations(); i++) {
                world.bench.with("tandem.http.port", String.valueOf(FreePort.any()));
                int management = FreePort.any();
                world.bench.with("tandem.management.port", String.valueOf(management));
                long began = System.nanoTime();
                Process process = start(world.bench, Files.createTempFile("bench-run", ".log"), "run");
                try {
                    while (!isReady(management)) {
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                    seconds.add((System.nanoTime() - began) / 1e9);
                    TimeUnit.SECONDS.sleep(Math.min(10, 2L * options.seconds()));
                    resident(process).ifPresent(megabytes::add);
                } finally {
                    process.destroy();
                    process.waitFor(60, TimeUnit.SECONDS);
                }
            }
        }
        results.add(Result.alone("start", "start to ready", "s", new Samples(seconds)));
        if (!megabytes.isEmpty()) {
            results.add(Result.alone("start", "resident memory when idle, heap 256 MB", "MB", new Samples(megabytes)));
        }
    }

    /** The most that was left in the heap after a collection, while so many unchanged records were swept. */
    private static void memory(Options options, Results results) throws Exception {
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
        results.add(Result.beside("start", what, "MB", Samples.of(left.get(1)), "1,000", Samples.of(left.get(0)))
                .goal("flat: at most 1.5", ratio -> ratio <= 1.5));
    }

    private static void outage(Options options, Results results) throws Exception {
        try (RemoteWorld world = new RemoteWorld().limits(16).settled()) {
            world.cases(options.outage());
            Ran drained = sync(world.bench);
            String what = String.format(Locale.ROOT, "%,d changes of an outage drained, heap 256 MB", options.outage());
            results.add(Result.alone("start", what, "s", Samples.of(drained.seconds())));
            results.add(Result.alone(
                            "start",
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
        Process process = start(bench, log, words.toArray(String[]::new));
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

    private static Process start(Bench bench, Path log, String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-Xlog:gc",
                "-jar",
                JAR.toAbsolutePath().toString()));
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
