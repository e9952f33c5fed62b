package dev.tandem.ledger.items;

import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The locks that one claim holds on records of a target that saves whole records without a lock: one writer each (protocol 7). The
 * item is claimed first, then the lock, never the other way; nobody waits holding either.
 */
final class TargetLocks {
    private record Holder(long item, Instant heldUntil) {}

    private final Claim claim;
    private final Set<String> names = new HashSet<>();
    private boolean askedFor;

    TargetLocks(Claim claim) {
        this.claim = claim;
    }

    /**
     * Takes the lock until the item's lease ends.
     *
     * @return until when another item holds it; none if it was taken
     */
    Optional<Instant> take(Handle handle, String name, Instant now) {
        // Also if the answer to the commit is lost: then the lock is held and not among those that are known.
        askedFor = true;
        Instant until = handle.createQuery("select leased_until from work_item where id = :id")
                .bind("id", claim.id())
                .mapTo(Instant.class)
                .one();
        boolean free = Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                        "insert into target_lock (name, item, token, held_until) values (:name, :id, :token, :until)")
                .bindMethods(claim)
                .bind("name", name)
                .bind("until", until)
                .execute());
        if (free) {
            return Optional.empty();
        }
        Optional<Holder> holder = handle.createQuery(
                        "select item, held_until from target_lock where name = :name for update")
                .bind("name", name)
                .map(ConstructorMapper.of(Holder.class))
                .findOne();
        if (holder.isEmpty()) {
            return take(handle, name, now);
        }
        if (holder.get().item() != claim.id() && !holder.get().heldUntil().isBefore(now)) {
            return holder.map(Holder::heldUntil);
        }
        handle.createUpdate("update target_lock set item = :id, token = :token, held_until = :until where name = :name")
                .bindMethods(claim)
                .bind("until", until)
                .bind("name", name)
                .execute();
        return Optional.empty();
    }

    /** It is committed that the lock was taken. */
    void taken(String name) {
        names.add(name);
    }

    /** How many are known to be taken. */
    int count() {
        return names.size();
    }

    /** Frees what the claim may hold; ends it if another item has taken one since, when the lease had run out. */
    void freeAll(Handle handle, Instant now) {
        if (askedFor && free(handle, now) < names.size()) {
            throw new LostLease(claim.flow(), claim.record());
        }
    }

    /**
     * Frees what the claim holds and makes those who wanted it due.
     *
     * @return how many locks it held
     */
    int free(Handle handle, Instant now) {
        List<String> held = held(handle, claim);
        if (!held.isEmpty()) {
            handle.createUpdate("delete from target_lock where item = :id and token = :token")
                    .bindMethods(claim)
                    .execute();
            handle.createUpdate("""
                            update work_item set due_at = :now, wants_lock = null
                             where wants_lock in (<names>) and state = 'pending'
                            """).bind("now", now).bindList("names", held).execute();
        }
        return held.size();
    }

    /** The names of the locks that the claim holds; they stay locked as rows. */
    static List<String> held(Handle handle, Claim claim) {
        return handle.createQuery("select name from target_lock where item = :id and token = :token for update")
                .bindMethods(claim)
                .mapTo(String.class)
                .list();
    }
}
