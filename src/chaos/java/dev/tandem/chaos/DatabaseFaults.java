package dev.tandem.chaos;

import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Hold;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What happens between several replicas and their one PostgreSQL. */
final class DatabaseFaults {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";
    private static final String CASES = "/api/v2/cases";
    private static final int PATIENCE_MILLIS = 3000;
    private static final String WAITS_FOR =
            "select count(*) from pg_stat_activity where application_name = 'tandem' and wait_event_type = 'Lock' and query like ";

    private final Stage stage;
    private final FaultInjection injection;

    DatabaseFaults(Stage stage, FaultInjection injection) {
        this.stage = stage;
        this.injection = injection;
    }

    String strike(FaultKind kind, Replica one, long[] until) {
        return switch (kind) {
            case DATABASE_RESTART -> {
                stage.store.restart();
                yield "";
            }
            case CUT_OFF -> cutOff(until);
            case WRONG_CLOCK -> wrongClock(one, until);
            case KILL_UNRECORDED -> unrecorded();
            case KILL_UNMARKED -> unmarked();
            default -> throw new IllegalArgumentException(kind.words());
        };
    }

    private String cutOff(long[] until) {
        stage.way().cut();
        injection.later(
                1000L * (Stage.LEASE_SECONDS + 2), until, () -> stage.way().heal());
        return "the last replica";
    }

    private String wrongClock(Replica one, long[] until) {
        one.kill();
        one.startWith(Machine.anHourFast());
        injection.later(9000, until, () -> {
            one.kill();
            one.startWith(List.of());
        });
        return "replica " + one.number;
    }

    /** All are killed with an answer in their hands that somebody else's lock keeps them from writing down. */
    private String unrecorded() {
        Hold hold = new Hold();
        Faults.Rule rule = stage.oscar.faults().every("POST", UPSERT, Fault.holdAnswer(hold));
        boolean called = injection.await(PATIENCE_MILLIS, () -> rule.struck() > 0);
        try (Connection connection = stage.store.open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            boolean hit = false;
            if (called) {
                History.pause(50);
                statement.execute("select id from effect where kind = 'referral' and state = 'intended' for update");
                hold.release();
                rule.remove();
                hit = injection.await(PATIENCE_MILLIS, () -> waiting("'select attempt from effect%'"));
            }
            killAll();
            connection.rollback();
            return hit ? "all, an answer" : "all";
        } catch (SQLException e) {
            return "the database was not there";
        } finally {
            hold.release();
            rule.remove();
            startAll();
        }
    }

    /** All are killed while somebody else's lock keeps one from marking what its sweep has read. */
    private String unmarked() {
        Hold hold = new Hold();
        // Whoever asks now is answered with what is there when the table is locked: one sweep reads all of it.
        Faults.Rule rule = stage.primero.faults().every("GET", CASES, Fault.holdCall(hold));
        try (Connection connection = stage.store.open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            boolean asked = injection.await(PATIENCE_MILLIS, hold::hasCall);
            // Half an hour of Primero's in one sweep: more than the next one reads again anyway.
            for (int i = 0; i < 6; i++) {
                stage.primero.clock().advance(java.time.Duration.ofMinutes(5));
                injection.actNow();
            }
            statement.execute("lock table work_item in share row exclusive mode");
            hold.release();
            rule.remove();
            boolean hit = asked
                    && injection.await(
                            PATIENCE_MILLIS,
                            () -> waiting("'%update work_item%generation + 1%'")
                                    || waiting("'%insert into work_item%'"));
            killAll();
            connection.rollback();
            return hit ? "all, a mark" : "all";
        } catch (SQLException e) {
            return "the database was not there";
        } finally {
            hold.release();
            rule.remove();
            startAll();
        }
    }

    private void killAll() {
        stage.replicas.forEach(Replica::kill);
    }

    private void startAll() {
        stage.replicas.stream().filter(replica -> !replica.isAlive()).forEach(replica -> replica.startWith(List.of()));
    }

    private boolean waiting(String query) {
        try (Connection connection = stage.store.open();
                ResultSet row = connection.createStatement().executeQuery(WAITS_FOR + query)) {
            return row.next() && row.getInt(1) > 0;
        } catch (SQLException notNow) {
            return false;
        }
    }
}
