package dev.tandem.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.database.SqlState;
import dev.tandem.ledger.Ledger;
import dev.tandem.reader.Elapsed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the ledger's database answers and can be written, asked every other second on a thread of its own: that is what
 * readiness says. On a read-only one, such as the old primary after a failover, nothing is claimed or swept.
 */
public final class DatabasePulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabasePulse.class);
    private static final long EVERY_SECONDS = 2;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final HikariDataSource database;
    private final Ledger ledger;
    private final String question;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "database pulse");
        thread.setDaemon(true);
        return thread;
    });
    private boolean away;
    private volatile long answeredNanos = System.nanoTime();
    private volatile Optional<String> failure = Optional.empty();

    DatabasePulse(HikariDataSource database, Ledger ledger, boolean postgresql) {
        this.database = database;
        this.ledger = ledger;
        question = postgresql ? "show transaction_read_only" : "select readonly()";
        var unused = timer.scheduleWithFixedDelay(this::feel, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Why the ledger cannot be written now; none if it can. */
    public Optional<String> trouble() {
        Duration silent = Duration.ofNanos(System.nanoTime() - answeredNanos);
        if (ledger.readOnly()) {
            return Optional.of("The ledger's database is read-only.");
        }
        if (failure.isPresent() || silent.compareTo(LONGEST) > 0) {
            return Optional.of("The ledger's database last answered " + silent.toSeconds() + " seconds ago"
                    + failure.orElse("") + ".");
        }
        return Optional.empty();
    }

    private void feel() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) LONGEST.toSeconds());
            try (ResultSet answer = statement.executeQuery(question)) {
                answer.next();
                answered(answer.getBoolean(1));
            }
        } catch (SQLException e) {
            failed("SQL state " + SqlState.of(e).orElse("unknown"));
        } catch (RuntimeException e) {
            failed(e.getClass().getSimpleName());
        }
    }

    private void failed(String why) {
        failure = Optional.of(" (" + why + ")");
        Duration silent = Duration.ofNanos(System.nanoTime() - answeredNanos);
        if (!away && silent.compareTo(LONGEST) > 0) {
            away = true;
            LOG.error(
                    "The ledger's database (tandem.db.url) has not answered for {} ({}): nothing is marked, sent or recorded"
                            + " until it does. Nothing is lost; Tandem asks every {} seconds and goes on by itself.",
                    Elapsed.words(silent),
                    why,
                    EVERY_SECONDS);
        }
    }

    private void answered(boolean readOnly) {
        if (away) {
            away = false;
            LOG.info(
                    "The ledger's database answers again, after {}: Tandem goes on.",
                    Elapsed.words(Duration.ofNanos(System.nanoTime() - answeredNanos)));
        }
        answeredNanos = System.nanoTime();
        failure = Optional.empty();
        if (readOnly != ledger.readOnly()) {
            if (readOnly) {
                LOG.error(
                        "The ledger's database is read-only (after a failover?): nothing is swept or sent until it can be"
                                + " written again. Tandem looks every {} seconds and goes on by itself.",
                        EVERY_SECONDS);
            } else {
                LOG.info("The ledger's database can be written again: Tandem goes on.");
            }
            ledger.readOnly(readOnly);
        }
        if (readOnly && database.getHikariPoolMXBean() != null) {
            // The address may lead to another server by now: the next connections are new ones.
            database.getHikariPoolMXBean().softEvictConnections();
        }
    }

    @Override
    public void close() {
        // Not by an interrupt: H2 closes its whole database under a thread that is interrupted while it reads.
        timer.shutdown();
    }
}
