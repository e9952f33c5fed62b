package dev.tandem.ledger.items;

import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Handle;

/**
 * One writer per record of a target that saves whole records without a lock (protocol 7). The item is claimed first, then the
 * lock, never the other way; nobody waits holding either.
 */
public final class TargetLocks {
    private record Holder(long item, long token, Instant until) {}

    private final LedgerClock clock;

    public TargetLocks(LedgerClock clock) {
        this.clock = clock;
    }

    /** Takes the lock until the item's lease ends; false if another item holds it. */
    boolean take(Handle handle, Claim claim, String name) {
        Instant until = handle.createQuery("select leased_until from work_item where id = :id")
                .bind("id", claim.id())
                .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .one();
        boolean free = Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                        "insert into target_lock (name, item, token, held_until) values (:name, :item, :token, :until)")
                .bind("name", name)
                .bind("item", claim.id())
                .bind("token", claim.token())
                .bind("until", until)
                .execute());
        if (free) {
            return true;
        }
        var found = handle.createQuery("select item, token, held_until from target_lock where name = :name for update")
                .bind("name", name)
                .map((row, context) -> new Holder(
                        row.getLong("item"),
                        row.getLong("token"),
                        row.getObject("held_until", OffsetDateTime.class).toInstant()))
                .findOne();
        if (found.isEmpty()) {
            return take(handle, claim, name);
        }
        Holder holder = found.get();
        if (holder.item() != claim.id() && !holder.until().isBefore(clock.now())) {
            return false;
        }
        handle.createUpdate(
                        "update target_lock set item = :item, token = :token, held_until = :until where name = :name")
                .bind("item", claim.id())
                .bind("token", claim.token())
                .bind("until", until)
                .bind("name", name)
                .execute();
        return true;
    }

    /**
     * Frees what the claim holds and makes those who wanted it due.
     *
     * @return how many locks it held
     */
    int free(Handle handle, Claim claim) {
        var names = handle.createQuery("select name from target_lock where item = :item and token = :token for update")
                .bind("item", claim.id())
                .bind("token", claim.token())
                .mapTo(String.class)
                .list();
        if (names.isEmpty()) {
            return 0;
        }
        handle.createUpdate("delete from target_lock where item = :item and token = :token")
                .bind("item", claim.id())
                .bind("token", claim.token())
                .execute();
        handle.createUpdate("""
                        update work_item set due_at = :now, wants_lock = null
                         where wants_lock in (<names>) and state = 'pending'
                        """)
                .bind("now", clock.now())
                .bindList("names", names)
                .execute();
        return names.size();
    }
}
