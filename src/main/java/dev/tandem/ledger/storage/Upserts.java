package dev.tandem.ledger.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatements;

/** Rows that are there are updated and the others inserted: one batch for each, because a sweep brings many at once. */
public final class Upserts {
    private Upserts() {}

    /** @param bind binds the parameters of either statement for one row */
    public static <T> void run(
            Handle handle, List<T> rows, String update, String insert, BiConsumer<PreparedBatch, T> bind) {
        List<T> absent = notUpdated(handle, rows, update, bind);
        if (Transactions.insertedOrThere(handle, () -> execute(handle, absent, insert, bind))) {
            return;
        }
        // Another replica was first with one of them: one by one.
        for (T row : absent) {
            List<T> one = List.of(row);
            if (!Transactions.insertedOrThere(handle, () -> execute(handle, one, insert, bind))) {
                execute(handle, one, update, bind);
            }
        }
    }

    private static <T> List<T> notUpdated(
            Handle handle, List<T> rows, String update, BiConsumer<PreparedBatch, T> bind) {
        int[] counts = execute(handle, rows, update, bind);
        List<T> absent = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                absent.add(rows.get(i));
            }
        }
        return absent;
    }

    private static <T> int[] execute(Handle handle, List<T> rows, String sql, BiConsumer<PreparedBatch, T> bind) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        PreparedBatch batch = handle.prepareBatch(sql)
                // Each of the two statements takes of the row what it needs.
                .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true));
        for (T row : rows) {
            bind.accept(batch, row);
            batch.add();
        }
        return batch.execute();
    }
}
