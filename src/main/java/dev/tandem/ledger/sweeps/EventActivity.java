package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.Transactions;
import dev.tandem.ledger.storage.Upserts;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether the events of a source arrive: when the last one did, and whether sweeps find changes that none has named. */
public final class EventActivity {
    /**
     * What is known of one source.
     *
     * @param heardAt when an event of it was last taken, to within {@link #NOTED_EVERY}
     * @param missedSince when a sweep first found a changed record since then
     */
    public record Source(String source, Optional<Instant> heardAt, Optional<Instant> missedSince) {
        /** Whether sweeps find changes although no event has come for so long. */
        public boolean silent(Instant now, Duration after) {
            return missedSince
                    .map(missed -> heardAt.orElse(missed))
                    .filter(last -> !last.plus(after).isAfter(now))
                    .isPresent();
        }
    }

    /** Not each event is written down: a hundred a second would wait for one another. */
    static final Duration NOTED_EVERY = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final LedgerClock clock;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    public EventActivity(Transactions transactions, LedgerClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** An event of the source has come. */
    public void event(String source) {
        Instant now = clock.now();
        Instant before = noted.put(source, now);
        if (before != null && before.plus(NOTED_EVERY).isAfter(now)) {
            noted.replace(source, now, before);
            return;
        }
        note(
                source,
                now,
                "update heard set heard_at = :now, missed_since = null where source = :source",
                "insert into heard (source, heard_at) values (:source, :now)");
    }

    /** A sweep that no event had asked for has found changed records. */
    public void missed(String source) {
        note(
                source,
                clock.now(),
                "update heard set missed_since = coalesce(missed_since, :now) where source = :source",
                "insert into heard (source, missed_since) values (:source, :now)");
    }

    private void note(String source, Instant now, String update, String insert) {
        transactions.run(
                handle -> Upserts.run(handle, List.of(source), update, insert, (batch, one) -> batch.bind("source", one)
                        .bind("now", now)));
    }

    public List<Source> sources() {
        return transactions.read(
                handle -> handle.createQuery("select source, heard_at, missed_since from heard order by source")
                        .map((row, context) -> new Source(
                                row.getString("source"),
                                Optional.ofNullable(row.getObject("heard_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant),
                                Optional.ofNullable(row.getObject("missed_since", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)))
                        .list());
    }
}
