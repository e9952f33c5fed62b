package dev.tandem.endtoend;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Someone at the ledger: says of an effect that it shall be sent after all. */
final class Person {
    private final String url;
    private final String user;

    Person(String url, String user) {
        this.url = url;
        this.user = user;
    }

    /** As the command does it: the effect is owed anew, and its record is marked. */
    void retries(String key) {
        try (Connection database = DriverManager.getConnection(url, user, "")) {
            int found = update(
                            database,
                            "update effect set state = 'owed', next_at = null where state = 'baseline' and effect_key = ?",
                            key)
                    + update(database, """
                    update work_item set generation = generation + 1, fingerprint = null, state = 'pending',
                           due_at = current_timestamp, open_since = current_timestamp
                     where (flow, record) in (select flow, record from effect where state = 'owed' and effect_key = ?)
                    """, key);
            if (found != 2) {
                throw new IllegalStateException("no such effect, or its record has no item: " + key);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int update(Connection database, String sql, String key) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, key);
            return statement.executeUpdate();
        }
    }
}
