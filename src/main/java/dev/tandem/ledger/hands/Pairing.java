package dev.tandem.ledger.hands;

import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** A pairing that a person knows to be right, or wrong (protocol 9). */
public record Pairing(Store store) {
    /** A record, and the one of the other system that it belongs to, or does not. */
    public record Pair(ItemKey record, ItemKey counterpart) {}

    /**
     * What the ledger knows of a pair.
     *
     * @param shown whether the record's source has shown it
     * @param linkedTo the record's counterpart now
     * @param externalId the id of a counterpart that the record's own system holds
     * @param number the number under which that system knows the person
     * @param others further records that are linked to the pair's counterpart
     * @param parked how many effects of both are parked
     */
    public record Known(
            boolean shown,
            Optional<String> linkedTo,
            Optional<String> externalId,
            Optional<String> number,
            List<String> others,
            long parked) {}

    private record Row(
            @ColumnName("twin") Optional<String> counterpart, Optional<String> externalId, Optional<String> number) {}

    public Known known(Pair pair) {
        return store.read(handle -> {
            Optional<Row> row = handle.createQuery(
                            "select twin, external_id, number from link where flow = :flow and record = :record")
                    .bindMethods(pair.record())
                    .map(ConstructorMapper.of(Row.class))
                    .findOne();
            return new Known(
                    row.isPresent(),
                    row.flatMap(Row::counterpart),
                    row.flatMap(Row::externalId),
                    row.flatMap(Row::number),
                    handle.createQuery(
                                    "select record from link where twin = :twin and record <> :record order by record")
                            .bind("twin", pair.counterpart().record())
                            .bind("record", pair.record().record())
                            .mapTo(String.class)
                            .list(),
                    parked(handle, pair.record()) + parked(handle, pair.counterpart()));
        });
    }

    private static long parked(Handle handle, ItemKey item) {
        return handle.createQuery(
                        "select count(*) from effect where flow = :flow and record = :record and state = 'parked'")
                .bindMethods(item)
                .mapTo(Long.class)
                .one();
    }

    /**
     * Links the two, whatever they show, and has both worked on.
     *
     * @throws InWork if the record is
     */
    public void link(Pair pair, String by) {
        change(pair, "linked by hand", by, handle -> {
            handle.createUpdate("delete from unlinked where flow = :flow and record = :record and twin = :twin")
                    .bindMethods(pair.record())
                    .bind("twin", pair.counterpart().record())
                    .execute();
            handle.createUpdate("""
                            update link set twin = :twin, by_hand = true, shows = null
                             where flow = :flow and record = :record
                            """)
                    .bindMethods(pair.record())
                    .bind("twin", pair.counterpart().record())
                    .execute();
        });
    }

    /**
     * Takes the two apart, so that no rule links them again, and has both worked on.
     *
     * @throws InWork if the record is
     */
    public void unlink(Pair pair, String by) {
        change(pair, "unlinked by hand", by, handle -> {
            Batches.insert(handle, List.of(pair.counterpart().record()), """
                    insert into unlinked (flow, record, twin, at) values (:flow, :record, :twin, :now)
                    """, (batch, other) -> batch.bindMethods(
                            pair.record())
                    .bind("twin", other)
                    .bind("now", store.now()));
            handle.createUpdate("""
                            update link set twin = null, by_hand = false, shows = null
                             where flow = :flow and record = :record and twin = :twin
                            """)
                    .bindMethods(pair.record())
                    .bind("twin", pair.counterpart().record())
                    .execute();
        });
    }

    private void change(Pair pair, String event, String by, Consumer<Handle> how) {
        store.run(handle -> {
            Instant now = store.now();
            InWork.mustNotBe(handle, pair.record(), now);
            Optional<String> before = counterpart(handle, pair.record());
            how.accept(handle);
            if (!before.equals(counterpart(handle, pair.record()))) {
                before.ifPresent(twin -> {
                    forgetWhatRestsOn(handle, pair.record(), twin);
                    Waiters.mark(handle, pair.counterpart().flow(), twin, now);
                });
            }
            ItemKey record = pair.record();
            ItemKey counterpart = pair.counterpart();
            Waiters.mark(handle, record.flow(), record.record(), now);
            Waiters.mark(handle, counterpart.flow(), counterpart.record(), now);
            Journal.decided(handle, now, record.flow(), record.record(), event, counterpart.record() + ", by " + by);
            Journal.decided(
                    handle, now, counterpart.flow(), counterpart.record(), event, record.record() + ", by " + by);
        });
        store.signals().raise();
    }

    private static Optional<String> counterpart(Handle handle, ItemKey item) {
        return handle.createQuery("select twin from link where flow = :flow and record = :record and twin is not null")
                .bindMethods(item)
                .mapTo(String.class)
                .findOne();
    }

    /** Which parts of it belong to which of the former counterpart, and that this one has what the record owes. */
    private static void forgetWhatRestsOn(Handle handle, ItemKey record, String counterpart) {
        handle.createUpdate("""
                        update tie set twin = null, role = null, row_id = null, referral_id = null
                         where flow = :flow and record = :record and twin = :twin
                        """).bindMethods(record).bind("twin", counterpart).execute();
        handle.createUpdate("delete from effect where flow = :flow and record = :record and state = 'confirmed'")
                .bindMethods(record)
                .execute();
    }
}
