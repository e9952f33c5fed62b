package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first sync of a flow, and an edit, write to so many records by themselves; what is beyond that waits until a person lets it
 * go (protocol 4). Ordinary work is not counted and not held.
 */
public record Brake(Store store) {
    private static final Logger LOG = LoggerFactory.getLogger(Brake.class);
    private static final String FIRST = "first-sync:";
    private static final String EDIT = "edit:";

    /**
     * What is held.
     *
     * @param name such as {@code first-sync:primero-to-oscar} or {@code edit:<version>}
     * @param records written to before it was held
     * @param effects that wait
     */
    public record Held(String name, long records, long effects, Instant since) {
        /** What it is, for people. */
        public String words() {
            return name.startsWith(FIRST)
                    ? "the first sync of " + name.substring(FIRST.length())
                    : "the edit with version " + name.substring(EDIT.length());
        }
    }

    /** All that is held now. */
    public List<Held> held() {
        return store.read(Brake::held);
    }

    private static List<Held> held(Handle handle) {
        return handle.createQuery("""
                        select name, records, held_since as since,
                               (select count(*) from effect where state = 'waiting' and waiting_for = 'approve:' || name) as effects
                          from brake where held_since is not null and approved_at is null order by name
                        """).map(ConstructorMapper.of(Held.class)).list();
    }

    /**
     * A person lets all go that is held now.
     *
     * @return what that was
     */
    public List<Held> approve(String by) {
        List<Held> approved = store.in(handle -> {
            List<Held> held = held(handle);
            Instant now = store.now();
            for (Held one : held) {
                handle.createUpdate("update brake set approved_at = :now, approved_by = :by where name = :name")
                        .bind("now", now)
                        .bind("by", Storable.words(by, Storable.NAME))
                        .bind("name", one.name())
                        .execute();
            }
            Waiters.wake(
                    handle,
                    held.stream().map(one -> Effect.APPROVAL + one.name()).toList(),
                    now);
            return held;
        });
        store.signals().raise();
        return approved;
    }

    /**
     * Whether an effect of this item may be intended; counts the item if it is one that is counted.
     *
     * @return the condition to wait for, if not
     */
    static Optional<String> holds(Handle handle, Claim claim, int most, Instant now) {
        Optional<String> cause = cause(handle, claim);
        if (cause.isEmpty() || isApproved(handle, cause.get()) || isCounted(handle, claim, cause.get())) {
            return Optional.empty();
        }
        String name = cause.get();
        Transactions.insertedOrThere(
                handle, () -> handle.createUpdate("insert into brake (name, records, began_at) values (:name, 0, :now)")
                        .bind("name", name)
                        .bind("now", now)
                        .execute());
        // One after another, over all replicas.
        long records = handle.createQuery("select records from brake where name = :name for update")
                .bind("name", name)
                .mapTo(Long.class)
                .one();
        if (isApproved(handle, name)) {
            return Optional.empty();
        }
        if (records < most) {
            handle.createUpdate("update brake set records = records + 1 where name = :name")
                    .bind("name", name)
                    .execute();
            handle.createUpdate("update work_item set counted_for = :name where id = :id")
                    .bind("name", name)
                    .bind("id", claim.id())
                    .execute();
            return Optional.empty();
        }
        int first = handle.createUpdate("update brake set held_since = :now where name = :name and held_since is null")
                .bind("now", now)
                .bind("name", name)
                .execute();
        if (first > 0) {
            Held held = new Held(name, records, 0, now);
            Transactions.afterCommit(() -> LOG.warn(
                    "{} has written to {} records and would write to more (tandem.brake): the rest waits. Look at `status` and at"
                            + " some of these records, then say `approve`, or correct the edit. Everything else goes on.",
                    held.words(),
                    records));
        }
        return Optional.of(Effect.APPROVAL + name);
    }

    /** Whether an effect that waits for this still has to. */
    static boolean isOver(Handle handle, String condition) {
        return isApproved(handle, condition.substring(Effect.APPROVAL.length()));
    }

    private static boolean isApproved(Handle handle, String name) {
        return handle.createQuery("select 1 from brake where name = :name and approved_at is not null")
                .bind("name", name)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static boolean isCounted(Handle handle, Claim claim, String name) {
        return handle.createQuery("select 1 from work_item where id = :id and counted_for = :name")
                .bind("id", claim.id())
                .bind("name", name)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** A record that has never settled and came with its source's first reading, or one that was marked because of an edit. */
    private static Optional<String> cause(Handle handle, Claim claim) {
        record Item(boolean first, Optional<String> wokenBy) {}
        Item item = handle.createQuery("""
                        select item.settled_at is null and sweep.last_began_at is not null
                                 and (sweep.first_full_at is null or item.open_since <= sweep.first_full_at) as "first",
                               case when item.woken_generation >= :generation then item.woken_by end as woken_by
                          from work_item item left join sweep on sweep.source = :source where item.id = :id
                        """)
                .bind("generation", claim.generation())
                .bind("source", Flow.source(claim.flow()))
                .bind("id", claim.id())
                .map(ConstructorMapper.of(Item.class))
                .one();
        return item.first() ? Optional.of(FIRST + claim.flow()) : item.wokenBy().map(version -> EDIT + version);
    }
}
