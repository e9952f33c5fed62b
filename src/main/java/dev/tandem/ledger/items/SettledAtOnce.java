package dev.tandem.ledger.items;

import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Settles records that owe nothing with the mark that shows it, so that no worker has to read them (protocol 5). One that was
 * marked since it was asked for is pending, or was settled later than that by a worker who saw more: both are left alone.
 */
record SettledAtOnce(Handle handle, String flow, Seal seal, Instant now) {
    /**
     * Of these marks, the records that are settled now.
     *
     * @param owingNothing of which records, as they are in their mark, nothing is owed
     * @param known of which records there is an item
     */
    Set<String> of(List<Mark> marks, Set<String> owingNothing, Set<String> known) {
        List<Mark> named = marks.stream()
                .filter(mark -> mark.content().isPresent() && owingNothing.contains(mark.record()))
                .toList();
        if (named.isEmpty()) {
            return Set.of();
        }
        Set<String> withEffects =
                withEffects(handle, flow, named.stream().map(Mark::record).toList());
        Map<Boolean, List<Mark>> owing = named.stream()
                .filter(mark -> !withEffects.contains(mark.record()))
                .collect(Collectors.partitioningBy(mark -> known.contains(mark.record())));
        Set<String> settled = again(owing.get(true));
        settled.addAll(first(owing.get(false)));
        return settled;
    }

    /** The records that have an effect, in whatever state. */
    static Set<String> withEffects(Handle handle, String flow, Collection<String> records) {
        return handle.createQuery("""
                        select distinct effect.record from unnest(:records) as named (name)
                          join effect on effect.flow = :flow and effect.record = named.name
                        """)
                .bind("flow", flow)
                .bindArray("records", String.class, records)
                .mapTo(String.class)
                .set();
    }

    private Set<String> again(List<Mark> marks) {
        return names(Batches.run(handle, marks, """
                update work_item set generation = generation + 1, fingerprint = :fingerprint, settled_at = :now
                 where flow = :flow and record = :record and state = 'settled' and settled_at < :requestedAt
                """, this::bind));
    }

    /** If another replica was first with one of them, all are marked as any other. */
    private Set<String> first(List<Mark> marks) {
        boolean inserted = Transactions.insertedOrThere(handle, () -> Batches.run(handle, marks, """
                insert into work_item (flow, record, state, generation, token, failures, fingerprint, settled_at)
                values (:flow, :record, 'settled', 1, 0, 0, :fingerprint, :now)
                """, this::bind));
        return inserted ? names(marks) : Set.of();
    }

    private void bind(PreparedBatch batch, Mark mark) {
        batch.bind("flow", flow)
                .bind("record", mark.record())
                .bind("fingerprint", seal.fingerprint(mark.content().orElseThrow()))
                .bind("requestedAt", mark.requestedAt())
                .bind("now", now);
    }

    private static Set<String> names(List<Mark> marks) {
        return marks.stream().map(Mark::record).collect(Collectors.toCollection(HashSet::new));
    }
}
