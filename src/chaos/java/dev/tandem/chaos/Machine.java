package dev.tandem.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What this machine can do to a process. */
final class Machine {
    private static Boolean mounts;

    private Machine() {}

    static boolean canFakeTime() {
        return Files.isExecutable(Path.of("/usr/bin/faketime"));
    }

    static List<String> anHourFast() {
        return List.of("/usr/bin/faketime", "-f", "+1h");
    }

    /** Root alone does not say: a container's may not. */
    static synchronized boolean canMount() {
        if (mounts == null) {
            mounts = "root".equals(System.getProperty("user.name")) && hasMounted();
        }
        return mounts;
    }

    private static boolean hasMounted() {
        try {
            Path directory = Files.createTempDirectory("tandem-disk");
            try {
                return mount(directory, "64k") && unmount(directory);
            } finally {
                Files.delete(directory);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** @param size as {@code mount} takes it */
    static boolean mount(Path directory, String size) {
        return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    }

    static boolean unmount(Path directory) {
        return run("umount", "-l", directory.toString());
    }

    /** @return whether it ended well */
    private static boolean run(String... words) {
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
