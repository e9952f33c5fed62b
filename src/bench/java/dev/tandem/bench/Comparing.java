package dev.tandem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison of everything, as the command in a process of its own with a heap of 256 MB, beside the plain reading of both
 * systems: a page of cases after the other, and the feed.
 */
final class Comparing implements Part {
    /** {@code GC(7) Pause Young (Allocation Failure) 120M->45M(247M) 3.2ms}, of any kind: what was left. */
    private static final Pattern LEFT = Pattern.compile("Pause .* \\d+M->(\\d+)M\\(");

    /** What OSCaR takes for a thousand clients that are linked to Primero, as measured (contract oscar-interop). */
    private static final double OSCARS_SECONDS = 123;

    @Override
    public void measure(Options options, Results results) throws Exception {
        int cases = options.unchanged();
        int clients = cases / 2;
        try (RemoteWorld world = new RemoteWorld().pairs(clients).cases(cases - clients)) {
            Path out = Files.createTempFile("bench-compare", ".json");
            Path log = Files.createTempFile("bench-compare", ".log");
            int code = start(world, out, log).waitFor();
            JsonNode report = Json.read(Files.readString(out));
            if (code != 3 || report.path("differences").size() != 1) {
                throw new IllegalStateException("compare ended with " + code + ", " + Files.readString(log));
            }
            double seconds = Duration.between(
                                    Instant.parse(report.path("beganAt").asText()),
                                    Instant.parse(report.path("endedAt").asText()))
                            .toMillis()
                    / 1000.0;
            double reading = new BareClient(world, 1).readAll(world.pagesAsked());
            String what = String.format(Locale.ROOT, "%,d cases and %,d clients compared", cases, clients);
            results.add(Result.beside("compare", what, "s", Samples.of(seconds), "raw reading", Samples.of(reading)));
            double real = reading + clients / 1000.0 * OSCARS_SECONDS;
            double ratio = (seconds + clients / 1000.0 * OSCARS_SECONDS) / real;
            results.add(Result.alone(
                            "compare",
                            "the same with the time that an OSCaR as measured takes for its feed, as a multiple of reading",
                            "times",
                            Samples.of(ratio))
                    .goal("at most 1.2", times -> times <= 1.2));
            results.add(Result.alone(
                            "compare", "the same: most heap in use after a collection", "MB", Samples.of(mostLeft(log)))
                    .goal("within 256 MB", most -> most < 256));
        }
    }

    private static Process start(RemoteWorld world, Path out, Path log) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tandem.Tandem",
                "compare",
                "--json",
                "--settings",
                world.bench.settingsFile().toString()));
        return new ProcessBuilder(line)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static double mostLeft(Path log) throws IOException {
        double most = 0;
        for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
            Matcher pause = LEFT.matcher(line);
            if (pause.find()) {
                most = Math.max(most, Double.parseDouble(pause.group(1)));
            }
        }
        return most;
    }
}
