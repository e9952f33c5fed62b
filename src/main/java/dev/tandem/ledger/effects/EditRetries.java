package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Tries again what an edit may have made possible: what was parked for a mapping reason, once another version of routes and
 * mappings is in force, each effect once for each version (protocol 4); and what waits for an NGO that takes part by now.
 */
public record EditRetries(Store store) {
    /**
     * Marks the records of so many of them.
     *
     * @param version that is in force
     * @return how many there were; fewer than {@code most}: it was the last of them for now
     */
    public int tryAgain(String version, int most) {
        record Parked(long id, String flow, String record) {}
        int tried = store.in(handle -> {
            List<Parked> parked = handle.createQuery("""
                            select id, flow, record from effect
                             where state = 'parked' and parked_for = 'mapping' and (version is null or version <> :version)
                             order by id limit :most
                            """)
                    .bind("version", version)
                    .bind("most", most)
                    .map(ConstructorMapper.of(Parked.class))
                    .list();
            Instant now = store.now();
            for (Parked effect : parked) {
                // So that the brake can tell what is done because of the edit alone from ordinary work.
                handle.createUpdate("""
                                update work_item set woken_by = :version, woken_generation = generation + 1
                                 where flow = :flow and record = :record
                                   and (state = 'settled' or (woken_by = :version and woken_generation = generation))
                                """)
                        .bindMethods(new ItemKey(effect.flow(), effect.record()))
                        .bind("version", version)
                        .execute();
                // The item first, as workers do: else the two could end each other.
                Waiters.mark(handle, effect.flow(), effect.record(), now);
                handle.createUpdate("update effect set version = :version where id = :id")
                        .bind("version", version)
                        .bind("id", effect.id())
                        .execute();
            }
            return parked.size();
        });
        if (tried > 0) {
            store.signals().raise();
        }
        return tried;
    }

    /**
     * Marks the records that wait for an NGO that takes part by now. Asked again while a service runs: another replica may not
     * have been started anew yet, and have them wait once more.
     *
     * @param ngos those that take part; none: all
     */
    public void ngosTakePart(Optional<Set<String>> ngos) {
        boolean woken = store.in(handle -> {
            List<String> over = Waiters.conditions(handle, Effect.NGO).stream()
                    .filter(condition ->
                            ngos.isEmpty() || ngos.get().contains(condition.substring(Effect.NGO.length())))
                    .toList();
            return Waiters.wake(handle, over, store.now());
        });
        if (woken) {
            store.signals().raise();
        }
    }

    /** A replica that still has the version before may be the one that took it up: then it is not done yet. */
    public static void triedUnder(Handle handle, Effect effect, String version) {
        handle.createUpdate("update effect set version = :version where id = :id and version <> :version")
                .bind("version", version)
                .bind("id", effect.id())
                .execute();
    }
}
