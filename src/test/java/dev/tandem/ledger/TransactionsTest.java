package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.database.Durability;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.ledger.storage.Transactions;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private static final Tally.Entry SETTLED = new Tally.Entry("primero-to-oscar", "record", "settled");

    private final Tally tally = new Tally();

    private void countSettled() {
        tally.count(SETTLED.flow(), SETTLED.kind(), SETTLED.outcome());
    }

    @Test
    void what_is_retried_counts_once_and_what_fails_not_at_all() {
        try (HikariDataSource database = TestDatabase.H2.fresh()) {
            Transactions transactions = new Transactions(Jdbi.create(database), Durability.ITS_OWN);
            AtomicInteger tries = new AtomicInteger();
            transactions.run(handle -> {
                countSettled();
                assertThat(tally.count(SETTLED)).as("not before the commit").isZero();
                if (tries.incrementAndGet() < 3) {
                    throw new ConnectionException(new SQLException("deadlock", "40P01"));
                }
            });
            assertThat(tries).hasValue(3);
            assertThat(tally.count(SETTLED)).isEqualTo(1);

            assertThatThrownBy(() -> transactions.run(handle -> {
                        countSettled();
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(tally.count(SETTLED)).isEqualTo(1);

            countSettled();
            assertThat(tally.count(SETTLED))
                    .as("outside of a transaction, at once")
                    .isEqualTo(2);
        }
    }

    @Test
    void what_is_counted_within_another_transaction_counts_with_that_one() {
        try (HikariDataSource database = TestDatabase.H2.fresh()) {
            Transactions transactions = new Transactions(Jdbi.create(database), Durability.ITS_OWN);
            assertThatThrownBy(() -> transactions.run(outer -> {
                        transactions.run(inner -> countSettled());
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(tally.count(SETTLED)).isZero();
        }
    }
}
