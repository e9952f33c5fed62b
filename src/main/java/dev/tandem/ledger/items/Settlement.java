package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.links.Snapshots;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is written when a worker settles or releases an item (protocol 1, 4, 5). */
record Settlement(
        Handle handle,
        Store store,
        Claim claim,
        KnownEffects effects,
        WorkResult result,
        TargetLocks locks,
        boolean payloadKept,
        String counterpartFlow,
        Instant now) {
    /**
     * Settles an item of which nothing is open, without reading first what the claim knows already: that it still holds, and
     * is of the newest generation, shows in the one row that is settled.
     *
     * @return false if it is not so, and nothing was written
     */
    boolean settleUnread() {
        if (!settled()) {
            return false;
        }
        writeLinks();
        locks.freeAll(handle, now);
        tidyUp();
        return true;
    }

    /** @param newest whether the claimed generation is still the newest */
    void write(boolean newest) {
        writeLinks();
        locks.freeAll(handle, now);
        Optional<Instant> next = newest ? nextMoment() : Optional.of(now);
        if (next.isPresent()) {
            Claims.release(handle, claim, next.get(), Optional.empty());
        } else {
            settled();
            tidyUp();
        }
    }

    private boolean settled() {
        int settled = handle.createUpdate("""
                        update work_item set state = 'settled', leased_until = null, due_at = null, open_since = null,
                               failures = 0, fingerprint = :fingerprint, window_fingerprint = :inWindow, settled_at = :now, on_event = false
                         where id = :id and token = :token and generation = :generation
                        """)
                .bindMethods(claim)
                .bind("fingerprint", fingerprint(result.inFull()))
                .bind("inWindow", fingerprint(result.inWindow()))
                .bind("now", now)
                .execute();
        return settled == 1;
    }

    private void tidyUp() {
        boolean needed = effects.all().stream()
                .anyMatch(effect -> effect.state() == EffectState.PARKED || effect.state() == EffectState.WAITING);
        if (payloadKept && !needed) {
            Snapshots.dropUpTo(handle, claim.flow(), claim.record(), claim.generation());
        }
        List<String> madeTrue = new ArrayList<>(result.makesTrue());
        madeTrue.add("item:" + claim.flow() + ":" + claim.record());
        Waiters.wake(handle, madeTrue, now);
        store.tally().count(claim.flow(), "record", "settled");
    }

    /**
     * A record that could not be read has no fingerprint: its next mark is worked whatever it brings. Not so if the record itself
     * was at fault, such as one that names a case that is not there.
     */
    private String fingerprint(Optional<byte[]> shown) {
        boolean unread =
                effects.of(Effect.READ).filter(read -> read.inputHash() == null).isPresent();
        return unread ? null : shown.map(store.seal()::fingerprint).orElse(null);
    }

    /** What was due and still is open after the record was worked would be so at once again: never without a pause. */
    private Optional<Instant> nextMoment() {
        return effects.all().stream()
                .filter(effect -> effect.state().open())
                .map(effect -> effect.state() == EffectState.INTENDED ? effect.callDeadline() : effect.nextAt())
                .map(next -> next == null || !next.isAfter(now)
                        ? now.plus(store.settings().retryMin())
                        : next)
                .min(Instant::compareTo);
    }

    private void writeLinks() {
        EntryMatches.save(handle, claim.flow(), result.entryMatches());
        result.linked().ifPresent(linked -> {
            String showed = handle.createQuery(
                            "select shows from link where flow = :flow and record = :record for update")
                    .bindMethods(claim)
                    .mapTo(String.class)
                    .findOne()
                    .orElse(null);
            Links.save(handle, store.seal(), claim.flow(), claim.record(), linked.counterpart(), linked.known());
            if (Objects.equals(showed, linked.shows())) {
                return;
            }
            handle.createUpdate("update link set shows = :shows where flow = :flow and record = :record")
                    .bindMethods(claim)
                    .bind("shows", linked.shows())
                    .execute();
            // A decision or a link may now be owed to the other side, although its own record has not changed.
            linked.counterpart()
                    .filter(counterpart -> !counterpartFlow.isEmpty())
                    .ifPresent(counterpart -> Waiters.mark(handle, counterpartFlow, counterpart, now));
        });
    }
}
