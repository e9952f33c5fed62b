package dev.tandem.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The image, in a container under the restrictions and limits of {@code k8s/base/deployment.yaml}. It shares this machine's
 * network, so that it finds the simulators.
 */
final class ContainerLauncher implements Launcher {
    private final String image;
    private final Path home;
    private final String name = "tandem-" + UUID.randomUUID();

    /** @param home where routes and mappings are */
    ContainerLauncher(String image, Path home) {
        this.image = image;
        this.home = home;
    }

    @Override
    public List<String> command(Path directory) {
        shareWithTheContainersUser(directory);
        return Stream.of(
                        podman("run", "--rm", "--replace", "--name", name, "--network", "host"),
                        RESTRICTED,
                        List.of("--volume", directory + ":" + directory),
                        List.of("--volume", home.resolve("routes") + ":" + home.resolve("routes") + ":ro"),
                        List.of("--volume", home.resolve("mappings") + ":" + home.resolve("mappings") + ":ro"),
                        List.of(image))
                .flatMap(List::stream)
                .toList();
    }

    static final List<String> RESTRICTED = List.of(
            "--read-only",
            "--tmpfs=/tmp:rw,size=64m",
            "--user=10001:10001",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--pids-limit=300",
            "--memory=768m",
            "--cpus=1");

    static List<String> podman(String... arguments) {
        return Stream.concat(Stream.of("podman"), Stream.of(arguments)).toList();
    }

    @Override
    public String shown() {
        return "podman run " + image;
    }

    /** The signal is for what runs in the container; the process here only waits for it. */
    @Override
    public void kill(Process running) {
        try {
            new ProcessBuilder(podman("kill", "--signal", "KILL", name)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void shareWithTheContainersUser(Path directory) {
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
