package dev.tandem.ledger.storage;

import dev.tandem.database.Durability;
import dev.tandem.database.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Transactions that are retried when the database asked for it. Two workers may lock the same rows in another order (an
 * item that settles marks those that wait for it); the database then ends one of the two, and nothing was written.
 *
 * <p>They see what others have committed. The connections come like that from their pool: asked for with each transaction,
 * it costs PostgreSQL three more answers.
 */
public final class Transactions {
    private static final int MOST_TRIES = 8;
    /** Serialization failure, PostgreSQL's deadlock, H2's deadlock and lock time-out, H2's concurrent update. */
    private static final Set<String> RETRIED = Set.of("40001", "40P01", "HYT00", "90131");

    /** What is to follow once this thread's transaction is committed. */
    private static final ThreadLocal<List<Runnable>> AFTER_COMMIT = new ThreadLocal<>();

    private final Jdbi jdbi;
    private final Durability durability;
    private volatile boolean readOnly;

    public Transactions(Jdbi jdbi, Durability durability) {
        this.jdbi = jdbi;
        this.durability = durability;
    }

    /** Whether the database was last found to be read-only: then nothing is claimed or swept. */
    public boolean readOnly() {
        return readOnly;
    }

    public void readOnly(boolean found) {
        readOnly = found;
    }

    public <T> T in(HandleCallback<T, RuntimeException> work) {
        for (int tries = 1; ; tries++) {
            try {
                return committed(() -> jdbi.inTransaction(work));
            } catch (JdbiException e) {
                if (tries == MOST_TRIES || !mustRetry(e)) {
                    throw e;
                }
                pause(tries);
            }
        }
    }

    /** On a connection of its own, and not retried: what is done within it on the same thread is committed by itself. */
    public <T> T apart(HandleCallback<T, RuntimeException> work) {
        try (Handle handle = jdbi.open()) {
            T result = handle.inTransaction(work);
            durability.ensure();
            return result;
        }
    }

    private <T> T committed(Supplier<T> transaction) {
        if (AFTER_COMMIT.get() != null) {
            // Within another one of this thread, which commits for both.
            return transaction.get();
        }
        List<Runnable> steps = new ArrayList<>();
        AFTER_COMMIT.set(steps);
        T result;
        try {
            result = transaction.get();
        } finally {
            AFTER_COMMIT.remove();
        }
        durability.ensure();
        steps.forEach(Runnable::run);
        return result;
    }

    /** Once what this thread writes is committed, and only then; at once, if it is within no transaction. */
    public static void afterCommit(Runnable step) {
        List<Runnable> steps = AFTER_COMMIT.get();
        if (steps == null) {
            step.run();
        } else {
            steps.add(step);
        }
    }

    public void run(HandleConsumer<RuntimeException> work) {
        in(handle -> {
            work.useHandle(handle);
            return null;
        });
    }

    public <T> T read(HandleCallback<T, RuntimeException> work) {
        return jdbi.withHandle(work);
    }

    /** Whether the insert met a row that another transaction had inserted; the transaction stays usable. */
    public static boolean insertedOrThere(Handle handle, Runnable insert) {
        handle.savepoint("insert");
        try {
            insert.run();
            handle.releaseSavepoint("insert");
            return true;
        } catch (JdbiException e) {
            if (SqlState.of(e).filter("23505"::equals).isEmpty()) {
                throw e;
            }
            // PostgreSQL refuses everything after a failed statement until it is rolled back.
            handle.rollbackToSavepoint("insert");
            return false;
        }
    }

    /** Whether the database refused a value as such, such as one that is too long: a repeat would not change it. */
    public static boolean cannotBeKept(Throwable failure) {
        return failure instanceof JdbiException
                && SqlState.of(failure).filter(state -> state.startsWith("22")).isPresent();
    }

    private static boolean mustRetry(JdbiException e) {
        return SqlState.of(e).filter(RETRIED::contains).isPresent();
    }

    private static void pause(int tries) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5L << tries));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
