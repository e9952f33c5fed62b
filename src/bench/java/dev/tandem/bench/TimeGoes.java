package dev.tandem.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Which part of Tandem computes while referrals are delivered, by Java Flight Recorder; the recording stays for a closer look. */
final class TimeGoes {
    /** Looked for from the top of the stack; the first that fits names the sample. */
    private static final Map<String, String> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put("org.h2", "H2");
        PLACES.put("org.postgresql", "PostgreSQL's driver");
        PLACES.put("com.zaxxer", "connection pool");
        PLACES.put("org.jdbi", "JDBI");
        PLACES.put("com.schibsted", "JSLT");
        PLACES.put("com.fasterxml", "Jackson");
        PLACES.put("org.apache.hc", "HTTP client");
        PLACES.put("dev.tandem.json", "canonical JSON");
        PLACES.put("javax.crypto", "fingerprints");
        PLACES.put("dev.tandem.ledger", "ledger");
        PLACES.put("dev.tandem", "Tandem's other code");
        PLACES.put("org.apache.camel", "Camel");
        PLACES.put("io.github.resilience4j", "circuit breakers");
    }

    private TimeGoes() {}

    static List<String> during(Options options) throws Exception {
        int referrals = Math.min(2_000, options.referrals());
        Files.createDirectories(options.directory());
        Path file = options.directory().resolve("delivery.jfr");
        double tandem;
        try (RemoteWorld world = new RemoteWorld().limits(8).settled();
                Recording recording = new Recording()) {
            world.referrals(referrals);
            recording.enable("jdk.ExecutionSample").withPeriod(java.time.Duration.ofMillis(10));
            recording.enable("jdk.NativeMethodSample").withPeriod(java.time.Duration.ofMillis(20));
            recording.enable("jdk.FileForce");
            recording.start();
            tandem = TandemRun.of(world.bench, false).seconds();
            recording.stop();
            recording.dump(file);
        }
        return inWords(file, referrals, tandem);
    }

    private static List<String> inWords(Path file, int referrals, double seconds) throws Exception {
        Map<String, Integer> counts = new LinkedHashMap<>();
        int ours = 0;
        int simulators = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (!event.getEventType().getName().equals("jdk.ExecutionSample")) {
                continue;
            }
            var thread = event.getThread("sampledThread");
            String name = thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
            if (name.startsWith("sandbox") || name.startsWith("HTTP-Dispatcher")) {
                simulators++;
                continue;
            }
            counts.merge(place(event), 1, Integer::sum);
            ours++;
        }
        List<String> lines = new ArrayList<>();
        int all = Math.max(1, ours);
        lines.add(String.format(
                Locale.ROOT,
                "Of %,d referrals delivered without latency at 8 calls at once, in %.1f s on H2: where the processor was"
                        + " seen in Tandem (%d samples; %d more in the simulators).",
                referrals,
                seconds,
                ours,
                simulators));
        lines.add("");
        lines.add("| where | share |");
        lines.add("|---|---|");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> lines.add(
                        String.format(Locale.ROOT, "| %s | %.0f%% |", entry.getKey(), 100.0 * entry.getValue() / all)));
        return lines;
    }

    private static String place(RecordedEvent event) {
        if (event.getStackTrace() != null) {
            for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                String type = frame.getMethod().getType().getName();
                for (Map.Entry<String, String> place : PLACES.entrySet()) {
                    if (type.startsWith(place.getKey())) {
                        return place.getValue();
                    }
                }
            }
        }
        return "the JVM";
    }
}
