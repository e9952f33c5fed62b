package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.TO_PRIMERO;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.origin.Baseline;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a ledger is initialised (protocol 8), on both databases. */
class BaselineTest {
    private static final Set<String> ONCE = Set.of("referral");

    private final SettableClock clock = new SettableClock();

    private Ledger open(HikariDataSource database) {
        return Ledger.open(database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()), clock);
    }

    private static Baseline.Existing existing(String record, String number, String externalId) {
        return new Baseline.Existing(record, Optional.ofNullable(number), Optional.ofNullable(externalId));
    }

    private static Baseline.Counterpart counterpart(String id, String externalId, String number) {
        return new Baseline.Counterpart(id, Optional.of(externalId), Optional.ofNullable(number));
    }

    @ParameterizedTest
    @EnumSource
    void of_two_births_at_once_one_makes_the_ledger(TestDatabase kind) throws Exception {
        try (HikariDataSource database = kind.fresh()) {
            Ledger one = open(database);
            Ledger other = open(database);
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch otherBegan = new CountDownLatch(1);
            AtomicReference<Boolean> otherRead = new AtomicReference<>(false);
            var executor = Executors.newFixedThreadPool(2);
            try {
                var first = executor.submit(() -> one.initialise("since", Optional.of(clock.now()), () -> {
                    reading.countDown();
                    await(otherBegan);
                }));
                await(reading);
                assertThat(other.origin()).isEmpty();
                var second = executor.submit(() -> {
                    otherBegan.countDown();
                    return other.initialise("adopt", Optional.empty(), () -> otherRead.set(true));
                });
                assertThat(first.get()).isTrue();
                assertThat(second.get()).isFalse();
            } finally {
                executor.shutdownNow();
            }
            assertThat(otherRead).hasValue(false);
            assertThat(other.origin().orElseThrow().mode()).isEqualTo("since");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_birth_that_failed_leaves_nothing_to_the_next_one(TestDatabase kind) {
        try (HikariDataSource database = kind.fresh()) {
            Ledger ledger = open(database);
            assertThatThrownBy(() -> ledger.initialise("since", Optional.of(clock.now()), () -> {
                        ledger.baseline().existed(TO_PRIMERO, List.of(existing("cif/a-1", "N1", null)));
                        throw new IllegalStateException("the reading ended early");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(ledger.origin()).isEmpty();
            assertThat(ledger.baseline().strangers(TO_PRIMERO)).isOne();

            assertThat(ledger.initialise("since", Optional.of(clock.now()), () -> {}))
                    .isTrue();

            assertThat(ledger.baseline().strangers(TO_PRIMERO)).isZero();
            assertThatThrownBy(() -> ledger.baseline().existed(TO_PRIMERO, List.of()))
                    .as("an initialised ledger has no baseline to write")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void records_are_linked_by_the_id_that_they_hold_else_by_a_number_that_one_twin_has(TestDatabase kind) {
        try (HikariDataSource database = kind.fresh()) {
            Ledger ledger = open(database);
            ledger.initialise("recover", Optional.of(clock.now()), () -> {
                Baseline baseline = ledger.baseline();
                baseline.existed(
                        TO_PRIMERO,
                        List.of(
                                existing("cif/a-1", "N1", "X1"),
                                existing("gpc/b-1", "N1", null),
                                existing("cif/a-2", "N2", null),
                                existing("cif/a-3", "N3", null)));
                baseline.existed(TO_PRIMERO, List.of(existing("cif/a-1", "N1", "X1")));
                baseline.linked(
                        TO_PRIMERO, List.of(counterpart("case-1", "X1", "N1"), counterpart("case-2", "X2", "N2")));
                baseline.linked(
                        TO_PRIMERO, List.of(counterpart("case-2b", "X3", "N2"), counterpart("case-1", "X1", "N1")));
            });

            assertThat(ledger.links().of(TO_PRIMERO, "cif/a-1").orElseThrow().counterpart())
                    .contains("case-1");
            assertThat(ledger.links().of(TO_PRIMERO, "gpc/b-1").orElseThrow().counterpart())
                    .contains("case-1");
            assertThat(ledger.links().of(TO_PRIMERO, "cif/a-2").orElseThrow().counterpart())
                    .as("two cases have its number")
                    .isEmpty();
            assertThat(ledger.links().of(TO_PRIMERO, "cif/a-3").orElseThrow().existedBefore())
                    .isTrue();
            assertThat(ledger.baseline().links(TO_PRIMERO)).isEqualTo(2);
            assertThat(ledger.baseline().strangers(TO_PRIMERO)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_older_is_not_owed_until_it_says_something_else(TestDatabase kind) {
        try (LedgerAtWork fixture = new LedgerAtWork(kind, this)) {
            String old =
                    "{'kind':'referral','key':'referral:r:1','at':'2020-01-01T00:00:00Z','parks':{'code':'x','words':'y'}}";
            String young = "{'kind':'referral','key':'referral:r:2','at':'2099-01-01T00:00:00Z'}";
            String decision = "{'kind':'decision','key':'decision:cif:1','said':'Accepted'}";
            fixture.initialise(() -> fixture.ledger
                    .baseline()
                    .owed(
                            TO_OSCAR,
                            "case-1",
                            candidates(old, young, decision),
                            clock.now().minusSeconds(1)));

            assertThat(fixture.decide(old, young, decision)).containsExactly("referral:r:2");
            assertThat(fixture.state("referral:r:1")).isEqualTo(EffectState.BASELINE);
            assertThat(fixture.decide(decision.replace("Accepted", "Exited"))).containsExactly("decision:cif:1");
            assertThat(fixture.effects())
                    .as("a baseline that is not owed any more is not listed")
                    .doesNotContain("referral:r:1");
            assertThat(fixture.decide(decision.replace("'kind'", "'confirmed':true,'kind'")))
                    .isEmpty();
            assertThat(fixture.state("decision:cif:1")).isEqualTo(EffectState.CONFIRMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_case_that_was_a_strangers_is_owed_once_it_is_no_longer_baseline(TestDatabase kind) {
        try (LedgerAtWork fixture = new LedgerAtWork(kind, this)) {
            fixture.initialise(() -> {});
            assertThat(fixture.decide("{'kind':'case','key':'case','baseline':true}"))
                    .isEmpty();
            assertThat(fixture.state("case")).isEqualTo(EffectState.BASELINE);
            assertThat(fixture.decide("{'kind':'case','key':'case'}")).containsExactly("case");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One record of one ledger, worked on again and again. */
    private static final class LedgerAtWork implements AutoCloseable {
        private final HikariDataSource database;
        private final Ledger ledger;
        private final BaselineTest test;
        private int marks;

        LedgerAtWork(TestDatabase kind, BaselineTest test) {
            this.test = test;
            database = kind.fresh();
            ledger = test.open(database);
        }

        void initialise(Runnable reading) {
            Instant since = test.clock.now();
            ledger.initialise("since", Optional.of(since), reading);
        }

        List<String> decide(String... candidates) {
            test.clock.advance(Duration.ofMinutes(30));
            ledger.marks().mark(TO_OSCAR, List.of(Mark.hint("case-1", test.clock.now())));
            marks++;
            Work work = ledger.claim(TO_OSCAR, 1).get(0);
            List<String> keys = work.decide(candidates(candidates), ONCE).stream()
                    .map(owed -> owed.path("key").asText())
                    .toList();
            work.result().read(new byte[] {(byte) marks});
            work.settle();
            return keys;
        }

        EffectState state(String key) {
            return ledger.effects().of(TO_OSCAR, "case-1").stream()
                    .filter(effect -> effect.key().equals(key))
                    .findFirst()
                    .orElseThrow()
                    .state();
        }

        List<String> effects() {
            return ledger.effects().of(TO_OSCAR, "case-1").stream()
                    .map(Effect::key)
                    .toList();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
