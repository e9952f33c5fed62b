package dev.tandem.operation.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.SettableClock;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrainingTest {
    private static final String FLOW = "primero-to-oscar";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_plan_waits_for_a_record_that_is_due_until_a_worker_has_taken_and_settled_it(TestDatabase kind)
            throws InterruptedException {
        SettableClock clock = new SettableClock();
        try (HikariDataSource database = kind.fresh()) {
            Ledger ledger =
                    Ledger.open(database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()), clock);
            ledger.initialise("adopt", Optional.empty());
            ledger.marks().mark(FLOW, List.of(aMark(clock.now())));
            clock.advance(Duration.ofSeconds(1));
            AtomicInteger looks = new AtomicInteger();
            Draining draining = new Draining(ledger, List.of(FLOW), () -> {
                if (looks.incrementAndGet() == 4) {
                    settle(ledger);
                }
                return false;
            });
            draining.begin();
            assertThat(draining.await(Duration.ZERO, Progress.NONE)).isEmpty();
        }
    }

    private static Mark aMark(Instant now) {
        return new Mark(
                "case-1",
                Optional.of(new byte[1]),
                Optional.of("a"),
                Optional.of(new byte[1]),
                now,
                Optional.empty(),
                Optional.empty());
    }

    private static void settle(Ledger ledger) {
        Work work = ledger.claim(FLOW, 1).get(0);
        work.result().read(new byte[1]);
        work.settle();
    }
}
