package dev.tandem.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What this machine can do to a process. */
final class Machine {
    private Machine() {}

    static boolean canFakeTime() {
        return Files.isExecutable(Path.of("/usr/bin/faketime"));
    }

    static List<String> anHourFast() {
        return List.of("/usr/bin/faketime", "-f", "+1h");
    }

    static boolean canMount() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/bin/mount"));
    }

    /** @return whether it ended well */
    static boolean run(String... words) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
