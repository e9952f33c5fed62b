package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.PgBouncer;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.Operations;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.http.PrivateCa;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user who owns nothing but its schema, a pooler, TLS, few connections: a real PostgreSQL and a real PgBouncer. */
class PostgresqlAsPeopleHaveItTest {
    private static final String PASSWORD = "synthetic-password";

    @TempDir
    Path directory;

    private final String url = TestDatabase.freshUrl().replaceFirst("[?].*", "");
    /** Roles are the whole server's: each test has its own. */
    private final String user = url.replaceFirst(".*/(t[0-9a-f]{12}).*", "$1");

    private Bench bench;

    @BeforeEach
    void begin() {
        bench = new Bench(directory)
                .onPostgresql()
                .with("tandem.db.url", url)
                .with("tandem.db.user", user)
                .with("tandem.db.password", PASSWORD)
                .with("tandem.http.port", String.valueOf(FreePort.any()))
                .with("tandem.management.port", String.valueOf(FreePort.any()));
        run("create role " + user + " login password '" + PASSWORD + "'");
        run("revoke create on schema public from public");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void run(String sql) {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String sql) {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PgBouncer pooler(String mode, Map<String, String> options) {
        Path own = directory.resolve("pooler");
        try {
            Files.createDirectories(own);
            // The pooler runs as another user.
            for (Path above = own; above.startsWith(directory); above = above.getParent()) {
                above.toFile().setExecutable(true, false);
                above.toFile().setReadable(true, false);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new PgBouncer(own, mode, url, Map.of(user, PASSWORD), options);
    }

    private OperationFailed refused() {
        return catchThrowableOfType(OperationFailed.class, bench::adopt);
    }

    private void aReferralReachesTheNgoByAService() {
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        var worker = bench.primero.worker();
        String caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
        bench.adopt();
        try (Operations service = bench.open()) {
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(service::run);
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                assertThat(running).isNotCompleted();
                return bench.oscar.checks().referrals("cif").size() == 1;
            });
            service.stop();
            assertThat(running).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(0);
        }
        bench.syncInFull();
        assertThat(bench.oscar.checks().referrals("cif")).hasSize(1);
    }

    @Test
    void a_service_works_behind_a_pooler_in_session_mode_in_a_schema_that_it_makes_itself() {
        run("grant create on database " + url.replaceFirst(".*/([^/?]+).*", "$1") + " to " + user);
        try (PgBouncer pooler = pooler("session", Map.of())) {
            bench.with("tandem.db.url", pooler.url()).with("tandem.db.schema", "tandem");
            aReferralReachesTheNgoByAService();
        }
        assertThat(count("select count(*) from tandem.work_item")).isPositive();
        assertThat(count("select count(*) from pg_tables where schemaname = 'public'"))
                .isZero();
    }

    @Test
    void a_service_works_behind_a_pooler_in_transaction_mode_with_few_sessions_of_the_server() {
        run("create schema tandem authorization " + user);
        run("alter role " + user + " set search_path = tandem");
        try (PgBouncer pooler = pooler("transaction", Map.of("default_pool_size", "3"))) {
            bench.with("tandem.db.url", pooler.url()).with("tandem.db.schema", "tandem");
            aReferralReachesTheNgoByAService();
        }
        assertThat(count("select count(*) from tandem.work_item")).isPositive();
    }

    @Test
    void what_a_pooler_in_transaction_mode_cannot_do_is_refused_with_what_to_do() {
        run("create schema tandem authorization " + user);
        try (PgBouncer pooler = pooler("transaction", Map.of())) {
            bench.with("tandem.db.url", pooler.url()).with("tandem.db.schema", "tandem");
            assertThat(refused())
                    .hasMessageContaining("alter role " + user + " set search_path = tandem")
                    .returns(2, OperationFailed::exitCode);
            run("alter role " + user + " set search_path = tandem");
            run("alter role " + user + " set default_transaction_isolation = 'serializable'");
        }
        try (PgBouncer pooler = pooler("transaction", Map.of())) {
            bench.with("tandem.db.url", pooler.url());
            assertThat(refused())
                    .hasMessageContaining(
                            "alter role " + user + " set default_transaction_isolation = 'read committed'")
                    .returns(2, OperationFailed::exitCode);
        }
    }

    @Test
    void statements_that_are_pooled_and_options_that_a_pooler_does_not_take_are_refused() {
        try (PgBouncer pooler = pooler("statement", Map.of())) {
            assertThat(bench.with("tandem.db.url", pooler.url())).isNotNull();
            assertThat(refused()).hasMessageContaining("pool_mode").returns(2, OperationFailed::exitCode);
            bench.with("tandem.db.url", pooler.url("127.0.0.1", "?currentSchema=tandem"));
            assertThat(refused())
                    .hasMessageContaining("(search_path)")
                    .hasMessageContaining("tandem.db.schema")
                    .returns(2, OperationFailed::exitCode);
        }
    }

    @Test
    void a_pooler_that_gives_fewer_connections_than_a_service_needs_is_refused_with_the_sum() {
        run("create schema tandem authorization " + user);
        bench.with("tandem.db.schema", "tandem").with("tandem.workers", "3");
        bench.adopt();
        try (PgBouncer pooler = pooler("session", Map.of("default_pool_size", "10"))) {
            bench.with("tandem.db.url", pooler.url());
            try (Operations service = bench.open()) {
                OperationFailed refused = catchThrowableOfType(OperationFailed.class, service::run);
                assertThat(refused)
                        .hasMessageContaining("tandem.workers = 3 needs 15 connections")
                        .hasMessageContaining("default_pool_size")
                        .returns(2, OperationFailed::exitCode);
            }
        }
    }

    @Test
    void more_workers_than_the_server_has_connections_are_refused_with_the_sum() {
        run("create schema tandem authorization " + user);
        bench.with("tandem.db.schema", "tandem").with("tandem.workers", "200");
        assertThat(refused())
                .hasMessageContaining("tandem.workers = 200 needs 212 connections")
                .hasMessageContaining("197 at most")
                .hasMessageContaining("Set tandem.workers to 185 or less")
                .returns(2, OperationFailed::exitCode);
        run("alter role " + user + " connection limit 15");
        bench.with("tandem.workers", "8");
        assertThat(refused()).hasMessageContaining("needs 20").hasMessageContaining("Set tandem.workers to 3 or less");
        bench.with("tandem.workers", "3");
        bench.adopt();
    }

    @Test
    void a_user_without_a_place_for_its_tables_is_told_how_to_get_one() {
        assertThat(refused())
                .hasMessageContaining("create schema tandem authorization " + user)
                .hasMessageContaining("tandem.db.schema = tandem")
                .returns(2, OperationFailed::exitCode);
        bench.with("tandem.db.schema", "tandem");
        assertThat(refused())
                .hasMessageContaining("no schema tandem")
                .hasMessageContaining("create schema tandem authorization " + user)
                .returns(2, OperationFailed::exitCode);
        run("create schema tandem authorization " + user);
        bench.adopt();
        assertThat(count("select count(*) from tandem.ledger")).isEqualTo(1);
    }

    @Test
    void tls_by_a_private_authority_is_verified_or_refused_with_what_to_do() {
        PrivateCa authority = new PrivateCa(directory);
        PrivateCa.Server server = authority.server("dns:localhost");
        run("create schema tandem authorization " + user);
        bench.with("tandem.db.schema", "tandem");
        Map<String, String> tls = Map.of(
                "client_tls_sslmode", "require",
                "client_tls_cert_file", server.chain.toString(),
                "client_tls_key_file", server.key.toString());
        String full = "?sslmode=verify-full&sslrootcert=";
        bench.with("tandem.db.url", url + full + authority.certificate);
        assertThat(refused()).hasMessageContaining("offers none").returns(2, OperationFailed::exitCode);
        try (PgBouncer pooler = pooler("session", tls)) {
            bench.with("tandem.db.url", pooler.url("localhost", "?sslmode=verify-full"));
            assertThat(refused()).hasMessageContaining("sslrootcert").hasMessageNotContaining(PASSWORD);
            bench.with("tandem.db.url", pooler.url("localhost", full + directory.resolve("nowhere.pem")));
            assertThat(refused()).hasMessageContaining("cannot be read").returns(2, OperationFailed::exitCode);
            bench.with("tandem.db.url", pooler.url("127.0.0.1", full + authority.certificate));
            assertThat(refused()).hasMessageContaining("another name").returns(4, OperationFailed::exitCode);
            bench.with(
                    "tandem.db.url",
                    pooler.url(
                            "localhost",
                            "?sslmode=verify-full&sslfactory=" + "org.postgresql.ssl.DefaultJavaSSLFactory"));
            assertThat(refused())
                    .hasMessageContaining("no authority that is trusted")
                    .returns(4, OperationFailed::exitCode);
            bench.with("tandem.db.url", pooler.url("localhost", full + authority.certificate));
            bench.adopt();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://nowhere.invalid/tandem, is not known, 4",
        "jdbc:postgresql://127.0.0.1:1/tandem, Nothing answers at, 4"
    })
    void a_server_that_is_not_there_is_named(String address, String words, int code) {
        bench.with("tandem.db.url", address);
        assertThat(refused())
                .hasMessageContaining(words)
                .hasMessageContaining(address)
                .returns(code, OperationFailed::exitCode);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_wrong_password_and_a_database_that_is_not_there_are_told_apart(boolean pooled) {
        try (PgBouncer pooler = pooled ? pooler("session", Map.of()) : null) {
            String address = pooled ? pooler.url() : url;
            bench.with("tandem.db.url", address).with("tandem.db.password", "another");
            if (pooled) {
                // The server of these tests trusts whoever comes from this machine.
                assertThat(refused()).hasMessageContaining("refused the login").returns(4, OperationFailed::exitCode);
            }
            bench.with("tandem.db.password", PASSWORD)
                    .with("tandem.db.url", address.replaceFirst("/t[0-9a-f]+", "/nowhere"));
            assertThat(refused())
                    .hasMessageContaining("no database of this name")
                    .returns(4, OperationFailed::exitCode);
        }
    }
}
