package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several replicas that start at once, or one after the other with other versions, on one PostgreSQL. */
class SchemaTest {
    @Test
    void replicas_that_start_at_once_make_one_schema() throws Exception {
        String url = TestDatabase.freshUrl();
        var threads = Executors.newFixedThreadPool(3);
        try {
            CompletableFuture<?>[] starts = IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> open(url), threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(starts).join();
            assertThat(count(url, "select count(*) from work_item")).isZero();
            assertThat(count(url, "select count(*) from pg_tables where tablename like 'qrtz%'"))
                    .as("tables of earlier versions' Quartz")
                    .isZero();
        } finally {
            threads.shutdown();
        }
    }

    /** While replicas are replaced one by one, an older one may start anew after a newer one has migrated. */
    @Test
    void an_older_version_still_opens_a_schema_that_a_newer_one_has_extended() throws Exception {
        String url = TestDatabase.freshUrl();
        open(url);
        try (HikariDataSource pool = TestDatabase.pool(url, "postgres");
                Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter table work_item add column of_the_future text");
            statement.execute("""
                    insert into flyway_schema_history
                           (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    values (99, '99', 'future', 'SQL', 'V99__future.sql', 1, 'postgres', 1, true)
                    """);
        }
        open(url);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_applied_is_known_without_flyway(TestDatabase kind) throws Exception {
        try (HikariDataSource pool = kind.fresh()) {
            Ledger.open(pool, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
            assertThat(Schema.isCurrent(pool)).isTrue();

            update(
                    pool,
                    "update \"flyway_schema_history\" set \"checksum\" = \"checksum\" + 1 where \"script\" = 'V2__owed_sweeps.sql'");
            assertThat(Schema.isCurrent(pool)).as("a file differs").isFalse();
            assertThatThrownBy(() -> Schema.migrate(pool)).hasMessageContaining("checksum mismatch");

            update(
                    pool,
                    "update \"flyway_schema_history\" set \"checksum\" = \"checksum\" - 1 where \"script\" = 'V2__owed_sweeps.sql'");
            update(
                    pool,
                    "update \"flyway_schema_history\" set \"success\" = false where \"script\" = 'V2__owed_sweeps.sql'");
            assertThat(Schema.isCurrent(pool)).as("one failed").isFalse();

            update(pool, "delete from \"flyway_schema_history\" where \"script\" = 'V2__owed_sweeps.sql'");
            assertThat(Schema.isCurrent(pool)).as("one is not applied").isFalse();
        }
    }

    private static void update(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static void open(String url) {
        try (HikariDataSource pool = TestDatabase.pool(url, "postgres")) {
            Ledger.open(pool, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
        }
    }

    private static long count(String url, String sql) throws SQLException {
        try (HikariDataSource pool = TestDatabase.pool(url, "postgres");
                Connection connection = pool.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
