package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.TO_PRIMERO;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that arrive while one is being committed: they share the next commit, and its outcome. */
@Timeout(60)
class EventMarksTest {
    private static final String TOO_LONG = "x".repeat(300);

    private final AtomicInteger commits = new AtomicInteger();
    private final CountDownLatch firstIsCommitting = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Map<String, Optional<String>> outcomes = new ConcurrentHashMap<>();

    @ParameterizedTest
    @EnumSource
    void a_crowd_is_committed_at_once(TestDatabase kind) throws Exception {
        try (HikariDataSource database = kind.fresh()) {
            arrive(database, List.of("first", "a", "b", "b", "c", TOO_LONG));

            assertThat(commits).as("the first alone, then all others").hasValue(2);
            assertThat(outcomes.values()).containsOnly(Optional.empty());
            assertThat(pending(database)).contains("first", "a", "b", "c").hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void without_the_database_each_is_told_so(TestDatabase kind) throws Exception {
        HikariDataSource database = kind.fresh();
        Ledger ledger = open(database);
        database.close();
        goOn.countDown();
        mark(ledger, TO_OSCAR, "a");
        mark(ledger, TO_PRIMERO, "b");
        assertThat(outcomes.get("a")).isPresent();
        assertThat(outcomes.get("b")).isPresent();
    }

    private void arrive(HikariDataSource database, List<String> records) throws Exception {
        Ledger ledger = open(database);
        commits.set(0);
        List<Thread> events = new ArrayList<>();
        for (String record : records) {
            Thread event = new Thread(() -> mark(ledger, TO_OSCAR, record));
            event.start();
            events.add(event);
            if (events.size() == 1) {
                assertThat(firstIsCommitting.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        for (Thread event : events.subList(1, events.size())) {
            while (event.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        goOn.countDown();
        for (Thread event : events) {
            event.join();
        }
    }

    private Ledger open(HikariDataSource database) {
        return Ledger.open(
                database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()), this::committed);
    }

    private void committed() {
        commits.incrementAndGet();
        if (!Thread.currentThread().getName().startsWith("Thread-")) {
            return;
        }
        firstIsCommitting.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void mark(Ledger ledger, String flow, String record) {
        try {
            ledger.eventMarks().mark(flow, Mark.hint(record, Instant.EPOCH));
            outcomes.put(record, Optional.empty());
        } catch (RuntimeException e) {
            outcomes.put(record, Optional.of(e.getClass().getSimpleName()));
        }
    }

    private static List<String> pending(HikariDataSource database) {
        return Jdbi.create(database)
                .withHandle(handle -> handle.createQuery("select record from work_item where state = 'pending'")
                        .mapTo(String.class)
                        .list());
    }
}
