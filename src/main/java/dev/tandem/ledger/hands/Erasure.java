package dev.tandem.ledger.hands;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.effects.Forgotten;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A request of erasure: what ledger and journal hold of a record goes (protocol 9). */
public record Erasure(Store store, Forgotten forgotten) {
    /** In the journal, in the place of the record's id. */
    public static final String NAMELESS = "(forgotten)";

    private static final List<String> TABLES = List.of(
            "effect",
            "journal",
            "link",
            "tie",
            "snapshot",
            "windowed_snapshot",
            "unlinked",
            "held_call_record",
            "work_item");

    /**
     * What is held of a record.
     *
     * @param sent how many of its effects were sent, or may have been
     * @param open how many are still to be sent, parked or waiting
     * @param linked records of the other system that are linked to it
     */
    public record Held(long effects, long sent, long open, long journal, List<String> linked) {}

    /** None if neither ledger nor journal holds anything of it. */
    public Optional<Held> held(ItemKey item) {
        return store.read(handle -> held(handle, item));
    }

    /**
     * Removes it all but the keyed hashes of what was sent; the journal notes that it was done, by whom, but not of which record.
     *
     * @throws InWork if a worker has the record
     */
    public void forget(ItemKey item, String by) {
        store.run(handle -> {
            Instant now = store.now();
            InWork.mustNotBe(handle, item, now);
            Held held = held(handle, item).orElseThrow();
            forgotten.add(handle, Effects.locked(handle, item.flow(), item.record()));
            removeNames(handle, item);
            TABLES.forEach(table -> handle.createUpdate("delete from <table> where flow = :flow and record = :record")
                    .define("table", table)
                    .bindMethods(item)
                    .execute());
            Journal.decided(
                    handle,
                    now,
                    item.flow(),
                    NAMELESS,
                    "forgotten",
                    held.effects() + " effects and " + held.journal() + " lines of the journal, by " + by);
        });
    }

    private static Optional<Held> held(Handle handle, ItemKey item) {
        List<Effect> effects =
                Effects.of(handle, item.flow(), List.of(item.record())).getOrDefault(item.record(), List.of());
        long journal = count(handle, "journal", item);
        List<String> linked =
                handle.createQuery("""
                        select record from link where twin = :record
                        union select twin from link where flow = :flow and record = :record and twin is not null
                        """).bindMethods(item).mapTo(String.class).list();
        boolean none = effects.isEmpty()
                && journal == 0
                && linked.isEmpty()
                && count(handle, "work_item", item) + count(handle, "link", item) == 0;
        return none
                ? Optional.empty()
                : Optional.of(new Held(
                        effects.size(),
                        effects.stream().filter(Forgotten::mayHaveBeenSent).count(),
                        effects.stream()
                                .filter(effect -> effect.state().open()
                                        || effect.state() == EffectState.PARKED
                                        || effect.state() == EffectState.WAITING)
                                .count(),
                        journal,
                        linked));
    }

    private static long count(Handle handle, String table, ItemKey item) {
        return handle.createQuery("select count(*) from <table> where flow = :flow and record = :record")
                .define("table", table)
                .bindMethods(item)
                .mapTo(Long.class)
                .one();
    }

    /** Where other records name it: as their counterpart, in the key of an effect, in a lock or a request. */
    private static void removeNames(Handle handle, ItemKey item) {
        List.of(
                        "update link set twin = null, by_hand = false, shows = null where twin = :record",
                        "update tie set twin = null, role = null, row_id = null, referral_id = null where twin = :record",
                        "delete from unlinked where twin = :record",
                        "delete from own_write where record = :record",
                        "delete from target_lock where name = :record",
                        "delete from held_call_record where record = :record",
                        "update held_call set trying = null where trying like concat('%', :record)",
                        "delete from wanted where name in (select number from link where flow = :flow and record = :record)",
                        "delete from effect where effect_key = :asKey",
                        "delete from journal where effect_key = :asKey",
                        "delete from journal where words like concat(:record, ', by %') and event like '%linked by hand'")
                .forEach(sql -> {
                    var update = handle.createUpdate(sql).bindMethods(item);
                    if (sql.contains(":asKey")) {
                        update.bind("asKey", "link:" + item.record().replaceFirst("/", ":"));
                    }
                    update.execute();
                });
    }
}
