package dev.tandem.ledger.origin;

import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which ledger this is, and under which payload key it was written. */
public final class Identity {
    private record Row(String ledgerId, String keyCheck) {
        private byte[] checked() {
            return ledgerId.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final Store store;

    public Identity(Store store) {
        this.store = store;
    }

    /** The id of this ledger, once it is confirmed. */
    public String ledgerId() {
        return store.read(Identity::find).orElseThrow().ledgerId();
    }

    /**
     * Confirms that the keys of the settings are those of this ledger. Gives it its id if it has none yet, and notes the key in
     * use if the ledger was written with the one before.
     *
     * @param whatever takes the key in use even if the ledger was written with another one
     * @return the id of the key that the ledger was written with, if it is none that is known here; nothing was written then
     */
    public Optional<String> confirm(boolean whatever) {
        return store.in(handle -> {
            Optional<Row> there = find(handle);
            if (there.isEmpty()) {
                Optional<String> other = whatever ? Optional.empty() : keyOfAnEarlierVersion(handle);
                if (other.isPresent() || insert(handle, fresh())) {
                    return other;
                }
                there = find(handle);
            }
            Row row = there.orElseThrow();
            if (!whatever && !store.seal().matches(row.keyCheck(), row.checked())) {
                return Optional.of(row.keyCheck().replaceFirst(":.*", ""));
            }
            String check = store.seal().fingerprint(row.checked());
            if (!check.equals(row.keyCheck())) {
                handle.createUpdate("update identity set key_check = :check")
                        .bind("check", check)
                        .execute();
            }
            return Optional.empty();
        });
    }

    private Row fresh() {
        String id = UUID.randomUUID().toString();
        return new Row(id, store.seal().fingerprint(id.getBytes(StandardCharsets.US_ASCII)));
    }

    private static boolean insert(Handle handle, Row row) {
        return Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                        "insert into identity (id, ledger_id, key_check) values (1, :ledgerId, :keyCheck)")
                .bind("ledgerId", row.ledgerId())
                .bind("keyCheck", row.keyCheck())
                .execute());
    }

    /** That of what it keeps, if it keeps nothing under a key that is known. */
    private Optional<String> keyOfAnEarlierVersion(Handle handle) {
        List<String> used = handle.createQuery("""
                        select key_id from snapshot union select key_id from windowed_snapshot
                        union select known_key from link where known_key is not null
                        """).mapTo(String.class).list();
        return used.stream().anyMatch(store.seal().keyIds()::contains)
                ? Optional.empty()
                : used.stream().findFirst();
    }

    private static Optional<Row> find(Handle handle) {
        return handle.createQuery("select ledger_id, key_check from identity")
                .map((row, context) -> new Row(row.getString("ledger_id"), row.getString("key_check")))
                .findOne();
    }
}
