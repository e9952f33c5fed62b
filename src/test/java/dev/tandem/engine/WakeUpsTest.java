package dev.tandem.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two replicas on one PostgreSQL, each with its own pool. */
class WakeUpsTest {
    private static final String FLOW = "primero-to-oscar";

    private final String url = TestDatabase.freshUrl();
    private final Semaphore woken = new Semaphore(0);

    @Test
    void what_one_replica_marks_wakes_the_other() throws Exception {
        try (HikariDataSource onePool = pool();
                HikariDataSource otherPool = pool()) {
            Ledger one = ledger(onePool);
            Ledger other = ledger(otherPool);
            one.initialise("adopt", Optional.empty());
            other.signals().listen(woken::release);
            try (WakeUps ones = new WakeUps(onePool, one.signals());
                    WakeUps others = new WakeUps(otherPool, other.signals())) {
                others.listen();
                assertThat(woken.tryAcquire(60, TimeUnit.SECONDS))
                        .as("once it hears")
                        .isTrue();

                one.marks().mark(FLOW, List.of(aMark(one, "a")));
                assertThat(woken.tryAcquire(60, TimeUnit.SECONDS)).as("a mark").isTrue();

                cutAllListeners();
                assertThat(woken.tryAcquire(60, TimeUnit.SECONDS))
                        .as("once it hears again")
                        .isTrue();
                woken.drainPermits();
                one.marks().mark(FLOW, List.of(aMark(one, "b")));
                assertThat(woken.tryAcquire(60, TimeUnit.SECONDS))
                        .as("a mark after that")
                        .isTrue();

                ones.listen();
            }
            woken.drainPermits();
            one.marks().mark(FLOW, List.of(aMark(one, "c")));
            assertThat(woken.tryAcquire(200, TimeUnit.MILLISECONDS))
                    .as("once closed")
                    .isFalse();
        }
    }

    @Test
    void a_command_that_ends_at_once_has_told_the_others() throws Exception {
        try (HikariDataSource onePool = pool();
                HikariDataSource otherPool = pool()) {
            Ledger one = ledger(onePool);
            Ledger other = ledger(otherPool);
            one.initialise("adopt", Optional.empty());
            other.signals().listen(woken::release);
            try (WakeUps others = new WakeUps(otherPool, other.signals())) {
                others.listen();
                assertThat(woken.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
                try (WakeUps ones = new WakeUps(onePool, one.signals())) {
                    one.pauses().resume(FLOW);
                    assertThat(ones).isNotNull();
                }
                assertThat(woken.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private void cutAllListeners() throws SQLException {
        try (HikariDataSource admin = pool();
                Connection connection = admin.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                     where datname = current_database() and query like 'listen %'
                    """);
        }
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    private static Ledger ledger(HikariDataSource pool) {
        return Ledger.open(pool, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
    }

    private static Mark aMark(Ledger ledger, String record) {
        return new Mark(
                record,
                Optional.of(record.getBytes(UTF_8)),
                Optional.empty(),
                Optional.empty(),
                ledger.clock().now(),
                Optional.empty(),
                Optional.empty());
    }
}
