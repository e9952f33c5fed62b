package dev.tandem.ledger;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.items.Marks;
import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What the ledger holds of records that others have found to differ. */
public record Opinions(Store store) {
    private static final String TO_OSCAR = "primero-to-oscar";

    /**
     * What is known of these records of one flow.
     *
     * @param open those that are pending or in work, or were worked since that moment
     * @param effects by record
     */
    public record OfFlow(Set<String> open, Map<String, List<Effect>> effects) {}

    public OfFlow of(String flow, Collection<String> records, Instant since) {
        return store.read(handle -> new OfFlow(open(handle, flow, records, since), Effects.of(handle, flow, records)));
    }

    private static Set<String> open(Handle handle, String flow, Collection<String> records, Instant since) {
        return handle
                .createQuery("""
                        select item.record from unnest(:records) as named (name)
                          join work_item item on item.flow = :flow and item.record = named.name
                         where item.state <> 'settled' or item.settled_at >= :since
                        """)
                .bind("flow", flow)
                .bind("since", since)
                .bindArray("records", String.class, records)
                .mapTo(String.class)
                .stream()
                .collect(Collectors.toSet());
    }

    /**
     * What another ledger with the same key has seen of a client, encrypted for this place.
     *
     * @param caseId of which case it is
     */
    public record Seen(String record, String caseId, String knownKey, byte[] knownPayload) {
        @Override
        public String toString() {
            return "Seen[" + record + "]";
        }
    }

    /**
     * Marks these records for the ordinary delivery, whatever they show: the cases at once, the clients at the next sweep that
     * shows them.
     *
     * @param untold clients to which OSCaR does not show the link to their case, as they were seen; whatever the ledger
     *     believes, they are told again
     */
    public void repair(Collection<ItemKey> records, List<Seen> untold) {
        store.run(handle -> {
            Batches.run(
                    handle,
                    untold,
                    "update link set known_key = :knownKey, known_payload = :knownPayload, shows = null"
                            + " where flow = 'oscar-to-primero' and record = :record",
                    PreparedBatch::bindMethods);
            Batches.run(
                    handle,
                    untold,
                    "delete from effect where flow = 'primero-to-oscar' and record = :caseId and state = 'confirmed'"
                            + " and effect_key = :key",
                    (batch, seen) -> batch.bindMethods(seen)
                            .bind("key", "link:" + seen.record().replaceFirst("/", ":")));
            Links.forgetFingerprints(handle, List.copyOf(records));
        });
        Instant now = store.now();
        new Marks(store)
                .mark(
                        TO_OSCAR,
                        records.stream()
                                .filter(record -> record.flow().equals(TO_OSCAR))
                                .map(record -> Mark.hint(record.record(), now))
                                .toList());
    }
}
