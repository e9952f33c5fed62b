package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose records a source holds, such as OSCaR's NGOs, and which of them it shows no longer (mapping facts R24). */
public record Holders(Store store) {
    private static final Logger LOG = LoggerFactory.getLogger(Holders.class);
    private static final int GONE_AFTER = 2;

    /** Those of whom two complete full sweeps in turn have shown no record. */
    public Set<String> gone(String source) {
        return store.read(handle -> new TreeSet<>(
                handle.createQuery("select name from holder where source = :source and sweeps_missed >= :gone")
                        .bind("source", source)
                        .bind("gone", GONE_AFTER)
                        .mapTo(String.class)
                        .list()));
    }

    /** Those of whom it has shown a record since the last full sweep began. */
    public Set<String> shown(String source) {
        return store.read(handle ->
                new TreeSet<>(handle.createQuery("select name from holder where source = :source and sweeps_missed = 0")
                        .bind("source", source)
                        .mapTo(String.class)
                        .list()));
    }

    /** Whether the source has shown records of anybody, ever. */
    public boolean any(String source) {
        return store.read(handle -> handle.createQuery("select count(*) from holder where source = :source")
                        .bind("source", source)
                        .mapTo(Long.class)
                        .one()
                > 0);
    }

    /** Takes what a complete sweep has shown. What was parked for one that is back is looked at again. */
    static void shown(Handle handle, Sweep sweep, Set<String> shown, Instant now) {
        Set<String> names = shown.stream()
                .map(name -> Storable.identity(name, Storable.NAME))
                .collect(Collectors.toSet());
        Map<String, Integer> known = handle
                .createQuery("select name, sweeps_missed from holder where source = :source")
                .bind("source", sweep.source())
                .map((row, context) -> Map.entry(row.getString("name"), row.getInt("sweeps_missed")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<String> fresh =
                names.stream().filter(name -> !known.containsKey(name)).toList();
        Batches.run(
                handle,
                fresh,
                "insert into holder (source, name, sweeps_missed) values (:source, :name, 0)",
                (batch, name) -> batch.bind("source", sweep.source()).bind("name", name));
        known.forEach((name, missed) -> {
            int count = names.contains(name) ? 0 : missed + (sweep.full() ? 1 : 0);
            if (count != missed) {
                handle.createUpdate("update holder set sweeps_missed = :missed where source = :source and name = :name")
                        .bind("missed", count)
                        .bind("source", sweep.source())
                        .bind("name", name)
                        .execute();
                tell(sweep.source(), name, missed, count);
            }
        });
        if (known.entrySet().stream().anyMatch(one -> one.getValue() >= GONE_AFTER && names.contains(one.getKey()))) {
            Waiters.wakeParked(handle, "%-to-" + sweep.source(), now);
        }
    }

    private static void tell(String source, String name, int before, int missed) {
        if (missed == GONE_AFTER) {
            LOG.warn("Two full sweeps of {} have shown nothing of {}: new referrals to it are parked", source, name);
        } else if (missed == 0 && before >= GONE_AFTER) {
            LOG.info("{} shows {} again", source, name);
        }
    }
}
