package dev.tandem.operation.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import dev.tandem.settings.SettingsTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sets up answers as people do: with slips. What is written in the end is right. */
class SetupTest {
    private static final String PASSWORD = "synthetic-password";

    @TempDir
    Path directory;

    private PrimeroSimulator primero;
    private OscarSimulator oscar;

    @BeforeEach
    void start() {
        primero = PrimeroSimulator.start();
        oscar = OscarSimulator.start();
    }

    @AfterEach
    void stop() {
        primero.close();
        oscar.close();
    }

    @Test
    void slips_are_told_at_once_and_what_is_written_is_right() throws IOException {
        Files.writeString(file(), SettingsTemplate.render(Map.of()));
        Typist typist = new Typist(
                "primero.example.org",
                primero.url() + "",
                "tandem",
                "wrong-password",
                "again",
                "",
                "",
                PASSWORD,
                "http://127.0.0.1:1",
                "sync@example.org",
                "secret",
                "",
                oscar.url() + "",
                "",
                "secret",
                "0 55 * * *",
                "0 55 * * * ?",
                "",
                "off",
                "",
                "");

        new Setup(typist, new SetupFiles(file(), false), false).run(Map.of(), Map.of());

        assertThat(typist.left()).isZero();
        assertThat(String.join("\n", typist.said))
                .contains(
                        "it does not begin with `https://`",
                        "primero refused the login: user or password is wrong",
                        "primero: signed in.",
                        "oscar did not answer as it should",
                        "oscar: signed in.",
                        "this looks like a Unix cron")
                .doesNotContain(PASSWORD, "wrong-password");
        Settings settings =
                SettingsReader.read(Optional.of(file()), Map.of(), directory).settings();
        assertThat(settings.primero().url()).hasToString(primero.url());
        assertThat(settings.primero().password().reveal()).isEqualTo(PASSWORD);
        assertThat(settings.oscar().user()).isEqualTo("sync@example.org");
        assertThat(settings.primero().schedule().isOff()).isTrue();
        assertThat(Files.readString(file())).doesNotContain(PASSWORD);
        try (Stream<Path> secrets = Files.list(directory.resolve("secrets"))) {
            assertThat(secrets.toList()).hasSize(2).allSatisfy(secret -> assertThat(rights(secret))
                    .isEqualTo("rw-------"));
        }
        assertThat(rights(file())).isEqualTo("rw-------");
    }

    @Test
    void without_anybody_to_ask_a_wrong_answer_ends_it_with_nothing_written() {
        OperationFailed refused = catchThrowableOfType(OperationFailed.class, () -> nobody(Map.of(), "wrong-password"));
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused)
                .hasMessageContaining("primero refused the login")
                .hasMessageContaining("Nothing was written");

        OperationFailed cron = catchThrowableOfType(
                OperationFailed.class, () -> nobody(Map.of("tandem.oscar.schedule", "hourly"), PASSWORD));
        assertThat(cron.exitCode()).isEqualTo(2);
        assertThat(cron).hasMessageContaining("is not a Quartz cron expression");

        OperationFailed unknown = catchThrowableOfType(
                OperationFailed.class, () -> nobody(Map.of("tandem.primero.password", "x"), PASSWORD));
        assertThat(unknown).hasMessageContaining("is a secret: name its file with --secret");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void what_is_there_is_replaced_only_if_it_is_said_and_then_kept() throws IOException {
        Files.writeString(file(), "tandem.workers = 3\n");
        OperationFailed there = catchThrowableOfType(OperationFailed.class, () -> nobody(Map.of(), PASSWORD));
        assertThat(there.exitCode()).isEqualTo(2);
        assertThat(there).hasMessageContaining("it was left alone");
        assertThat(file()).hasContent("tandem.workers = 3\n");

        new Setup(Dialog.NOBODY, new SetupFiles(file(), true), true)
                .run(given(Map.of("tandem.primero.user", "DOMAIN\\user")), secrets(PASSWORD));
        assertThat(directory.resolve("application.properties.before")).hasContent("tandem.workers = 3\n");
        assertThat(SettingsReader.read(Optional.of(file()), Map.of(), directory)
                        .settings()
                        .primero()
                        .user())
                .isEqualTo("DOMAIN\\user");
    }

    private void nobody(Map<String, String> more, String password) {
        new Setup(Dialog.NOBODY, new SetupFiles(file(), false), false).run(given(more), secrets(password));
    }

    private Map<String, String> given(Map<String, String> more) {
        Map<String, String> given = new TreeMap<>(Map.of(
                "tandem.primero.url",
                primero.url().toString(),
                "tandem.primero.user",
                "tandem",
                "tandem.oscar.url",
                oscar.url().toString(),
                "tandem.oscar.user",
                "sync@example.org"));
        given.putAll(more);
        return given;
    }

    private static Map<String, String> secrets(String password) {
        return Map.of("tandem.primero.password", password, "tandem.oscar.password", "secret");
    }

    private Path file() {
        return directory.resolve("application.properties");
    }

    private static String rights(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Types these lines, one after another. */
    private static final class Typist implements Dialog {
        private final Deque<String> lines;
        private final List<String> said = new ArrayList<>();

        Typist(String... lines) {
            this.lines = new ArrayDeque<>(List.of(lines));
        }

        int left() {
            return lines.size();
        }

        @Override
        public Optional<String> ask(String question) {
            said.add(question);
            return Optional.of(lines.remove());
        }

        @Override
        public Optional<String> askSecretly(String question) {
            return ask(question);
        }

        @Override
        public void say(String sentence) {
            said.add(sentence);
        }
    }
}
