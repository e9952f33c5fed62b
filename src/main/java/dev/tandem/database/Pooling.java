package dev.tandem.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** What stands between Tandem and PostgreSQL, and what can be relied on through it. */
public enum Pooling {
    /** Nothing: a connection is one session of the server. */
    NONE,
    /** A pooler whose connections are each one session of the server, as long as they are open. */
    SESSION,
    /** A pooler that gives a session of the server for a transaction only: nothing that is set outlives it, nobody can listen. */
    TRANSACTION;

    private static final int TRIES = 5;

    /**
     * Looks which it is. A pooler names other processes than the server does; if a transaction of one connection is worked by the
     * session in which another connection was, or one connection moves, sessions are shared.
     *
     * @throws SQLException also if the pooler takes no transaction
     */
    static Pooling of(String url, Properties properties) throws SQLException {
        try (Connection first = connect(url, properties)) {
            int session = session(first);
            if (session == first.unwrap(PGConnection.class).getBackendPID()) {
                return NONE;
            }
            try (Connection second = connect(url, properties)) {
                for (int tried = 0; tried < TRIES; tried++) {
                    second.setAutoCommit(false);
                    boolean shared = session(second) == session;
                    second.rollback();
                    if (shared || session(first) != session) {
                        return TRANSACTION;
                    }
                }
            }
            return SESSION;
        }
    }

    static Connection connect(String url, Properties properties) throws SQLException {
        return new Driver().connect(url, properties);
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select pg_backend_pid()")) {
            answer.next();
            return answer.getInt(1);
        }
    }
}
