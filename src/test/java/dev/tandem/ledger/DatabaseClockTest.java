package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.storage.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger's time is the database's, whoever asks and whatever is open meanwhile (protocol 6). */
class DatabaseClockTest {
    private static final Duration OLD = Duration.ofSeconds(6);

    /** The monotonic timer, which the test moves. */
    private final AtomicLong nanos = new AtomicLong();

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTransactionThatIsOldSetsTheClockBackByNothing(TestDatabase kind) {
        try (HikariDataSource database = kind.fresh()) {
            Jdbi jdbi = Jdbi.create(database);
            DatabaseClock fresh = new DatabaseClock(jdbi, nanos::get);
            jdbi.useTransaction(handle -> {
                Instant began = handle.createQuery("select current_timestamp")
                        .mapTo(OffsetDateTime.class)
                        .one()
                        .toInstant();
                Instant aged = passedBy(database, began.plusMillis(300));
                pass(OLD);
                // It is not the floor that holds it: that is six seconds of the timer, of which none have passed.
                assertThat(new DatabaseClock(jdbi, nanos::get).now())
                        .as("a clock that is made within the transaction")
                        .isAfterOrEqualTo(aged);
                assertThat(fresh.now()).as("a clock that reads again within it").isAfterOrEqualTo(aged);
            });
        }
    }

    /** Asks until the database's time is beyond that. */
    private static Instant passedBy(HikariDataSource database, Instant moment) {
        Jdbi another = Jdbi.create((ConnectionFactory) database::getConnection);
        Instant now;
        do {
            try (var handle = another.open()) {
                now = handle.createQuery("select current_timestamp")
                        .mapTo(OffsetDateTime.class)
                        .one()
                        .toInstant();
            }
        } while (!now.isAfter(moment));
        return now;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whereTheDatabaseIsBehindItGoesOnAtHalfItsPaceAndNeverBack(TestDatabase kind) {
        try (HikariDataSource database = kind.fresh()) {
            DatabaseClock clock = new DatabaseClock(Jdbi.create(database), nanos::get);
            Instant first = clock.now();
            pass(Duration.ofHours(1));
            // The timer says an hour, the database's own time next to nothing: it has been set back by an hour.
            Instant later = clock.now();
            assertThat(later).isAfterOrEqualTo(first.plus(Duration.ofHours(1)));
            pass(Duration.ofSeconds(4));
            assertThat(clock.now()).isEqualTo(later.plusSeconds(2));
            pass(Duration.ofHours(3));
            Instant atHalf = clock.now();
            assertThat(atHalf).isAfterOrEqualTo(later.plusSeconds(2));
            assertThat(Duration.between(later, atHalf)).isLessThan(Duration.ofHours(3));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void betweenTwoReadingsItGoesOnByTheTimer(TestDatabase kind) {
        HikariDataSource database = kind.fresh();
        DatabaseClock clock = new DatabaseClock(Jdbi.create(database), nanos::get);
        Instant first = clock.now();
        database.close();
        pass(Duration.ofSeconds(4));
        assertThat(clock.now()).isEqualTo(first.plusSeconds(4));
        pass(OLD);
        assertThatThrownBy(clock::now).as("once its reading is old").isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void itSaysTheDatabasesTime(TestDatabase kind) {
        try (HikariDataSource database = kind.fresh()) {
            DatabaseClock clock = new DatabaseClock(Jdbi.create(database));
            Instant before = passedBy(database, Instant.EPOCH);
            assertThat(clock.now())
                    .isBetween(
                            before.minusSeconds(2), passedBy(database, before).plusSeconds(2));
        }
    }

    @Test
    void whileOneThreadReadsItTheOthersDoNotWait() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (HikariDataSource database = TestDatabase.H2.fresh()) {
            CountDownLatch mayAnswer = new CountDownLatch(1);
            CountDownLatch asked = new CountDownLatch(1);
            AtomicLong connections = new AtomicLong();
            Jdbi slow = Jdbi.create((ConnectionFactory) () -> {
                if (connections.incrementAndGet() == 2) {
                    asked.countDown();
                    try {
                        mayAnswer.await();
                    } catch (InterruptedException e) {
                        throw new java.sql.SQLException(e);
                    }
                }
                return database.getConnection();
            });
            DatabaseClock clock = new DatabaseClock(slow, nanos::get);
            Instant first = clock.now();
            pass(OLD);
            Future<Instant> reader = threads.submit(clock::now);
            asked.await();
            assertThat(clock.now()).isEqualTo(first.plus(OLD));
            mayAnswer.countDown();
            assertThat(reader.get(60, TimeUnit.SECONDS)).isAfterOrEqualTo(first.plus(OLD));
        } finally {
            threads.shutdownNow();
        }
    }
}
