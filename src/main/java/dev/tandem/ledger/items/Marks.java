package dev.tandem.ledger.items;

import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.links.Snapshots;
import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.sweeps.SweepRequests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Marks records as perhaps needing work (protocol 5). A record that is settled under the fingerprint of just this content is
 * skipped without a write, so that an unchanged record costs no statement of its own.
 */
public record Marks(Store store) {
    private static final String UNCHANGED = """
            (coalesce(fingerprint, '') = coalesce(:fingerprint, '-')
             or coalesce(window_fingerprint, '') in (coalesce(:inWindow, '-'), coalesce(:shared, '-')))""";

    private record Item(String record, String state, String fingerprint, String windowFingerprint) {}

    private record Counts(int marked, int settled) {}

    /** Marks in one transaction; once it returns, nothing of it can be lost. Returns how many were not skipped. */
    public int mark(String flow, List<Mark> marks) {
        return mark(flow, marks, Set.of());
    }

    /**
     * Of these marks, those of records whose content is new, of which the ledger holds no effect and no open work: such a
     * record may turn out to owe nothing, which then goes with its mark.
     */
    public List<Mark> withoutEffects(String flow, List<Mark> marks) {
        return store.read(handle -> {
            Set<String> records = marks.stream().map(Mark::record).collect(Collectors.toSet());
            Map<String, Item> known = known(handle, flow, records);
            Set<String> withEffects = SettledAtOnce.withEffects(handle, flow, records);
            return marks.stream()
                    .filter(mark -> mark.content().isPresent() && !withEffects.contains(mark.record()))
                    .filter(mark -> {
                        Item item = known.get(mark.record());
                        return item == null || ("settled".equals(item.state()) && !settledWithThis(item, mark));
                    })
                    .toList();
        });
    }

    /**
     * As {@link #mark(String, List)}, but records that owe nothing are settled at once with what they show, unless they have
     * been marked since they were asked for.
     *
     * @param owingNothing of which records, seen as they are in their mark, nothing is owed
     */
    public int mark(String flow, List<Mark> marks, Set<String> owingNothing) {
        if (marks.isEmpty()) {
            return 0;
        }
        Counts counts = store.in(handle -> mark(handle, flow, marks, owingNothing));
        store.tally().count(flow, "record", "marked", counts.marked() + counts.settled());
        store.tally().count(flow, "record", "settled", counts.settled());
        if (counts.marked() > 0) {
            store.signals().raise();
        }
        return counts.marked() + counts.settled();
    }

    /** Remembers the stamp that our own last write left on a record, which will come back as its next mark. */
    public void ownWrite(String record, String stamp) {
        store.run(handle -> Batches.upsert(
                handle,
                List.of(record),
                "update own_write set stamp = :stamp where record = :record",
                "insert into own_write (record, stamp) values (:record, :stamp)",
                (batch, one) -> batch.bind("record", one).bind("stamp", stamp)));
    }

    private Counts mark(Handle handle, String flow, List<Mark> marks, Set<String> owingNothing) {
        // One mark a record: the last one brings the newest content. In order, so that no two wait for each other.
        Map<String, Mark> latest = new TreeMap<>();
        marks.forEach(mark -> latest.put(mark.record(), mark));
        Map<String, Item> known = known(handle, flow, latest.keySet());
        List<Mark> changed = latest.values().stream()
                .filter(mark -> !settledWithThis(known.get(mark.record()), mark))
                .toList();
        Instant now = store.now();
        if (store.seal().keyIds().size() > 1) {
            List<Mark> unchanged = new ArrayList<>(latest.values());
            unchanged.removeAll(changed);
            underCurrentKey(handle, flow, unchanged, known, now);
        }
        if (changed.isEmpty()) {
            return new Counts(0, 0);
        }
        Set<String> settled =
                new SettledAtOnce(handle, flow, store.seal(), now).of(changed, owingNothing, known.keySet());
        Map<Boolean, List<Mark>> owing = changed.stream()
                .filter(mark -> !settled.contains(mark.record()))
                .collect(Collectors.partitioningBy(mark -> known.containsKey(mark.record())));
        List<Mark> marked = new ArrayList<>(update(handle, flow, owing.get(true), now));
        marked.addAll(insert(handle, flow, owing.get(false), now));
        int pending = marked.size();
        changed.stream().filter(m -> settled.contains(m.record())).forEach(marked::add);
        Links.seen(handle, flow, marked, now);
        EntryMatches.seen(handle, flow, marked, now);
        Snapshots.keep(handle, flow, marked, store.seal(), now);
        SweepRequests.found(handle, flow, marked);
        forgetCounterpartsFingerprints(handle, flow, marked);
        return new Counts(pending, settled.size());
    }

    private static Map<String, Item> known(Handle handle, String flow, Collection<String> records) {
        // Joined, because H2 walks over the whole flow for "flow = ... and record in (...)".
        return handle
                .createQuery("""
                        select item.record, item.state, item.fingerprint, item.window_fingerprint from unnest(:records) as named (name)
                          join work_item item on item.flow = :flow and item.record = named.name
                        """)
                .bind("flow", flow)
                .bindArray("records", String.class, records)
                .map(ConstructorMapper.of(Item.class))
                .stream()
                .collect(Collectors.toMap(Item::record, Function.identity()));
    }

    private boolean settledWithThis(Item item, Mark mark) {
        if (item == null || !"settled".equals(item.state()) || mark.content().isEmpty()) {
            return false;
        }
        Seal seal = store.seal();
        byte[] content = mark.content().get();
        return mark.inWindow()
                .map(inWindow -> seal.matches(item.windowFingerprint(), content)
                        || seal.matches(item.windowFingerprint(), inWindow.shared()))
                .orElseGet(() -> seal.matches(item.fingerprint(), content));
    }

    /** While keys are rotated: what is read again is kept under the new one, so that the one before can be left out. */
    private void underCurrentKey(Handle handle, String flow, List<Mark> marks, Map<String, Item> known, Instant now) {
        Seal seal = store.seal();
        List<Mark> old = marks.stream()
                .filter(mark -> {
                    Item item = known.get(mark.record());
                    String fingerprint = mark.inWindow().isPresent() ? item.windowFingerprint() : item.fingerprint();
                    return !fingerprint.startsWith(seal.currentKeyId() + ":");
                })
                .toList();
        Batches.run(handle, old, """
                update work_item set fingerprint = case when fingerprint = :old then :fresh else fingerprint end,
                       window_fingerprint = case when window_fingerprint = :old then :fresh else window_fingerprint end
                 where flow = :flow and record = :record and state = 'settled'
                """, (batch, mark) -> {
            Item item = known.get(mark.record());
            String before = mark.inWindow().isPresent() ? item.windowFingerprint() : item.fingerprint();
            byte[] content = mark.content().orElseThrow();
            batch.bind("flow", flow)
                    .bind("record", mark.record())
                    .bind("old", before)
                    .bind(
                            "fresh",
                            seal.fingerprint(
                                    seal.matches(before, content)
                                            ? content
                                            : mark.inWindow().orElseThrow().shared()));
        });
        Snapshots.keep(handle, flow, old, seal, now);
    }

    private List<Mark> update(Handle handle, String flow, List<Mark> marks, Instant now) {
        // A leased item keeps its worker: the higher generation makes it pending again when that one settles.
        // What an edit has woken, and no change of its own, stays the edit's: the brake counts it.
        return Batches.run(handle, marks, """
                update work_item
                   set generation = generation + 1, failures = 0,
                       woken_generation = case when woken_generation = generation and <unchanged> then generation + 1
                                          else woken_generation end,
                       state = case when state = 'leased' then state else 'pending' end,
                       due_at = case when state = 'leased' then due_at else :now end,
                       open_since = coalesce(open_since, :now), on_event = (on_event or :hint)
                 where flow = :flow and record = :record and not (state = 'settled' and <unchanged>)
                """.replace("<unchanged>", UNCHANGED), (batch, mark) -> {
            String fingerprint = mark.content().map(store.seal()::fingerprint).orElse(null);
            bind(batch, flow, mark, now)
                    .bind("fingerprint", mark.inWindow().isPresent() ? null : fingerprint)
                    .bind("inWindow", mark.inWindow().isPresent() ? fingerprint : null)
                    .bind(
                            "shared",
                            mark.inWindow()
                                    .map(inWindow -> store.seal().fingerprint(inWindow.shared()))
                                    .orElse(null));
        });
    }

    private List<Mark> insert(Handle handle, String flow, List<Mark> marks, Instant now) {
        List<Mark> known = Batches.insert(handle, marks, """
                insert into work_item (flow, record, state, generation, token, due_at, failures, open_since, on_event)
                values (:flow, :record, 'pending', 1, 0, :now, 0, :now, :hint)
                """, (batch, mark) -> bind(batch, flow, mark, now));
        List<Mark> marked = new ArrayList<>(marks);
        marked.removeAll(known);
        marked.addAll(update(handle, flow, known, now));
        return marked;
    }

    private static PreparedBatch bind(PreparedBatch batch, String flow, Mark mark, Instant now) {
        return batch.bind("now", now)
                .bind("flow", flow)
                .bind("record", mark.record())
                .bind("hint", mark.hint());
    }

    /**
     * What the other flow owns of these records may have been changed: its items are compared anew at their next mark, also
     * those that only name such a record and were parked because it was not there, or not the only one. Not after a write of
     * our own, or each write would echo once between the two.
     */
    private static void forgetCounterpartsFingerprints(Handle handle, String flow, List<Mark> marked) {
        if (marked.isEmpty()) {
            return;
        }
        record Own(String record, Optional<String> stamp) {}
        Map<String, Optional<String>> own = handle
                .createQuery("select record, stamp from own_write where record = any(:records)")
                .bindArray(
                        "records",
                        String.class,
                        marked.stream().map(Mark::record).toList())
                .map(ConstructorMapper.of(Own.class))
                .stream()
                .collect(Collectors.toMap(Own::record, Own::stamp));
        Set<String> names = new LinkedHashSet<>();
        marked.stream()
                .filter(mark -> !mark.stamp().equals(own.getOrDefault(mark.record(), Optional.empty())))
                .forEach(mark -> {
                    names.add(mark.record());
                    names.addAll(mark.names());
                });
        if (!names.isEmpty()) {
            Links.forgetFingerprints(handle, Links.others(handle, flow, names));
        }
    }
}
