package dev.tandem.ledger.history;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Records, found by any id that either system has for them. */
public record RecordSearch(Store store) {
    /** How far a record is. */
    public record Item(
            String flow,
            String record,
            String state,
            Optional<Instant> openSince,
            Optional<Instant> settledAt,
            Optional<Instant> dueAt,
            int failures) {}

    /** One effect of a record. */
    public record Owed(
            @Nested Effect effect, @ColumnName("changed_at") Instant since) {}

    /** What two records of the two systems are to each other. */
    public record Pair(
            String flow, String record, Optional<String> twin, Optional<String> number, Optional<String> externalId) {}

    private static final int MOST = 50;

    /** The records that are, or belong to, what has this id. Each condition has an index. */
    public List<ItemKey> find(String id) {
        return store.read(handle -> {
            Set<String> flows = KnownFlows.in(handle, "work_item", "link", "effect");
            Set<ItemKey> found = new LinkedHashSet<>(named(handle, flows, List.of(id)));
            // Its twins, and the twins' twins: one case may have several clients.
            for (int step = 0; step < 2 && !found.isEmpty() && found.size() < MOST; step++) {
                Set<String> names = found.stream().map(ItemKey::record).collect(Collectors.toCollection(TreeSet::new));
                names.addAll(twins(handle, found));
                found.addAll(named(handle, flows, names));
            }
            return found.stream().limit(MOST).toList();
        });
    }

    private static Set<ItemKey> named(Handle handle, Set<String> flows, Collection<String> names) {
        Set<ItemKey> found = new TreeSet<>(Comparator.comparing(ItemKey::flow).thenComparing(ItemKey::record));
        // A flow at a time: with several, H2 walks over all records of each.
        for (String flow : flows) {
            found.addAll(handle.createQuery("""
                            select t.flow, t.record from unnest(:names) as named (name)
                              join work_item t on t.flow = :flow and t.record = named.name
                            union select t.flow, t.record from unnest(:names) as named (name)
                              join link t on t.flow = :flow and t.record = named.name
                            union select t.flow, t.record from unnest(:names) as named (name)
                              join effect t on t.flow = :flow and t.record = named.name
                            """)
                    .bind("flow", flow)
                    .bindArray("names", String.class, names)
                    .map(ItemKey.MAPPER)
                    .list());
        }
        found.addAll(handle.createQuery("""
                        select flow, record from link where twin = any(:names)
                        union select flow, record from link where number = any(:names)
                        union select flow, record from link where external_id = any(:names)
                        union select flow, record from tie where twin = any(:names)
                        union select flow, record from tie where referral_id = any(:names)
                        """)
                .bindArray("names", String.class, names)
                .map(ItemKey.MAPPER)
                .list());
        return found;
    }

    private static Set<String> twins(Handle handle, Collection<ItemKey> records) {
        Set<String> twins = new TreeSet<>();
        records.stream()
                .collect(Collectors.groupingBy(ItemKey::flow))
                .forEach((flow, keys) -> twins.addAll(handle.createQuery("""
                        select link.twin from unnest(:names) as named (name)
                          join link on link.flow = :flow and link.record = named.name where link.twin is not null
                        """)
                        .bind("flow", flow)
                        .bindArray(
                                "names",
                                String.class,
                                keys.stream().map(ItemKey::record).toList())
                        .mapTo(String.class)
                        .list()));
        return twins;
    }

    public Optional<Item> item(ItemKey key) {
        return store.read(handle -> handle.createQuery("""
                        select flow, record, state, open_since, settled_at, due_at, failures
                          from work_item where flow = :flow and record = :record
                        """)
                .bindMethods(key)
                .map(ConstructorMapper.of(Item.class))
                .findOne());
    }

    public Optional<Pair> pair(ItemKey key) {
        return store.read(handle -> handle.createQuery(
                        "select flow, record, twin, number, external_id from link where flow = :flow and record = :record")
                .bindMethods(key)
                .map(ConstructorMapper.of(Pair.class))
                .findOne());
    }

    /** All effects of a record, the newest change first. */
    public List<Owed> effects(ItemKey key) {
        return store.read(handle -> handle.createQuery(
                        "select * from effect where flow = :flow and record = :record order by changed_at desc, id desc limit 200")
                .bindMethods(key)
                .map(ConstructorMapper.of(Owed.class))
                .list());
    }
}
