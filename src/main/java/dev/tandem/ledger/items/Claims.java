package dev.tandem.ledger.items;

import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Who works on what, and until when (protocol 2). */
public final class Claims {
    private static final int LOOKED_AT_BESIDE = 24;

    private final Transactions transactions;
    private final LedgerClock clock;
    private final LedgerSettings settings;

    public Claims(Transactions transactions, LedgerClock clock, LedgerSettings settings) {
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Claims up to so many due items of the flow, the longest due first; leases that ran out are due as well. They are looked
     * for without locks first, in the order of the index: H2 reads and sorts all that is due for a locking query.
     */
    public List<Claim> claim(String flow, int most) {
        return transactions.in(handle -> {
            Instant now = clock.now();
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
                            select id, record, generation, token, on_event,
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
                    .map((row, context) -> new Claim(
                            row.getLong("id"),
                            flow,
                            row.getString("record"),
                            row.getLong("generation"),
                            row.getLong("token") + 1,
                            row.getBoolean("on_event"),
                            row.getBoolean("not_the_days")))
                    .list();
            lease(handle, claims, now.plus(settings.lease()));
            return claims;
        });
    }

    private static void lease(Handle handle, List<Claim> claims, Instant until) {
        if (claims.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                update work_item set state = 'leased', token = :token, leased_until = :until,
                       due_at = :until, wants_lock = null where id = :id
                """);
        claims.forEach(claim -> batch.bind("token", claim.token())
                .bind("until", until)
                .bind("id", claim.id())
                .add());
        batch.execute();
    }

    /** When the flow's next item falls due, be it in the past; none if all is settled. */
    public Optional<Instant> nextDue(String flow) {
        return transactions.read(handle -> handle.createQuery("""
                        select due_at from work_item where flow = :flow and due_at > :begin
                         order by flow, due_at, id fetch first row only
                        """)
                .bind("flow", flow)
                .bind("begin", Instant.EPOCH)
                .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
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
    boolean fence(Handle handle, Claim claim, Instant now, java.time.Duration leaseNeeded, int locks) {
        record Row(long token, long generation, Instant until) {}
        Row row = handle.createQuery("select token, generation, leased_until from work_item where id = :id for update")
                .bind("id", claim.id())
                .map((found, context) -> new Row(
                        found.getLong("token"),
                        found.getLong("generation"),
                        Optional.ofNullable(found.getObject("leased_until", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(Instant.EPOCH)))
                .one();
        if (row.token() != claim.token()) {
            throw new LostLease(claim.flow(), claim.record());
        }
        if (locks != 0 && locks != locksHeld(handle, claim)) {
            throw new LostLease(claim.flow(), claim.record());
        }
        if (row.until().isBefore(now.plus(leaseNeeded))) {
            Instant until =
                    clock.now().plus(settings.lease().compareTo(leaseNeeded) > 0 ? settings.lease() : leaseNeeded);
            handle.createUpdate("update work_item set leased_until = :until, due_at = :until where id = :id")
                    .bind("until", until)
                    .bind("id", claim.id())
                    .execute();
            handle.createUpdate("update target_lock set held_until = :until where item = :id and token = :token")
                    .bind("until", until)
                    .bind("id", claim.id())
                    .bind("token", claim.token())
                    .execute();
        }
        return row.generation() == claim.generation();
    }

    private static int locksHeld(Handle handle, Claim claim) {
        return handle.createQuery("select name from target_lock where item = :id and token = :token for update")
                .bind("id", claim.id())
                .bind("token", claim.token())
                .mapTo(String.class)
                .list()
                .size();
    }

    /**
     * Ends all leases at once. Only for a database that no other process can have open: what held them is dead. An item with
     * an open call stays leased, to nobody, until that call's deadline has passed: the target may still be at it, and a mark
     * brings only a pending item forward.
     */
    public void endLeasesOfTheDead() {
        transactions.run(handle -> {
            Instant now = clock.now();
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
