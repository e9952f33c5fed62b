package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.effects.Forgotten;
import dev.tandem.ledger.links.Snapshots;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.storage.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Who works on what, and until when (protocol 2).
 *
 * @param origin what is older is baseline
 * @param forgotten what was sent of records that were forgotten since
 */
public record Claims(Store store, Supplier<Optional<LedgerOrigin>> origin, Forgotten forgotten) {
    private static final int LOOKED_AT_BESIDE = 24;

    /**
     * Claims up to so many due items of the flow.
     *
     * @return each with all that the ledger knows of it
     */
    public List<Work> claim(String flow, int most) {
        List<Claim> claims = due(flow, most);
        if (claims.isEmpty()) {
            return List.of();
        }
        List<String> records = claims.stream().map(Claim::record).toList();
        return store.read(handle -> {
            Map<String, List<Effect>> effects = Effects.of(handle, flow, records);
            Forgotten.Known sentBefore = forgotten.known(handle);
            Set<String> kept = Snapshots.kept(handle, flow, records);
            return claims.stream()
                    .map(claim -> new Work(
                            store,
                            claim,
                            effects.getOrDefault(claim.record(), List.of()),
                            kept.contains(claim.record()),
                            origin,
                            sentBefore))
                    .toList();
        });
    }

    /**
     * The longest due first; leases that ran out are due as well. They are looked for without locks first, in the order of the
     * index: H2 reads and sorts all that is due for a locking query.
     */
    private List<Claim> due(String flow, int most) {
        return store.in(handle -> {
            Instant now = store.now();
            List<Long> due = handle.createQuery("""
                            select id from work_item where flow = :flow and due_at > :begin and due_at <= :now
                             order by flow, due_at, id limit :some
                            """)
                    .bind("flow", flow)
                    // Without it, H2 walks over all settled items, whose null comes first in the index.
                    .bind("begin", Instant.EPOCH)
                    .bind("now", now)
                    // More than wanted: other replicas look at the same ones.
                    .bind("some", most + LOOKED_AT_BESIDE)
                    .mapTo(Long.class)
                    .list();
            if (due.isEmpty()) {
                return List.of();
            }
            List<Claim> claims = handle.createQuery("""
                            select id, flow, record, generation, token + 1 as token, on_event,
                                   settled_at is null or woken_generation = generation as not_the_days
                              from work_item
                             where id = any(:due) and due_at <= :now
                               and not exists (select 1 from effect
                                 where effect.flow = work_item.flow and effect.record = work_item.record
                                   and effect.state = 'intended' and effect.call_deadline > :now)
                             order by due_at, id limit :most for update skip locked
                            """)
                    .bindArray("due", Long.class, due)
                    .bind("now", now)
                    .bind("most", most)
                    .map(ConstructorMapper.of(Claim.class))
                    .list();
            lease(handle, claims, now.plus(store.settings().lease()));
            return claims;
        });
    }

    private static void lease(Handle handle, List<Claim> claims, Instant until) {
        Batches.run(
                handle, claims, """
                update work_item set state = 'leased', token = :token, leased_until = :until,
                       due_at = :until, wants_lock = null where id = :id
                """, (batch, claim) -> batch.bindMethods(claim).bind("until", until));
    }

    /** Ends a claim without settling its item. */
    static void release(Handle handle, Claim claim, Instant due, Optional<String> wantsLock) {
        handle.createUpdate("""
                        update work_item set state = 'pending', leased_until = null, due_at = :due, wants_lock = :lock
                         where id = :id and token = :token
                        """)
                .bindMethods(claim)
                .bind("due", due)
                .bind("lock", wantsLock)
                .execute();
    }

    /** When the flow's next item falls due, be it in the past; none if all is settled. */
    public Optional<Instant> nextDue(String flow) {
        return store.read(handle -> handle.createQuery("""
                        select due_at from work_item where flow = :flow and due_at > :begin
                         order by flow, due_at, id fetch first row only
                        """)
                .bind("flow", flow)
                .bind("begin", Instant.EPOCH)
                .mapTo(Instant.class)
                .findFirst());
    }

    /**
     * Locks the item's row and makes sure that the claim still holds it, with at least that much lease left; renews the
     * lease, and the target's lock with it, if not.
     *
     * @param now read before this, so that a call intended with it ends before the lease does
     * @param locks how many target locks the claim took: one that another item has taken since, when the lease had run
     *     out and nobody had claimed the item yet, is lost, and the claim with it
     * @return whether the claimed generation is still the newest
     */
    static boolean fence(Handle handle, Store store, Claim claim, Instant now, Duration leaseNeeded, int locks) {
        record Row(long token, long generation, Instant leasedUntil) {}
        Row row = handle.createQuery("select token, generation, leased_until from work_item where id = :id for update")
                .bind("id", claim.id())
                .map(ConstructorMapper.of(Row.class))
                .one();
        if (row.token() != claim.token()
                || (locks != 0 && locks != TargetLocks.held(handle, claim).size())) {
            throw new LostLease(claim.flow(), claim.record());
        }
        if (row.leasedUntil() == null || row.leasedUntil().isBefore(now.plus(leaseNeeded))) {
            Duration lease = store.settings().lease();
            Instant until = store.now().plus(lease.compareTo(leaseNeeded) > 0 ? lease : leaseNeeded);
            handle.createUpdate("update work_item set leased_until = :until, due_at = :until where id = :id")
                    .bind("until", until)
                    .bind("id", claim.id())
                    .execute();
            handle.createUpdate("update target_lock set held_until = :until where item = :id and token = :token")
                    .bindMethods(claim)
                    .bind("until", until)
                    .execute();
        }
        return row.generation() == claim.generation();
    }

    /**
     * Ends all leases at once. Only for a database that no other process can have open: what held them is dead. An item with
     * an open call stays leased, to nobody, until that call's deadline has passed: the target may still be at it, and a mark
     * brings only a pending item forward.
     */
    public void endLeasesOfTheDead() {
        store.run(handle -> {
            Instant now = store.now();
            handle.createUpdate("""
                            update work_item set token = token + 1, due_at = (select max(e.call_deadline) from effect e
                                     where e.flow = work_item.flow and e.record = work_item.record
                                       and e.state = 'intended')
                             where state = 'leased' and exists (select 1 from effect e
                                     where e.flow = work_item.flow and e.record = work_item.record
                                       and e.state = 'intended' and e.call_deadline > :now)
                            """).bind("now", now).execute();
            handle.createUpdate("""
                            update work_item set state = 'pending', token = token + 1, leased_until = null, due_at = :now
                             where state = 'leased' and not exists (select 1 from effect e
                                     where e.flow = work_item.flow and e.record = work_item.record
                                       and e.state = 'intended' and e.call_deadline > :now)
                            """).bind("now", now).execute();
            handle.execute("delete from target_lock");
            handle.execute("update sweep set leased_until = null");
        });
    }
}
