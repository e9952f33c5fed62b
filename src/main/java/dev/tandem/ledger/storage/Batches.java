package dev.tandem.ledger.storage;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatements;

/** One statement for many rows: a sweep brings many at once. */
public final class Batches {
    private Batches() {}

    /**
     * Runs the statement once for each row.
     *
     * @param bind binds the parameters for one row; it may bind more than the statement needs
     * @return the rows for which it changed something
     */
    public static <T> List<T> run(Handle handle, List<T> rows, String sql, BiConsumer<PreparedBatch, T> bind) {
        return select(rows, execute(handle, rows, sql, bind), true);
    }

    /**
     * Inserts the rows. If another replica was first with one of them, they are inserted one by one.
     *
     * @return those that another replica has inserted
     */
    public static <T> List<T> insert(Handle handle, List<T> rows, String sql, BiConsumer<PreparedBatch, T> bind) {
        if (Transactions.insertedOrThere(handle, () -> execute(handle, rows, sql, bind))) {
            return List.of();
        }
        return rows.stream()
                .filter(row -> !Transactions.insertedOrThere(handle, () -> execute(handle, List.of(row), sql, bind)))
                .toList();
    }

    /** Updates the rows that are there and inserts the others. */
    public static <T> void upsert(
            Handle handle, List<T> rows, String update, String insert, BiConsumer<PreparedBatch, T> bind) {
        List<T> absent = select(rows, execute(handle, rows, update, bind), false);
        run(handle, insert(handle, absent, insert, bind), update, bind);
    }

    private static <T> int[] execute(Handle handle, List<T> rows, String sql, BiConsumer<PreparedBatch, T> bind) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        PreparedBatch batch =
                handle.prepareBatch(sql).configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true));
        rows.forEach(row -> {
            bind.accept(batch, row);
            batch.add();
        });
        return batch.execute();
    }

    private static <T> List<T> select(List<T> rows, int[] counts, boolean changed) {
        return IntStream.range(0, counts.length)
                .filter(i -> changed == (counts[i] != 0))
                .mapToObj(rows::get)
                .toList();
    }
}
