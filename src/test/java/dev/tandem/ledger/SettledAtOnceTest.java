package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.TO_PRIMERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What owes nothing is settled with its mark, unless it was marked since it was asked for (protocol 5). */
class SettledAtOnceTest {
    private static final Set<String> OWES_NOTHING = Set.of("case-1");

    private static int markSeenAs(LedgerFixture fixture, Mark seen) {
        return fixture.ledger.marks().mark(TO_OSCAR, List.of(seen), OWES_NOTHING);
    }

    @ParameterizedTest
    @EnumSource
    void a_record_that_owes_nothing_is_settled_by_its_mark_and_by_each_later_one(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            for (String content : List.of("a", "b")) {
                assertThat(markSeenAs(fixture, fixture.aMark("case-1", content)))
                        .isEqualTo(1);
                fixture.clock.advance(Duration.ofSeconds(1));
                assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
                fixture.mark(TO_OSCAR, "case-1", content);
                assertThat(fixture.claimMaybe(TO_OSCAR)).as("settled with it").isEmpty();
            }
            fixture.mark(TO_OSCAR, "case-1", "c");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_that_is_marked_between_its_reading_and_its_mark_is_worked_on(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Mark first = fixture.aMark("case-1", "a");
            fixture.ledger.marks().mark(TO_OSCAR, List.of(Mark.hint("case-1", fixture.clock.now())));
            markSeenAs(fixture, first);
            Work work = fixture.claimOne(TO_OSCAR);

            Mark second = fixture.aMark("case-1", "b");
            markSeenAs(fixture, second);
            fixture.settle(work, "a");
            assertThat(fixture.claimMaybe(TO_OSCAR))
                    .as("marked while it was worked on")
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_that_was_settled_since_it_was_read_is_worked_on_again(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Mark early = fixture.aMark("case-1", "early");
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.mark(TO_OSCAR, "case-1", "late");
            fixture.settle(fixture.claimOne(TO_OSCAR), "late");

            markSeenAs(fixture, early);

            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_with_an_effect_is_worked_on(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.confirm();
            fixture.settle(work, "a");
            fixture.clock.advance(Duration.ofSeconds(1));
            Mark seen = fixture.aMark("case-1", "b");
            assertThat(fixture.ledger.marks().withoutEffects(TO_OSCAR, List.of(seen)))
                    .isEmpty();

            markSeenAs(fixture, seen);

            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_that_is_linked_while_it_is_settled_is_worked_on(TestDatabase kind) throws Exception {
        try (var fixture = new LedgerFixture(kind);
                Connection sweep = fixture.database.getConnection()) {
            fixture.mark(TO_PRIMERO, "cif/s-1", "row");
            Work client = fixture.claimOne(TO_PRIMERO);
            client.result().linked(Optional.of("case-1"), Optional.empty(), "shows");
            sweep.setAutoCommit(false);
            sweep.createStatement().execute("""
                    insert into work_item (flow, record, state, generation, token, failures, fingerprint, settled_at)
                    values ('primero-to-oscar', 'case-1', 'settled', 1, 0, 0, 'a', current_timestamp)
                    """);

            Thread settling = new Thread(() -> fixture.settle(client, "row"));
            settling.start();
            await().until(() -> kind == TestDatabase.H2
                    ? settling.getState() == Thread.State.TIMED_WAITING
                    : waitingForALock(fixture) > 0);
            sweep.commit();
            settling.join();

            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    private static int waitingForALock(LedgerFixture fixture) throws SQLException {
        try (Connection other = fixture.database.getConnection();
                ResultSet row = other.createStatement().executeQuery("""
                        select count(*) from pg_stat_activity
                         where datname = current_database() and wait_event_type = 'Lock'
                        """)) {
            row.next();
            return row.getInt(1);
        }
    }
}
