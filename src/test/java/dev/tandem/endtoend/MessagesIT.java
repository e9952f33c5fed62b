package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.endtoend.PackagedJar.Ended;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator reads when something is wrong, from the packaged jar: the exit code of the interface, what is wrong, where,
 * and what to do; never a stack trace.
 */
class MessagesIT {
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private PrimeroSimulator primero;
    private OscarSimulator oscar;
    private PackagedJar tandem;

    @BeforeEach
    void start() {
        primero = PrimeroSimulator.start();
        oscar = OscarSimulator.start();
        primero.worker().newCase(Children.of("Somebody", "Else"));
        oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        tandem = new PackagedJar(directory);
        settings("synthetic-password", "");
    }

    @AfterEach
    void stop() {
        primero.close();
        oscar.close();
    }

    @Test
    void every_wrong_setting_is_named_at_once_with_its_line_and_a_remedy() {
        tandem.settings("""
                tandem.primero.url = %s
                tandem.primero.usr = tandem
                tandem.oscar.url = %s
                tandem.oscar.user = sync@example.org
                tandem.oscar.password = secret
                tandem.retry.min = soon
                tandem.primero.schedule = every hour
                """.formatted(primero.url(), oscar.url()));

        Ended ended = run("status");

        plain(ended, 2);
        assertThat(ended.err())
                .contains("application.properties:2", "tandem.primero.usr", "did you mean tandem.primero.user?")
                .contains("tandem.primero.password", "it is not set", "TANDEM_PRIMERO_PASSWORD")
                .contains("application.properties:6", "tandem.retry.min", "10s")
                .contains("application.properties:7", "tandem.primero.schedule")
                .doesNotContain("secret");
    }

    @Test
    void without_a_ledger_nothing_runs_and_both_ways_to_make_one_are_told_apart() {
        for (String command : new String[] {"run", "sync", "status"}) {
            Ended ended = run(command);
            plain(ended, 2);
            assertThat(ended.err())
                    .contains("no ledger", "tandem init --since", "tandem init --adopt", "tandem init --recover");
        }
        assertThat(oscar.calls().total() + primero.calls().total()).isZero();
    }

    @Test
    void a_wrong_password_costs_one_call_and_is_told_with_what_to_do() {
        settings("another-password", "");

        Ended first = run("init", "--adopt");
        Ended second = run("init", "--adopt");

        for (Ended ended : new Ended[] {first, second}) {
            plain(ended, 4);
            assertThat(ended.err())
                    .contains("primero refused the login", "tandem.primero.user")
                    .doesNotContain("another-password");
        }
        assertThat(primero.calls().total()).isEqualTo(1);

        // Changed credentials open the gate by themselves.
        settings("synthetic-password", "");
        assertThat(run("init", "--adopt").code()).isZero();
        settings("another-password", "");
        long calls = primero.calls().total();
        Ended sync = run("sync", "--wait", "5s");
        assertThat(sync.code()).isEqualTo(4);
        assertThat(sync.out()).contains("primero refused the login", "reopen primero");
        assertThat(primero.calls().total()).isEqualTo(calls + 1);
        run("sync", "--wait", "5s");
        assertThat(primero.calls().total()).isEqualTo(calls + 1);
    }

    @Test
    void a_system_that_cannot_be_reached_is_named_and_reports_are_json_where_asked() throws Exception {
        oscar.server().down();
        Ended init = run("init", "--adopt");
        plain(init, 4);
        assertThat(init.err()).contains("oscar refused the connection", "tandem.oscar.url", "No ledger was made");
        oscar.server().up();
        plain(run("init", "--adopt"), 0);

        oscar.server().down();
        Ended sync = run("sync", "--wait", "2s");
        assertThat(sync.code()).isEqualTo(4);
        assertThat(sync.out()).contains("the sweep of oscar ended early: oscar refused the connection");
        assertThat(sync.err()).doesNotContain("\tat ");
        oscar.server().up();

        Ended json = run("sync", "--wait", "2s", "--json");
        assertThat(json.code()).isZero();
        JsonNode report = new ObjectMapper().readTree(json.out());
        assertThat(report.path("exitCode").asInt()).isZero();
        assertThat(report.path("sweeps")).hasSize(2);
        JsonNode status = new ObjectMapper().readTree(run("status", "--json").out());
        assertThat(status.path("flows")).hasSize(2);
        assertThat(status.path("gates").get(0).path("open").asBoolean()).isTrue();

        plain(run("init", "--adopt"), 2);
    }

    @Test
    void each_fault_in_lists_mappings_and_routes_has_its_file_its_line_and_what_to_do() {
        plain(run("init", "--adopt"), 0);
        String genders = tandem.read("mappings/code-lists/genders.csv");
        tandem.write("mappings/code-lists/genders.csv", genders + "male,male,both,\n");
        String risks = tandem.read("mappings/code-lists/risk-levels.csv");
        tandem.write("mappings/code-lists/risk-levels.csv", risks.replaceFirst("note", "remark"));
        tandem.write("mappings/oscar-to-primero/ids.jslt", "{\n  \"oscar_number\": (.\n}\n");

        Ended sync = run("sync");
        plain(sync, 2);
        assertThat(sync.err())
                .contains("The routes and mappings cannot be used")
                .containsPattern("code-lists/genders\\.csv:9:1: the key of line 2 again.*\\(give one .*\\)")
                .containsPattern("code-lists/risk-levels\\.csv:1.*remark")
                .containsPattern("oscar-to-primero/ids\\.jslt:[0-9]+:[0-9]+: ");

        tandem.write("mappings/code-lists/genders.csv", genders);
        tandem.write("mappings/code-lists/risk-levels.csv", risks);
        tandem.write("mappings/oscar-to-primero/ids.jslt", "{}\n");
        tandem.write(
                "routes/read-case.camel.yaml",
                tandem.read("routes/read-case.camel.yaml").replaceFirst("setBody:", "setBdy:"));
        tandem.write(
                "routes/check-owner.camel.yaml",
                tandem.read("routes/check-owner.camel.yaml").replaceFirst("ref: owners", "ref: ownerz"));
        Ended broken = run("sync");
        plain(broken, 2);
        assertThat(broken.err())
                .contains("The routes and mappings cannot be used")
                .containsPattern("read-case\\.camel\\.yaml:1[0-9]");
        assertThat(broken.err()).contains("validate");
    }

    @Test
    void a_database_that_another_process_holds_is_told_as_that() throws Exception {
        plain(run("init", "--adopt"), 0);
        try (Connection held = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("data/tandem"))) {
            assertThat(held.isValid(1)).isTrue();
            Ended run = run("run");
            plain(run, 4);
            assertThat(run.err()).contains("Another Tandem has this database", "stop it first");
            Ended status = run("status");
            plain(status, 4);
            assertThat(status.err()).contains("Another Tandem has this database", "Try again");
        }
    }

    @Test
    void wrong_usage_is_answered_with_what_was_meant() {
        Ended unknown = run("snyc");
        plain(unknown, 2);
        assertThat(unknown.err()).contains("sync", "--help");
        Ended both = run("sync", "--full", "--since", "2026-03-01T00:00:00Z");
        plain(both, 2);
        Ended none = run("init");
        plain(none, 2);
        assertThat(none.err()).contains("--since", "--adopt", "--recover");
        Ended flow = run("sync", "--flow", "primero");
        plain(flow, 2);
        assertThat(flow.err()).contains("such as primero-to-oscar");
        Ended file = run("status", "--settings", "nowhere.properties");
        plain(file, 2);
        assertThat(file.err()).contains("nowhere.properties", "cannot be read");
    }

    private void settings(String password, String more) {
        tandem.settings("""
                tandem.primero.url = %s
                tandem.primero.user = tandem
                tandem.primero.password = %s
                tandem.oscar.url = %s
                tandem.oscar.user = sync@example.org
                tandem.oscar.password = secret
                tandem.retry.min = 1s
                tandem.retry.max = 2s
                %s
                """.formatted(primero.url(), password, oscar.url(), more));
    }

    private Ended run(String... command) {
        return tandem.run(AT_MOST, command);
    }

    private static void plain(Ended ended, int code) {
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(code);
        assertThat(ended.err()).doesNotContain("\tat ", "Exception", "defect");
        assertThat(ended.errLines()).as(ended.err()).hasSizeLessThan(30);
    }
}
