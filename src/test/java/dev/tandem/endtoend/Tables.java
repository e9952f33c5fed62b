package dev.tandem.endtoend;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What lies in the ledger's tables, seen from outside while Tandems work on it. */
final class Tables {
    /** One effect that is a referral to OSCaR. */
    record Referral(
            String record, String state, String parkedFor, int attempts, int lostAnswers, boolean possibleRepeat) {}

    private static final String INTENDED =
            " from effect where kind = 'referral' and state = 'intended' and sent_at > :since";

    private final Jdbi jdbi;

    Tables(String url, String user) {
        jdbi = Jdbi.create(url, user, "");
    }

    OffsetDateTime now() {
        return jdbi.withHandle(handle -> handle.createQuery("select current_timestamp")
                .mapTo(OffsetDateTime.class)
                .one());
    }

    /** Referrals that were intended after this moment and of which nothing has been recorded since. */
    long intended(OffsetDateTime since) {
        return count("select count(*)" + INTENDED, since);
    }

    /** The same, whatever they are: several of one case may share one call. */
    long intendedInPrimero(OffsetDateTime since) {
        return count(
                "select count(distinct record) from effect where flow = 'oscar-to-primero' and state = 'intended' and sent_at > :since",
                since);
    }

    /** Keeps whoever wants to record what came of them waiting, as long as the handle is open. */
    Handle holdBack(OffsetDateTime since) {
        Handle handle = jdbi.open();
        handle.begin();
        handle.createQuery("select id" + INTENDED + " for update")
                .bind("since", since)
                .mapTo(Long.class)
                .list();
        return handle;
    }

    /** PostgreSQL: how many workers have an answer in their hands and cannot record it because of {@link #holdBack}. */
    long heldBack() {
        return count("""
                select count(*) from pg_stat_activity
                 where datname = current_database() and application_name = 'tandem'
                   and wait_event_type = 'Lock' and query like 'select attempt from effect%'
                """);
    }

    /** How many of the two systems have been read in full. */
    long readInFull() {
        return count("select count(*) from sweep where full_sweeps > 0");
    }

    /** How many sweeps of a source have begun. */
    long sweeps(String source) {
        return count("select coalesce(max(token), 0) from sweep where source = '" + source + "'");
    }

    /** Effects that are done. */
    long confirmed() {
        return count("select count(*) from effect where state = 'confirmed'");
    }

    /** The replicas that have shown a sign of life of late. */
    long replicas() {
        return count("select count(*) from replica");
    }

    /** Items that are not at rest. */
    long open() {
        return count("select count(*) from work_item where state <> 'settled'");
    }

    /** What is not at rest: how many items in each state, how many effects in each state. */
    String restless() {
        return jdbi.withHandle(
                        handle -> handle.createQuery("""
                        select 'items ' || state || ': ' || count(*) from work_item where state <> 'settled' group by state
                        union all
                        select kind || ' ' || state || ': ' || count(*) from effect where state <> 'confirmed' group by kind, state
                        """).mapTo(String.class).list())
                .toString();
    }

    long items() {
        return count("select count(*) from work_item");
    }

    List<Referral> referrals() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from effect where kind = 'referral'")
                .map((row, context) -> new Referral(
                        row.getString("record"),
                        row.getString("state"),
                        Optional.ofNullable(row.getString("parked_for")).orElse(""),
                        row.getInt("attempt"),
                        row.getInt("lost_answers"),
                        row.getBoolean("possible_repeat")))
                .list());
    }

    long journaled() {
        return count("select count(*) from journal");
    }

    private long count(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private long count(String sql, OffsetDateTime since) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("since", since).mapTo(Long.class).one());
    }
}
