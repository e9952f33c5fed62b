package dev.tandem.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.storage.Signals;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the signals of this process to the other replicas on one PostgreSQL, and theirs here, by {@code NOTIFY}: a record that
 * one marks is claimed by whoever is free, at once. A signal that is lost costs no more than a second, after which each looks
 * by itself.
 */
final class WakeUps implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);
    private static final String CHANNEL = "tandem_wake";
    private static final int SILENCE_MILLIS = 10_000;
    private static final int ANSWER_SECONDS = 5;
    /** Signals that come faster are carried together. */
    private static final long TOGETHER_MILLIS = 20;

    private final HikariDataSource pool;
    private final Signals signals;
    private final String me = UUID.randomUUID().toString();
    private final Semaphore raised = new Semaphore(0);
    private final Thread sender = new Thread(this::send, "wake-ups out");
    private volatile Thread listener;
    private volatile Connection listening;
    private volatile boolean closing;

    WakeUps(HikariDataSource pool, Signals signals) {
        this.pool = pool;
        this.signals = signals;
        signals.relay(raised::release);
        sender.setDaemon(true);
        sender.start();
    }

    /** From now on the other replicas' signals wake this one. */
    void listen() {
        Thread thread = new Thread(this::listenOn, "wake-ups in");
        thread.setDaemon(true);
        listener = thread;
        thread.start();
    }

    private void send() {
        try {
            while (true) {
                raised.acquire();
                raised.drainPermits();
                notifyOthers();
                if (closing) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(TOGETHER_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void notifyOthers() {
        try (Connection connection = pool.getConnection();
                var notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            notify.setString(1, CHANNEL);
            notify.setString(2, me);
            notify.execute();
        } catch (SQLException e) {
            LOG.debug("the other replicas got no signal: SQL state {}", e.getSQLState());
        }
    }

    private void listenOn() {
        while (!closing) {
            try (Connection connection = connect()) {
                listening = connection;
                try (Statement statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                // What was sent before is not sent again.
                signals.raiseHere();
                while (!closing) {
                    receive(connection);
                }
            } catch (SQLException e) {
                if (!closing) {
                    LOG.debug("no signals from the other replicas: SQL state {}", e.getSQLState());
                    pause();
                }
            }
        }
    }

    private void receive(Connection connection) throws SQLException {
        PGNotification[] received = connection.unwrap(PGConnection.class).getNotifications(SILENCE_MILLIS);
        if (received == null || received.length == 0) {
            // A connection that was cut somewhere on the way looks just like silence.
            if (!connection.isValid(ANSWER_SECONDS)) {
                throw new SQLException("no answer", "08006");
            }
            return;
        }
        for (PGNotification notification : received) {
            if (!me.equals(notification.getParameter())) {
                signals.raiseHere();
                return;
            }
        }
    }

    /** One of its own: it is held for as long as the process lives. */
    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.put("tcpKeepAlive", "true");
        if (pool.getUsername() != null) {
            properties.put("user", pool.getUsername());
        }
        if (pool.getPassword() != null) {
            properties.put("password", pool.getPassword());
        }
        return DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the others what was raised last, such as by a command that ends now. */
    @Override
    public void close() {
        signals.relay(() -> {});
        closing = true;
        // Not released for nothing: what was raised is told once more at the most.
        raised.release();
        end(sender);
        Connection connection = listening;
        if (connection != null) {
            try {
                // It stands in a read, which nothing else ends.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("it was closed already: SQL state {}", e.getSQLState());
            }
        }
        if (listener != null) {
            end(listener);
        }
    }

    private static void end(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
