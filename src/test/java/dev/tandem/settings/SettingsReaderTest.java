package dev.tandem.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    Path directory;

    @Test
    void what_is_not_set_has_its_default() {
        Settings settings = new Given(directory).read().settings();

        assertThat(settings.primero().schedule().cron()).contains("0 0 * * * ?");
        assertThat(settings.primero().maxCalls()).isEqualTo(3);
        assertThat(settings.primero().webhookSecret()).isEmpty();
        assertThat(settings.oscar().secondNgo()).isEqualTo(OscarSettings.SecondNgo.SEND);
        assertThat(settings.oscar().lostAnswer()).isEqualTo(OscarSettings.LostAnswer.RESEND);
        assertThat(settings.oscar().lostAnswerWait()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.oscar().feedTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.oscar().fullOnEvent()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.db().url()).isEqualTo("jdbc:h2:file:./data/tandem");
        assertThat(settings.work().callTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.work().lease()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.work().journalRetention()).isEqualTo(Duration.ofDays(400));
        assertThat(settings.work().retry())
                .isEqualTo(new Settings.Retry(12, Duration.ofSeconds(10), Duration.ofHours(1)));
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.http().managementPort()).isEqualTo(9876);
        assertThat(settings.directories())
                .isEqualTo(
                        new Settings.Directories(Path.of("routes"), Path.of("mappings"), Duration.ofSeconds(2), false));
    }

    @Test
    void a_variable_goes_before_the_file_and_an_empty_one_does_not() {
        Settings settings = new Given(directory)
                .set("tandem.oscar.second-ngo", "send")
                .variable("TANDEM_OSCAR_SECOND_NGO", "park")
                .set("tandem.workers", "4")
                .variable("TANDEM_WORKERS", "")
                .read()
                .settings();

        assertThat(settings.oscar().secondNgo()).isEqualTo(OscarSettings.SecondNgo.PARK);
        assertThat(settings.work().workers()).isEqualTo(4);
    }

    @Test
    void the_settings_file_may_name_the_file_of_a_secret_from_where_it_is() throws Exception {
        Files.writeString(directory.resolve("primero-password"), "from-the-file\n");
        Given given = new Given(directory)
                .without("tandem.primero.password")
                .set("tandem.primero.password-file", "primero-password");

        assertThat(given.read().settings().primero().password().reveal()).isEqualTo("from-the-file");
        assertThat(given.variable("TANDEM_PRIMERO_PASSWORD", "from-the-variable")
                        .read()
                        .settings()
                        .primero()
                        .password()
                        .reveal())
                .isEqualTo("from-the-variable");
    }

    @Test
    void a_secret_that_is_set_twice_in_the_file_or_whose_file_is_not_there_is_a_fault() {
        assertThat(new Given(directory)
                        .set("tandem.primero.password-file", "primero-password")
                        .faults())
                .extracting(Fault::setting, Fault::problem)
                .containsExactly(tuple("tandem.primero.password-file", "it is set, and tandem.primero.password too"));
        assertThat(new Given(directory)
                        .without("tandem.oscar.password")
                        .set("tandem.oscar.password-file", "no-such-file")
                        .faults())
                .extracting(Fault::setting)
                .contains("tandem.oscar.password-file");
    }

    @Test
    void a_secret_may_lie_in_a_file_of_its_own() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "from-the-file\n");

        Settings settings = new Given(directory)
                .variable("TANDEM_PRIMERO_PASSWORD_FILE", file.toString())
                .read()
                .settings();

        assertThat(settings.primero().password().reveal()).isEqualTo("from-the-file");
    }

    @Test
    void a_secret_given_twice_or_from_a_file_that_is_not_there_is_a_fault() {
        assertThat(new Given(directory)
                        .variable("TANDEM_OSCAR_PASSWORD", "one")
                        .variable(
                                "TANDEM_OSCAR_PASSWORD_FILE",
                                directory.resolve("absent").toString())
                        .faults())
                .extracting(Fault::where, Fault::problem)
                .containsExactly(
                        tuple("TANDEM_OSCAR_PASSWORD and TANDEM_OSCAR_PASSWORD_FILE", "both are set"),
                        tuple("TANDEM_OSCAR_PASSWORD_FILE", "the file it names cannot be read"));
    }

    @Test
    void the_environment_alone_is_enough() {
        Map<String, String> variables = Map.of(
                "TANDEM_PRIMERO_URL", "https://primero.example.org/app",
                "TANDEM_PRIMERO_USER", "tandem",
                "TANDEM_PRIMERO_PASSWORD", "p",
                "TANDEM_OSCAR_URL", "https://oscar.example.org",
                "TANDEM_OSCAR_USER", "tandem",
                "TANDEM_OSCAR_PASSWORD", "p");

        Loaded loaded = SettingsReader.read(Optional.empty(), variables, directory);

        assertThat(loaded.file()).isEmpty();
        assertThat(loaded.settings().primero().url()).hasToString("https://primero.example.org/app");
    }

    @Test
    void the_file_in_config_or_the_one_named_by_a_variable_is_found() throws Exception {
        Given given = new Given(directory);
        given.read();
        Path config = Files.createDirectories(directory.resolve("config")).resolve("application.properties");
        Files.move(given.file(), config);

        assertThat(SettingsReader.read(Optional.empty(), Map.of(), directory).file())
                .contains(config);
        assertThat(SettingsReader.read(
                                Optional.empty(), Map.of("TANDEM_SETTINGS", config.toString()), Path.of("nowhere"))
                        .file())
                .contains(config);
    }

    @Test
    void a_file_from_a_spreadsheet_or_windows_editor_is_read() throws Exception {
        Path file = new Given(directory).read().file().orElseThrow();
        String content = "\uFEFF" + Files.readString(file).replace("\n", "\r\n")
                + "tandem.http.allowed-hosts = a.example.org, \\\r\n    B.example.org:8443\r\n";
        Files.writeString(file, content);

        assertThat(SettingsReader.read(Optional.of(file), Map.of(), directory)
                        .settings()
                        .http()
                        .allowedHosts())
                .containsExactlyInAnyOrder("a.example.org", "b.example.org:8443");
    }

    @Test
    void settings_of_camel_and_of_routes_of_ones_own_are_left_alone() {
        assertThat(new Given(directory)
                        .set("camel.main.name", "x")
                        .set("my.own", "y")
                        .read()
                        .warnings())
                .isEmpty();
    }

    @Test
    void an_unknown_variable_is_a_warning_and_those_of_kubernetes_are_one() {
        assertThat(new Given(directory)
                        .variable("TANDEM_PRIMERO_USERNAME", "x")
                        .variable("TANDEM_PRIMERO_URL_FILE", "/x")
                        .variable("TANDEM_SERVICE_HOST", "10.0.0.1")
                        .variable("TANDEM_PORT_8080_TCP_ADDR", "10.0.0.1")
                        .read()
                        .warnings())
                .containsExactly(
                        "The variable TANDEM_PRIMERO_URL_FILE is no setting and is ignored."
                                + " Only secrets can be given as a file.",
                        "The variable TANDEM_PRIMERO_USERNAME is no setting and is ignored."
                                + " Did you mean TANDEM_PRIMERO_USER?",
                        "Ignored, probably set by Kubernetes for a Service:"
                                + " TANDEM_PORT_8080_TCP_ADDR, TANDEM_SERVICE_HOST.");
    }

    @Test
    void a_password_sent_in_clear_is_a_warning_except_on_loopback() {
        assertThat(new Given(directory)
                        .set("tandem.primero.url", "http://primero.example.org")
                        .set("tandem.oscar.url", "http://127.0.0.1:3000")
                        .read()
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("tandem.primero.url begins with http://");
    }

    @Test
    void no_secret_is_printed_or_offered_to_routes() {
        Settings settings = new Given(directory)
                .set("tandem.primero.webhook.secret", Given.PASSWORD)
                .set("tandem.payload.key", PayloadKey.random().base64())
                .read()
                .settings();
        String key = settings.payload().key().orElseThrow().base64();

        assertThat(settings.toString()).doesNotContain(Given.PASSWORD, key);
        assertThat(settings.placeholders().toString()).doesNotContain(Given.PASSWORD, key, "tandem@example.org");
        assertThat(settings.placeholders())
                .doesNotContainKeys("tandem.primero.user", "tandem.primero.password", "tandem.db.url");
    }

    @Test
    void a_schedule_that_is_off_becomes_a_cron_that_quartz_accepts_and_a_flag() {
        Map<String, String> placeholders = new Given(directory)
                .set("tandem.oscar.schedule", "off")
                .set("tandem.primero.webhook.secret", "synthetic-secret-of-primero")
                .read()
                .settings()
                .placeholders();

        assertThat(placeholders)
                .containsEntry("tandem.oscar.schedule", "0 0 0 1 1 ? 2099")
                .containsEntry("tandem.oscar.schedule.enabled", "false")
                .containsEntry("tandem.primero.full-schedule.enabled", "true")
                .containsEntry("tandem.primero.webhook.enabled", "true")
                .containsEntry("tandem.oscar.webhook.enabled", "false")
                .containsEntry("tandem.http.allowed-hosts", "")
                .containsEntry("tandem.primero.url", "https://primero.example.org");
    }

    @Test
    void a_further_system_is_whatever_a_file_or_a_variable_names() {
        Settings settings = new Given(directory)
                .set("tandem.system.registry.url", "https://registry.example.org")
                .variable("TANDEM_SYSTEM_REGISTRY_TOKEN", Given.PASSWORD)
                .variable("TANDEM_SYSTEM_ARCHIVE_URL", "https://archive.example.org")
                .read()
                .settings();

        assertThat(settings.systems()).extracting(SystemSettings::name).containsExactly("archive", "registry");
        assertThat(settings.systems().get(1).token()).map(Secret::reveal).contains(Given.PASSWORD);
        assertThat(settings.placeholders())
                .containsEntry("tandem.system.registry.url", "https://registry.example.org")
                .containsEntry("tandem.system.registry.schedule.enabled", "false")
                .doesNotContainKey("tandem.system.registry.token");
        assertThat(settings.toString() + settings.placeholders()).doesNotContain(Given.PASSWORD);
    }

    @Test
    void a_further_system_has_an_address_of_its_own_and_one_way_to_sign_in() {
        assertThat(new Given(directory)
                        .set("tandem.system.registry.url", "https://primero.example.org:443/registry")
                        .set("tandem.system.registry.user", "tandem")
                        .set("tandem.system.registry.password", Given.PASSWORD)
                        .set("tandem.system.registry.token", Given.PASSWORD)
                        .set("tandem.system.registry.tokn", Given.PASSWORD)
                        .set("tandem.system.archive.user", "tandem")
                        .faults())
                .extracting(Fault::setting)
                .containsExactlyInAnyOrder(
                        "tandem.system.registry.url",
                        "tandem.system.registry.token",
                        "tandem.system.registry.tokn",
                        "tandem.system.archive.url",
                        "tandem.system.archive.user");
    }
}
