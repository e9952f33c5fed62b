package dev.tandem.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What the ledger says in the end, read as an administrator would: with SQL, past Tandem. */
final class LedgerView {
    static final String TO_OSCAR = "primero-to-oscar";
    static final String TO_PRIMERO = "oscar-to-primero";

    record Effect(
            String flow,
            String record,
            String key,
            String kind,
            String state,
            String code,
            String words,
            boolean possibleRepeat) {
        /** Somebody is told of it, with a reason. */
        boolean listed() {
            return (state.equals("parked") || state.equals("waiting")) && !code.isEmpty();
        }

        @Override
        public String toString() {
            return flow + " " + record + " " + key + " " + state + " " + code + (words.isEmpty() ? "" : ": " + words);
        }
    }

    final List<Effect> effects = new ArrayList<>();
    /** Records that are not at rest. */
    final List<String> open = new ArrayList<>();

    long lostAnswers;
    private final Map<String, List<Effect>> byRecord = new HashMap<>();

    private LedgerView() {}

    static LedgerView read(Store store) {
        LedgerView view = new LedgerView();
        try (Connection connection = store.open();
                Statement statement = connection.createStatement()) {
            each(statement, "select * from effect order by flow, record, id", row -> view.add(row));
            each(
                    statement,
                    "select flow, record, state from work_item where state <> 'settled'",
                    row -> view.open.add(text(row, "flow") + " " + text(row, "record") + " " + text(row, "state")));
            each(
                    statement,
                    "select coalesce(sum(lost_answers), 0) as lost from effect where kind = 'referral'",
                    row -> view.lostAnswers = Long.parseLong(text(row, "lost")));
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger cannot be read", e);
        }
        return view;
    }

    private void add(ResultSet row) {
        Effect effect = new Effect(
                text(row, "flow"),
                text(row, "record"),
                text(row, "effect_key"),
                text(row, "kind"),
                text(row, "state"),
                text(row, "reason_code"),
                text(row, "reason"),
                text(row, "possible_repeat").matches("(?i)t|true"));
        effects.add(effect);
        byRecord.computeIfAbsent(effect.flow() + " " + effect.record(), key -> new ArrayList<>())
                .add(effect);
    }

    private static void each(Statement statement, String sql, Consumer<ResultSet> work) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                work.accept(rows);
            }
        }
    }

    private static String text(ResultSet row, String column) {
        try {
            return Optional.ofNullable(row.getString(column)).orElse("");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Effect> of(String flow, String record) {
        return byRecord.getOrDefault(flow + " " + record, List.of());
    }

    Optional<Effect> effect(String flow, String record, String key) {
        return of(flow, record).stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /** Whether something of that record is listed whose key begins with one of these. */
    boolean listed(String flow, String record, String... keys) {
        return of(flow, record).stream().filter(Effect::listed).anyMatch(each -> List.of(keys).stream()
                .anyMatch(each.key()::startsWith));
    }
}
