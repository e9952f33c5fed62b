package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is written when a worker lays an item down (protocol 1, 4, 5). */
final class Settlement {
    private Settlement() {}

    /**
     * Settles an item of which nothing is open, without reading first what the claim knows already: that it still holds, and
     * is of the newest generation, shows in the one row that is settled.
     *
     * @return false if it is not so, and nothing was written
     */
    static boolean atRest(Handle handle, LedgerParts parts, Claim claim, Work work, String twinFlow) {
        Instant now = parts.clock().now();
        if (!settled(handle, parts, claim, work, now)) {
            return false;
        }
        writeLinks(handle, parts, claim, work.result(), twinFlow, now);
        work.freeLocks(handle);
        tidyUp(handle, parts, claim, work, now);
        return true;
    }

    static void write(Handle handle, LedgerParts parts, Claim claim, Work work, boolean newest, String twinFlow) {
        Instant now = parts.clock().now();
        writeLinks(handle, parts, claim, work.result(), twinFlow, now);
        work.freeLocks(handle);
        Optional<Instant> next = nextMoment(work, now, parts.settings().retryMin());
        if (!newest) {
            Releases.back(handle, claim, now, Optional.empty());
        } else if (next.isPresent()) {
            Releases.back(handle, claim, next.get(), Optional.empty());
        } else {
            settled(handle, parts, claim, work, now);
            tidyUp(handle, parts, claim, work, now);
        }
    }

    private static boolean settled(Handle handle, LedgerParts parts, Claim claim, Work work, Instant now) {
        int settled = handle.createUpdate("""
                        update work_item set state = 'settled', leased_until = null, due_at = null, open_since = null,
                               failures = 0, fingerprint = :fingerprint, window_fingerprint = :inWindow, settled_at = :now, on_event = false
                         where id = :id and token = :token and generation = :generation
                        """)
                .bind("fingerprint", fingerprint(parts, work, work.result().inFull()))
                .bind("inWindow", fingerprint(parts, work, work.result().inWindow()))
                .bind("now", now)
                .bind("id", claim.id())
                .bind("token", claim.token())
                .bind("generation", claim.generation())
                .execute();
        return settled == 1;
    }

    private static void tidyUp(Handle handle, LedgerParts parts, Claim claim, Work work, Instant now) {
        boolean needed = work.known().all().stream()
                .anyMatch(effect -> effect.state() == EffectState.PARKED || effect.state() == EffectState.WAITING);
        if (work.payloadKept() && !needed) {
            Snapshots.dropUpTo(handle, claim.flow(), claim.record(), claim.generation());
        }
        List<String> madeTrue = new ArrayList<>(work.result().makesTrue());
        madeTrue.add("item:" + claim.flow() + ":" + claim.record());
        Waiters.wake(handle, madeTrue, now);
        parts.tally().count(claim.flow(), "record", "settled");
    }

    /**
     * A record that could not be read has no fingerprint: its next mark is worked whatever it brings. Not so if it was the
     * record that it stumbled over, such as one that names a case that is not there.
     */
    private static String fingerprint(LedgerParts parts, Work work, Optional<byte[]> shown) {
        return work.known()
                        .of(Effect.READ)
                        .filter(read -> read.inputHash() == null)
                        .isPresent()
                ? null
                : shown.map(content -> parts.seal().fingerprint(content)).orElse(null);
    }

    /** What was due and still is open after the record was worked would be so at once again: never without a pause. */
    private static Optional<Instant> nextMoment(Work work, Instant now, Duration pause) {
        return work.known().all().stream()
                .filter(effect -> effect.state().open())
                .map(effect -> nextMoment(effect, now, pause))
                .min(Instant::compareTo);
    }

    private static Instant nextMoment(Effect effect, Instant now, Duration pause) {
        Instant next = effect.state() == EffectState.INTENDED ? effect.callDeadline() : effect.nextAt();
        return next == null || !next.isAfter(now) ? now.plus(pause) : next;
    }

    private static void writeLinks(
            Handle handle, LedgerParts parts, Claim claim, WorkResult result, String twinFlow, Instant now) {
        result.entryMatches().forEach(match -> EntryMatches.save(handle, claim.flow(), match));
        if (result.linked().isEmpty()) {
            return;
        }
        WorkResult.Linked linked = result.linked().get();
        String showed = handle.createQuery("select shows from link where flow = :flow and record = :record for update")
                .bind("flow", claim.flow())
                .bind("record", claim.record())
                .mapTo(String.class)
                .findOne()
                .orElse(null);
        parts.links().save(handle, claim.flow(), claim.record(), linked.twin(), linked.known());
        if (Objects.equals(showed, linked.shows())) {
            return;
        }
        handle.createUpdate("update link set shows = :shows where flow = :flow and record = :record")
                .bind("shows", linked.shows())
                .bind("flow", claim.flow())
                .bind("record", claim.record())
                .execute();
        // A decision or a link may now be owed to the other side, although its own record has not changed.
        linked.twin().filter(twin -> !twinFlow.isEmpty()).ifPresent(twin -> Waiters.mark(handle, twinFlow, twin, now));
    }
}
