package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import dev.tandem.settings.UnreachableSystems;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What routes can read of the ledger, and that they can change nothing. */
class ReportsDatabaseTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void a_route_reads_the_views_and_can_write_nothing(TestDatabase kind) throws Exception {
        Settings settings = settings(kind);
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {})) {
            opened.ledger().initialise("adopt", Optional.empty());
            try (Engine engine =
                    new Engine(settings, opened.ledger(), EditionLoader.load(settings, opened.ledger()), false)) {
                engine.start();
                opened.ledger()
                        .marks()
                        .mark(
                                "a-to-b",
                                List.of(Mark.hint(
                                        "record", opened.ledger().clock().now())));
                List<?> rows;
                try (var template = engine.context().createProducerTemplate()) {
                    rows = template.requestBody("jdbc:reports", "select flow, pending from ledger_status", List.class);
                }
                assertThat(new ObjectMapper().writeValueAsString(rows)).contains("a-to-b");

                DataSource reports = engine.context().getRegistry().lookupByNameAndType("reports", DataSource.class);
                try (var connection = reports.getConnection();
                        var statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.execute("delete from journal"))
                            .isInstanceOf(SQLException.class);
                }
            }
        }
    }

    /** What a route might send, on purpose or by a header that somebody else fills. */
    private static final List<String> ATTACKS = List.of(
            "delete from journal",
            "commit; delete from journal",
            "select 1; delete from journal",
            "select ';'; delete from journal",
            "select 1; commit; begin read write; delete from journal; commit",
            "select E'\\\\'; commit; delete from journal; --'",
            "select $a$;$a$; commit; delete from journal",
            "select 1 /* ; */; commit; delete from journal",
            "set session characteristics as transaction read write",
            "set transaction read write",
            "set transaction_read_only = off",
            "reset all",
            "set role none",
            "begin",
            "commit",
            "end",
            "abort",
            "do $$ begin delete from journal; end $$",
            "call x()",
            "{call x()}",
            "prepare p as delete from journal",
            "execute p",
            "with gone as (delete from journal returning *) select * from gone",
            "select * into stolen from effect_status",
            "select * from final table (delete from journal)",
            "explain analyze delete from journal",
            "truncate table journal",
            "drop view ledger_status cascade",
            "create table mine (a int)",
            "create temporary table mine (a int)",
            "create alias run as 'void run() {}'",
            "create user mine password 'x' admin",
            "alter user reports set password 'x'",
            "set password 'x'",
            "grant all on journal to reports",
            "shutdown",
            "script to '/tmp/tandem-script.sql'",
            "runscript from '/etc/passwd'",
            "copy journal to program 'cat'",
            "copy (select 1) to '/tmp/tandem-copy'",
            "lock table journal",
            "notify tandem",
            "vacuum",
            "select nextval('journal_id_seq')",
            "select set_config('transaction_read_only', 'off', false)",
            "values (set_config('transaction_read_only', 'off', true))",
            "select query_to_xml('delete from journal', true, true, '')",
            "select query_to_xml('commit', true, true, '')",
            "select * from dblink('dbname=postgres', 'delete from journal') as t(a text)",
            "select file_read('/etc/passwd')",
            "select * from csvread('/etc/passwd')",
            "call csvwrite('/tmp/tandem-csv', 'select 1')",
            "select csvwrite('/tmp/tandem-csv', 'select 1')",
            "select link_schema('X', '', 'jdbc:h2:mem:x', 'sa', '', 'PUBLIC')");

    /** Reads what only the ledger's own user may. */
    private static final List<String> PRYING = List.of(
            "select * from journal",
            "select * from snapshot",
            "select * from pg_authid",
            "select pg_read_file('/etc/passwd')",
            "select lo_import('/etc/passwd')",
            "select pg_terminate_backend(pg_backend_pid())::text || lo_import('/etc/passwd')");

    @ParameterizedTest
    @EnumSource
    void no_statement_breaks_out_though_the_ledgers_user_is_a_superuser(TestDatabase kind) throws Exception {
        breakOut(
                settings(kind), Stream.concat(ATTACKS.stream(), PRYING.stream()).toList());
    }

    @Test
    void a_superuser_as_the_reading_user_is_refused() throws Exception {
        Map<String, String> environment = environment(TestDatabase.POSTGRESQL);
        environment.put("TANDEM_REPORTS_USER", "postgres");
        Settings settings = settings(environment);
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {})) {
            DataSource reports = ReportsDatabase.of(settings.db(), opened.ledger());
            assertThatThrownBy(reports::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the user of tandem.reports.user is a superuser");
        }
    }

    @Test
    void replicas_that_start_together_are_not_in_each_others_way() throws Exception {
        int replicas = 8;
        Settings settings = settings(withAKeyOfItsOwn());
        ExecutorService threads = Executors.newFixedThreadPool(replicas);
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {})) {
            String role = "tandem_reports_" + opened.ledger().seal().currentKeyId();
            CyclicBarrier together = new CyclicBarrier(replicas);
            for (int round = 0; round < 5; round++) {
                try (var connection = opened.database().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("drop owned by " + role);
                    statement.execute("drop role " + role);
                }
                for (Future<Object> start : threads.invokeAll(Collections.nCopies(replicas, () -> {
                    together.await();
                    ReportsDatabase.prepare(settings.db(), opened.database(), opened.ledger());
                    return role;
                }))) {
                    start.get();
                }
                try (var connection = ReportsDatabase.of(settings.db(), opened.ledger())
                                .getConnection();
                        var statement = connection.createStatement()) {
                    statement.executeQuery("select flow from ledger_status");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void on_a_read_only_server_nothing_is_made_and_the_start_says_so(boolean hasALedger) throws Exception {
        Settings settings = settings(withAKeyOfItsOwn());
        String role = "tandem_reports_"
                + new Seal(settings.payload().obtain(warning -> {}).bytes(), Optional.empty()).currentKeyId();
        String there = "select (select count(*) from pg_roles where rolname = '" + role + "') || ' '"
                + " || (select count(*) from pg_class) || ' ' || (select count(*) from pg_namespace)";
        if (hasALedger) {
            OpenedLedger.open(settings, warning -> {}).close();
        }
        try (var owner = DriverManager.getConnection(settings.db().url(), "postgres", "");
                var statement = owner.createStatement()) {
            if (hasALedger) {
                statement.execute("drop owned by " + role);
                statement.execute("drop role " + role);
            }
            statement.execute("alter database " + owner.getCatalog() + " set default_transaction_read_only = on");
            String before = one(statement, there);
            assertThatThrownBy(() -> OpenedLedger.open(settings, warning -> {}))
                    .isInstanceOfSatisfying(OperationFailed.class, failed -> assertThat(failed)
                            .hasMessageContaining("is read-only")
                            .hasMessageContaining("at the primary"));
            assertThat(one(statement, there)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_user_of_their_own_reads_the_views_only(TestDatabase kind) throws Exception {
        Map<String, String> environment = environment(kind);
        if (kind == TestDatabase.POSTGRESQL) {
            String role = "reading" + System.nanoTime();
            try (var owner = DriverManager.getConnection(environment.get("TANDEM_DB_URL"), "postgres", "");
                    var statement = owner.createStatement()) {
                statement.execute("create role " + role + " login password 'x'");
            }
            environment.put("TANDEM_REPORTS_USER", role);
            environment.put("TANDEM_REPORTS_PASSWORD", "x");
        }
        breakOut(
                settings(environment),
                Stream.concat(ATTACKS.stream(), PRYING.stream()).toList());
    }

    private static void breakOut(Settings settings, List<String> attacks) throws Exception {
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {})) {
            opened.ledger().initialise("adopt", Optional.empty());
            try (var connection = opened.database().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(
                        "insert into journal (at, flow, record, event) values (current_timestamp, 'f', 'r', 'e')");
            }
            String before = state(opened);
            assertThat(before).doesNotStartWith("0 ");
            DataSource reports = ReportsDatabase.of(settings.db(), opened.ledger());
            assertThat(reports.toString()).doesNotContain("password");
            assertThatThrownBy(() -> reports.unwrap(DataSource.class)).isInstanceOf(SQLException.class);
            for (String attack : attacks) {
                try (var connection = reports.getConnection()) {
                    assertThatThrownBy(() -> execute(connection, attack), attack)
                            .isInstanceOf(SQLException.class);
                    connection.rollback();
                    assertThatThrownBy(() -> prepared(connection, attack), attack)
                            .isInstanceOf(SQLException.class);
                } catch (SQLException closed) {
                    assertThat(closed.getMessage()).as(attack).contains("closed");
                }
            }
            // Legal by itself; the next transaction is a read-only one all the same.
            try (var connection = reports.getConnection();
                    var statement = connection.createStatement()) {
                if (settings.db().isPostgresql()) {
                    statement.executeQuery("select set_config('default_transaction_read_only', 'off', false);");
                    connection.commit();
                    assertThatThrownBy(() -> execute(connection, "select * from work_item for update"))
                            .isInstanceOf(SQLException.class);
                    connection.rollback();
                    statement.executeQuery("select set_config('session_authorization', session_user, false)");
                    connection.commit();
                }
                assertThatThrownBy(() ->
                                execute(connection, "with x as (delete from journal returning 1) select 1 from x"))
                        .isInstanceOf(SQLException.class);
                connection.rollback();
            }
            assertThat(state(opened)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_driver_cannot_be_reached(TestDatabase kind) throws Exception {
        Settings settings = settings(kind);
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {});
                var connection =
                        ReportsDatabase.of(settings.db(), opened.ledger()).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select flow from ledger_status")) {
            assertThat(List.of(
                            statement.getConnection(),
                            rows.getStatement().getConnection(),
                            connection.getMetaData().getConnection()))
                    .allSatisfy(reached -> {
                        assertThat(reached.isWrapperFor(Connection.class)).isFalse();
                        assertThatThrownBy(() -> reached.unwrap(Connection.class))
                                .isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> reached.setReadOnly(false)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> reached.setAutoCommit(true)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> reached.prepareCall("select 1"))
                                .isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> reached.createArrayOf("text", new Object[0]))
                                .isInstanceOf(SQLException.class);
                    });
            assertThat(connection.isReadOnly() || kind == TestDatabase.H2).isTrue();
        }
    }

    private static void execute(Connection connection, String attack) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(attack);
            statement.addBatch(attack);
            statement.executeBatch();
            connection.commit();
        }
    }

    private static void prepared(Connection connection, String attack) throws SQLException {
        try (var statement = connection.prepareStatement(attack)) {
            statement.execute();
            connection.commit();
        }
    }

    /** How much there is that an attack could change. */
    private static String state(OpenedLedger opened) throws SQLException {
        try (var connection = opened.database().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select (select count(*) from journal) || ' '"
                        + " || (select count(*) from information_schema.tables)")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Roles are of the whole server: else others would have rights of the same one. */
    private Map<String, String> withAKeyOfItsOwn() {
        Map<String, String> environment = environment(TestDatabase.POSTGRESQL);
        byte[] key = new byte[32];
        new Random().nextBytes(key);
        environment.put("TANDEM_PAYLOAD_KEY", Base64.getEncoder().encodeToString(key));
        return environment;
    }

    private Settings settings(TestDatabase kind) {
        return settings(environment(kind));
    }

    private Settings settings(Map<String, String> environment) {
        return UnreachableSystems.settings(environment, directory);
    }

    private Map<String, String> environment(TestDatabase kind) {
        Map<String, String> environment = new HashMap<>();
        if (kind == TestDatabase.POSTGRESQL) {
            environment.put("TANDEM_DB_URL", TestDatabase.freshUrl().replaceAll("[?&]user=[^&]*", ""));
            environment.put("TANDEM_DB_USER", "postgres");
            environment.put("TANDEM_PAYLOAD_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        } else {
            environment.put(
                    "TANDEM_DB_URL",
                    "jdbc:h2:file:" + directory.resolve("ledger").toAbsolutePath());
        }
        return environment;
    }
}
