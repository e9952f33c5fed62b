package dev.tandem.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFaultsTest {
    @TempDir
    Path directory;

    @Test
    void all_faults_are_told_at_once_each_with_its_place_and_remedy() throws Exception {
        Files.writeString(directory.resolve("application.properties"), """
                # a comment
                tandem.primero.url = https://primero.example.org
                tandem.primero.shedule = 0 0 * * * ?
                tandem.lease = 15 minutes
                """);

        WrongSettings wrong = catchThrowableOfType(
                WrongSettings.class,
                () -> SettingsReader.read(
                        Optional.empty(), Map.of("TANDEM_WORKERS", "0", "TANDEM_OSCAR_USER", "tandem"), directory));

        String file = directory.resolve("application.properties").toString();
        assertThat(wrong.faults())
                .extracting(Fault::where, Fault::setting)
                .containsExactlyInAnyOrder(
                        tuple(file + ":3", "tandem.primero.shedule"),
                        tuple(file + ":4", "tandem.lease"),
                        tuple("TANDEM_WORKERS", "tandem.workers"),
                        tuple(file, "tandem.primero.user"),
                        tuple(file, "tandem.primero.password"),
                        tuple(file, "tandem.oscar.url"),
                        tuple(file, "tandem.oscar.password"));
        assertThat(wrong)
                .hasMessageStartingWith("7 faults in the settings:\n")
                .hasMessageContaining(file + ":3: tandem.primero.shedule\n    there is no such setting\n"
                        + "    -> did you mean tandem.primero.schedule?")
                .hasMessageContaining("TANDEM_PRIMERO_PASSWORD_FILE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tandem.primero.shedule        | did you mean tandem.primero.schedule?
            tandem.oscar.ngos             | did you mean tandem.ngos?
            tandem.primero.workers        | did you mean tandem.workers?
            tandem.oscar.retry.attempts   | did you mean tandem.retry.attempts?
            tandem.smtp.host              | did you mean tandem.notices.smtp.host?
            tandem.timeout                | did you mean tandem.call-timeout?
            tandem.callTimeout            | did you mean tandem.call-timeout?
            tandem.oscar.max.calls        | did you mean tandem.oscar.max-calls?
            tandem.webhook.secret         | did you mean tandem.oscar.webhook.secret or tandem.primero.webhook.secret?
            tandem.colour-of-the-button   | remove it; docs/reference/settings.md lists all there are
            """)
    void a_name_that_does_not_exist_is_told_with_the_one_that_was_probably_meant(String name, String remedy) {
        assertThat(new Given(directory).set(name, "x").faults())
                .extracting(Fault::remedy)
                .containsExactly(remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tandem.primero.url        | ftp://primero.example.org      | does not begin with
            tandem.primero.url        | https://primero.example.org/   | ends with a slash
            tandem.primero.url        | https:///api                   | names no host
            tandem.primero.url        | https://primero.example.org?x=1 | has a `?` or `#` part
            tandem.primero.url        | https://u:hidden@example.org   | holds a user or password
            tandem.primero.url        | https://exa mple.org           | is not an address
            tandem.primero.url        | https://example.org:70000      | port is out of range
            tandem.primero.url        | https://oscar.example.org:443/p | same server as tandem.primero.url
            tandem.primero.schedule   | 0 * * * *                      | not a Quartz cron
            tandem.primero.schedule   | 0 0 * * * *                    | not a Quartz cron
            tandem.primero.schedule   | 0 0 0 1 1 ? 2001               | never comes round again
            tandem.primero.schedule   | never                          | not a Quartz cron
            tandem.primero.mark-synced | yes                           | not one of its values
            tandem.oscar.second-ngo   | drop                           | not one of its values
            tandem.oscar.lost-answer  | ignore                         | not one of its values
            tandem.oscar.max-calls    | many                           | is not a number
            tandem.retry.attempts     | 0                              | is out of range
            tandem.retry.min          | 0s                             | not a duration above zero
            tandem.retry.min          | 10                             | not a duration above zero
            tandem.retry.min          | 2h                             | shorter than tandem.retry.min
            tandem.call-timeout       | 16m                            | shorter than tandem.call-timeout
            tandem.http.port          | 70000                          | is out of range
            tandem.http.port          | 9876                           | same as tandem.http.port
            tandem.http.allowed-hosts | http://example.org             | not a host name
            tandem.db.url             | jdbc:mysql://db/tandem         | no address of PostgreSQL
            tandem.db.url             | jdbc:h2:tandem                 | names no file of an embedded H2
            tandem.db.url             | jdbc:h2:tcp://db/tandem        | names no file of an embedded H2
            tandem.db.url             | jdbc:postgresql://db/t?user=a&password=hidden | holds a password
            tandem.db.url             | jdbc:postgresql://db/tandem    | on PostgreSQL it must be
            tandem.payload.key        | c2hvcnQ=                       | not a key of 32 bytes
            tandem.admin.user         | admin                          | tandem.admin.password is not
            tandem.admin.password     | hidden                         | tandem.admin.user is not
            """)
    void one_wrong_setting_is_one_fault(String name, String text, String problem) {
        List<Fault> faults = new Given(directory).set(name, text).faults();

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.problem()).contains(problem);
            assertThat(fault.where()).matches(".*application\\.properties:[0-9]+");
            assertThat(fault.remedy()).isNotBlank();
            assertThat(fault.text()).doesNotContain("hidden");
        });
    }

    @Test
    void both_ports_left_to_the_machine_are_one_server_and_so_a_fault() {
        assertThat(new Given(directory)
                        .set("tandem.http.port", "0")
                        .set("tandem.management.port", "0")
                        .faults())
                .singleElement()
                .extracting(Fault::setting)
                .isEqualTo("tandem.management.port");
    }

    @Test
    void a_unix_cron_is_recognised() {
        assertThat(new Given(directory)
                        .set("tandem.oscar.schedule", "0 * * * *")
                        .faults())
                .singleElement()
                .extracting(Fault::remedy)
                .asString()
                .startsWith("this looks like a Unix cron");
    }

    @Test
    void an_address_that_kubernetes_put_into_a_port_is_explained() {
        assertThat(new Given(directory)
                        .variable("TANDEM_HTTP_PORT", "tcp://10.0.0.1:8080")
                        .faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.where()).isEqualTo("TANDEM_HTTP_PORT");
                    assertThat(fault.remedy()).contains("enableServiceLinks");
                });
    }

    @Test
    void a_setting_written_twice_is_a_fault_at_the_second() throws Exception {
        Files.writeString(directory.resolve("two"), "tandem.workers=1\n\ntandem.workers=2\n");

        WrongSettings wrong = catchThrowableOfType(
                WrongSettings.class,
                () -> SettingsReader.read(Optional.of(directory.resolve("two")), Map.of(), directory));

        assertThat(wrong.faults())
                .filteredOn(fault -> fault.setting().equals("tandem.workers"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.where()).endsWith("two:3");
                    assertThat(fault.problem()).contains("line 1");
                });
    }

    @Test
    void two_settings_files_are_a_fault() throws Exception {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config/application.properties"), "");

        assertThat(new Given(directory).faults())
                .singleElement()
                .extracting(Fault::problem)
                .isEqualTo("there are two of them");
    }

    @ParameterizedTest
    @CsvSource({"missing, cannot be read", "latin1, is not UTF-8", "escape, four hexadecimal digits"})
    void a_file_that_cannot_be_read_is_a_fault(String name, String problem) throws Exception {
        Files.write(directory.resolve("latin1"), new byte[] {'a', '=', (byte) 0xe9, '\n'});
        Files.writeString(directory.resolve("escape"), "a=\\u12\n");

        WrongSettings wrong = catchThrowableOfType(
                WrongSettings.class,
                () -> SettingsReader.read(Optional.of(directory.resolve(name)), Map.of(), directory));

        assertThat(wrong.faults().get(0).problem()).contains(problem);
    }

    @Test
    void a_secret_whose_file_cannot_be_read_is_one_fault_that_does_not_quote_what_may_be_the_secret() {
        assertThat(new Given(directory)
                        .without("tandem.oscar.password")
                        .set("tandem.oscar.password-file", Given.PASSWORD)
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.text())
                        .contains("tandem.oscar.password-file", "it is not there: set the path of a file")
                        .doesNotContain(Given.PASSWORD));
    }

    @Test
    void a_wrong_directory_or_file_is_one_fault_and_not_one_for_each_setting() {
        WrongSettings nowhere = catchThrowableOfType(
                WrongSettings.class, () -> SettingsReader.read(Optional.empty(), Map.of("PATH", "/bin"), directory));
        assertThat(nowhere.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.where()).isEqualTo(directory.toAbsolutePath().toString());
            assertThat(fault.remedy()).contains("--settings", "tandem setup");
        });

        Path missing = directory.resolve("missing");
        WrongSettings unreadable = catchThrowableOfType(
                WrongSettings.class, () -> SettingsReader.read(Optional.of(missing), Map.of(), directory));
        assertThat(unreadable.faults()).singleElement().satisfies(fault -> assertThat(fault.where())
                .isEqualTo(missing.toString()));
    }
}
