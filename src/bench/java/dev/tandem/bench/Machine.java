package dev.tandem.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What the numbers were measured on. */
final class Machine {
    private Machine() {}

    static String inWords() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "Measured %s on %s; %d cores for all that runs (Tandem, both simulators, the database), load before it began"
                        + " %.1f; %s %s; Java %s (%s), heap of the driver up to %d MB; the remote latency is added by the"
                        + " simulators, over HTTP on the loopback address.",
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                processor(),
                system.getAvailableProcessors(),
                system.getSystemLoadAverage(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static String processor() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "a processor that does not say its name here";
        }
        try {
            return Files.readAllLines(info, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("an unnamed processor");
        } catch (IOException e) {
            return "an unnamed processor";
        }
    }
}
