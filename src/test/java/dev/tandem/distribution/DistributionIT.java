package dev.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.distribution.Unpacked.Ended;
import dev.tandem.endtoend.Bench;
import dev.tandem.endtoend.Children;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with the archive: unpack, set, start; from anywhere, and where nothing may be written. */
class DistributionIT {
    @TempDir
    Path temporary;

    @Test
    void unpacked_with_its_settings_beside_it_it_runs_from_any_directory() throws Exception {
        Unpacked tandem = Unpacked.in(temporary.resolve("a place with spaces"));
        Unpacked.given(tandem.directory);
        Path elsewhere = Unpacked.given(temporary.resolve("elsewhere"));
        try (Bench bench = new Bench(temporary)) {
            bench.primero.worker().newCase(Children.of("Dara", "Example"));
            bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
            Unpacked.lines(tandem.directory.resolve("primero-password"), "synthetic-password");
            Path settings = tandem.directory.resolve("application.properties");
            String shipped = Files.readString(settings);
            int management = FreePort.any();
            Files.writeString(
                    settings,
                    shipped.replaceAll("(?m)^tandem.primero.url =$", "tandem.primero.url = " + bench.primero.url())
                            .replaceAll("(?m)^tandem.primero.user =$", "tandem.primero.user = tandem")
                            .replaceAll(
                                    "(?m)^tandem.primero.password-file =$",
                                    "tandem.primero.password-file = primero-password")
                            .replaceAll("(?m)^tandem.oscar.url =$", "tandem.oscar.url = " + bench.oscar.url())
                            .replaceAll("(?m)^tandem.oscar.user =$", "tandem.oscar.user = sync@example.org")
                            .replaceAll("(?m)^tandem.oscar.password-file =$", "tandem.oscar.password = secret")
                            .replaceAll("(?m)^#tandem.http.port = .*$", "tandem.http.port = " + FreePort.any())
                            .replaceAll(
                                    "(?m)^#tandem.management.port = .*$", "tandem.management.port = " + management));

            Ended init = tandem.command(elsewhere, "init", "--adopt");
            assertThat(init.code()).as(init.err()).isZero();
            assertThat(tandem.directory.resolve("data/tandem.mv.db")).exists();
            assertThat(tandem.directory.resolve("cache"))
                    .as("the first command has made the archive of classes")
                    .isDirectoryContaining(file -> file.toFile().length() > 10_000_000);

            Ended first = tandem.command(elsewhere, "status", "--json");
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(json(first).path("flows")).hasSize(2);

            Path log = temporary.resolve("service.log");
            Process service = tandem.begin(elsewhere, log, "run");
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> {
                    assertThat(service.isAlive()).as(() -> read(log)).isTrue();
                    return read(log).contains("Tandem runs");
                });
                Ended beside = tandem.command(elsewhere, "status", "--json");
                assertThat(beside.code()).as(beside.err()).isZero();
                assertThat(json(beside).path("flows")).hasSize(2);
                assertThat(beside.err()).doesNotContain("WARN");

                Path passphrase = elsewhere.resolve("passphrase");
                Unpacked.lines(passphrase, "a synthetic passphrase");
                Ended backup = tandem.command(elsewhere, "backup", "ledger.backup", "--passphrase-file", "passphrase");
                assertThat(backup.code()).as(backup.err()).isZero();
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(elsewhere.resolve("ledger.backup"))))
                        .isEqualTo("rw-------");
            } finally {
                service.destroy();
                assertThat(service.waitFor(90, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(service.exitValue()).as(read(log)).isZero();
            Path other = Unpacked.given(temporary.resolve("other"));
            Files.writeString(
                    other.resolve("application.properties"),
                    Files.readString(settings).replace("primero-password", tandem.directory + "/primero-password"));
            Ended restore = tandem.command(
                    other, "restore", "../elsewhere/ledger.backup", "--passphrase-file", "../elsewhere/passphrase");
            assertThat(restore.code()).as(restore.err()).isZero();
            assertThat(tandem.command(other, "status").code()).isZero();
        }
    }

    @Test
    void linked_to_and_read_only_it_works_in_the_current_directory() throws Exception {
        Unpacked tandem = Unpacked.in(temporary.resolve("opt"));
        Path home = Unpacked.given(temporary.resolve("a home"));
        Unpacked.lines(
                home.resolve("application.properties"),
                "tandem.primero.url = https://primero.example.org",
                "tandem.primero.user = tandem",
                "tandem.primero.password = synthetic-password",
                "tandem.oscar.url = https://oscar.example.org",
                "tandem.oscar.user = tandem@example.org",
                "tandem.oscar.password = synthetic-password");
        Path link = Files.createSymbolicLink(
                Files.createDirectories(temporary.resolve("bin")).resolve("tandem"),
                Path.of("../opt").resolve(tandem.directory.getFileName()).resolve("tandem"));

        Ended validate = tandem.command(home, Map.of(), link, "validate");
        assertThat(validate.code()).as(validate.out() + validate.err()).isZero();
        assertThat(tandem.directory.resolve("cache")).doesNotExist();

        // The routes and mappings that came with the program stand in for those that are not there; not for broken
        // ones.
        Files.createDirectories(home.resolve("mappings"));
        assertThat(tandem.command(home, Map.of(), link, "validate").code()).isEqualTo(2);

        Ended nowhere = tandem.command(temporary.resolve("bin"), Map.of(), link, "status");
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("there is no application.properties here", "tandem setup");
    }

    @Test
    void without_a_java_that_will_do_it_says_so() throws Exception {
        Unpacked tandem = Unpacked.in(temporary.resolve("opt"));
        Path old = Files.createDirectories(temporary.resolve("old/bin"));
        Files.writeString(old.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.22\" 2024-01-16' >&2\n");
        Files.setPosixFilePermissions(old.resolve("java"), PosixFilePermissions.fromString("rwxr-xr-x"));

        Ended tooOld = tandem.command(
                temporary,
                Map.of("JAVA_HOME", old.getParent().toString()),
                tandem.directory.resolve("tandem"),
                "validate");
        assertThat(tooOld.code()).isEqualTo(2);
        assertThat(tooOld.err()).contains("is Java 11.0.22. Tandem needs Java 17 or later");

        Ended wrong = tandem.command(
                temporary, Map.of("JAVA_HOME", "/no/such"), tandem.directory.resolve("tandem"), "validate");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("JAVA_HOME is /no/such, which has no bin/java");
    }

    @Test
    void both_archives_hold_the_same_and_nothing_of_the_build() throws Exception {
        Unpacked tandem = Unpacked.in(temporary.resolve("opt"));
        Set<String> unpacked = new TreeSet<>();
        try (var files = Files.walk(tandem.directory)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> unpacked.add(
                            tandem.directory.getParent().relativize(file).toString()));
        }
        Set<String> zipped = new TreeSet<>();
        try (ZipFile zip = new ZipFile(Unpacked.packed(".zip").toFile())) {
            zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> zipped.add(entry.getName()));
        }
        assertThat(zipped).isEqualTo(unpacked);
        String top = tandem.directory.getFileName().toString();
        assertThat(unpacked)
                .contains(
                        top + "/tandem",
                        top + "/tandem.cmd",
                        top + "/tandem.jar",
                        top + "/LICENSE",
                        top + "/NOTICE",
                        top + "/application.properties",
                        top + "/tandem.service",
                        top + "/compose.yaml",
                        top + "/docs/operate/README.md",
                        top + "/mappings/ownership.csv")
                .noneMatch(name -> name.contains("junit") || name.endsWith(".java"));
    }

    @Test
    void an_edited_file_that_the_release_does_not_change_is_kept() throws Exception {
        Unpacked tandem = Unpacked.in(temporary.resolve("opt"));
        Path lists = tandem.directory.resolve("mappings/code-lists/lists.csv");
        Files.writeString(lists, Files.readString(lists) + "\n");
        Path edited = tandem.directory.resolve("routes/errors.camel.yaml");
        Files.writeString(edited, "# ours\n" + Files.readString(edited));
        Ended check =
                tandem.command(tandem.directory.getParent(), "upgrade-check", tandem.directory.getFileName() + "/");
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out()).contains("changes no file that you do not have", "1 file is edited");
    }

    @Test
    void a_shell_completes_commands_and_options() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        Unpacked tandem = Unpacked.in(temporary.resolve("opt"));
        Path script = temporary.resolve("complete.bash");
        Unpacked.lines(
                script,
                "source '" + tandem.directory.resolve("completion/tandem.sh") + "'",
                "COMP_WORDS=(tandem dead-letters re); COMP_CWORD=2",
                "_complete_tandem; echo \"${COMPREPLY[@]}\"");
        Ended completed = tandem.command(temporary, Map.of(), Path.of("/bin/bash"), script.toString());
        assertThat(completed.out().strip()).as(completed.err()).isEqualTo("retry");
    }

    @Test
    void fish_completes_them_too() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/fish")), "there is no fish");
        Unpacked tandem = Unpacked.in(temporary.resolve("opt"));
        Ended completed = tandem.command(
                temporary,
                Map.of("HOME", Unpacked.given(temporary.resolve("home")).toString()),
                Path.of("/usr/bin/fish"),
                "-c",
                "source '" + tandem.directory.resolve("completion/tandem.fish")
                        + "'; complete -C 'tandem dead-letters re'");
        assertThat(completed.out()).as(completed.err()).startsWith("retry\t");
    }

    private static JsonNode json(Ended ended) throws IOException {
        return new ObjectMapper().readTree(ended.out());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
