package dev.tandem.endtoend;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the ledger says of every effect, read as an administrator would: with SQL, past Tandem. */
public final class LedgerRows {
    public record Row(
            String flow,
            String record,
            String key,
            String kind,
            String state,
            String code,
            String waitsFor,
            String sentAt) {
        /** It is there, if not wholly as it should be. */
        public boolean arrived() {
            return sent() || code.equals("saved-in-part");
        }

        public boolean sent() {
            return state.equals("confirmed");
        }

        /** Listed for people, with a reason. */
        public boolean listed() {
            return (state.equals("parked") || state.equals("waiting")) && !code.isEmpty();
        }

        @Override
        public String toString() {
            return flow + " " + record + " " + key + " " + state + " " + code;
        }
    }

    /** What an entry of an OSCaR client was found to be; the row and the referral that it answers, if it does. */
    record Tie(String record, String entry, String role, String row, String referral, Instant firstSeen) {}

    private final List<Row> rows;
    private final List<Tie> ties;
    private final List<String> open;

    private LedgerRows(List<Row> rows, List<Tie> ties, List<String> open) {
        this.rows = rows;
        this.ties = ties;
        this.open = open;
    }

    static LedgerRows read(String url, String user, String password) {
        List<Row> rows = new ArrayList<>();
        List<Tie> ties = new ArrayList<>();
        List<String> open = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("select * from effect order by flow, record, id")) {
                while (found.next()) {
                    rows.add(new Row(
                            found.getString("flow"),
                            found.getString("record"),
                            found.getString("effect_key"),
                            found.getString("kind"),
                            found.getString("state"),
                            text(found, "reason_code"),
                            text(found, "waiting_for"),
                            Optional.ofNullable(found.getObject("sent_at", OffsetDateTime.class))
                                    .map(OffsetDateTime::toInstant)
                                    .map(Instant::toString)
                                    .orElse("")));
                }
            }
            try (ResultSet found = statement.executeQuery("select * from tie")) {
                while (found.next()) {
                    ties.add(new Tie(
                            found.getString("record"),
                            found.getString("entry"),
                            text(found, "role"),
                            text(found, "row_id"),
                            text(found, "referral_id"),
                            found.getObject("first_seen_at", OffsetDateTime.class)
                                    .toInstant()));
                }
            }
            try (ResultSet found =
                    statement.executeQuery("select flow, record, state from work_item where state <> 'settled'")) {
                while (found.next()) {
                    open.add(found.getString(1) + " " + found.getString(2) + " " + found.getString(3));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new LedgerRows(rows, ties, open);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }

    public List<Row> all() {
        return rows;
    }

    List<Tie> ties() {
        return ties;
    }

    /** Items that are not at rest. */
    public List<String> open() {
        return open;
    }

    public List<Row> of(String flow, String record) {
        return rows.stream()
                .filter(row -> row.flow().equals(flow) && row.record().equals(record))
                .toList();
    }

    public Optional<Row> find(String flow, String record, String key) {
        return of(flow, record).stream().filter(row -> row.key().equals(key)).findFirst();
    }
}
