package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

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

    private final Store store;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    public EventActivity(Store store) {
        this.store = store;
    }

    /** An event of the source has come. */
    public void event(String source) {
        Instant now = store.now();
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
                store.now(),
                "update heard set missed_since = coalesce(missed_since, :now) where source = :source",
                "insert into heard (source, missed_since) values (:source, :now)");
    }

    private void note(String source, Instant now, String update, String insert) {
        store.run(handle ->
                Batches.upsert(handle, List.of(source), update, insert, (batch, one) -> batch.bind("source", one)
                        .bind("now", now)));
    }

    public List<Source> sources() {
        return store.read(handle -> handle.createQuery("select * from heard order by source")
                .map(ConstructorMapper.of(Source.class))
                .list());
    }
}
