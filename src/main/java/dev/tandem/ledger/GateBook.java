package dev.tandem.ledger;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Cached;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The gate of each system: closed when it refuses our credentials, so that no replica tries them again (protocol 3). A
 * restart does not open it; other credentials or a person do.
 */
public final class GateBook {
    /** @param closedAt when it closed; none while it is open */
    public record Gate(String system, Optional<Instant> closedAt, Optional<String> code) {
        public boolean open() {
            return closedAt.isEmpty();
        }
    }

    /** A system that does not answer. */
    public record Silent(String system, Instant since, String why) {}

    private final Store store;
    private final Cached<Set<String>> closed;

    GateBook(Store store) {
        this.store = store;
        this.closed = new Cached<>(
                store.clock(),
                () -> store.read(handle -> handle.createQuery("select system from gate where closed_at is not null")
                        .mapTo(String.class)
                        .set()));
    }

    /** Makes the system known under these credentials' keyed hash; other ones than before open its gate. */
    public void register(String system, String credentials) {
        store.run(handle -> {
            Batches.upsert(
                    handle,
                    List.of(system),
                    "update gate set closed_at = case when credentials = :credentials then closed_at end,"
                            + " code = case when credentials = :credentials then code end, credentials = :credentials"
                            + " where system = :system",
                    "insert into gate (system, credentials) values (:system, :credentials)",
                    (batch, one) -> batch.bind("system", one).bind("credentials", credentials));
        });
    }

    /** Whether calls may be made. */
    public boolean open(String system) {
        return !closed.get().contains(system);
    }

    /** Whether both systems of a flow may be called. */
    public boolean openTo(String flow) {
        return Flow.systems(flow).stream().allMatch(this::open);
    }

    public void close(String system, String code) {
        store.run(handle -> handle.createUpdate(
                        "update gate set closed_at = coalesce(closed_at, :now), code = :code where system = :system")
                .bind("now", store.now())
                .bind("code", code)
                .bind("system", system)
                .execute());
        closed.forget();
    }

    /**
     * Begins to sign in: one process at a time, of all that share this ledger. In the scratch ledger of a plan no system is
     * registered, and nobody else can be signing in.
     *
     * @param longest after which another may, should this one never end it
     * @return false if another process is signing in
     */
    public boolean beginSignIn(String system, Duration longest) {
        Instant now = store.now();
        return store.in(handle -> {
            int taken = handle.createUpdate("""
                            update gate set signing_in_until = :until
                             where system = :system and (signing_in_until is null or signing_in_until <= :now)
                            """)
                    .bind("until", now.plus(longest))
                    .bind("now", now)
                    .bind("system", system)
                    .execute();
            return taken > 0
                    || handle.createQuery("select 1 from gate where system = :system")
                            .bind("system", system)
                            .mapTo(Integer.class)
                            .findOne()
                            .isEmpty();
        });
    }

    public void endSignIn(String system) {
        store.run(handle -> handle.createUpdate("update gate set signing_in_until = null where system = :system")
                .bind("system", system)
                .execute());
    }

    /** Opens a gate because a person asked for it; false if it was not closed. */
    public boolean reopen(String system) {
        int updated = store.in(handle -> handle.createUpdate(
                        "update gate set closed_at = null, code = null where system = :system and closed_at is not null")
                .bind("system", system)
                .execute());
        closed.forget();
        store.signals().raise();
        return updated > 0;
    }

    /** A service has found that it does not answer. */
    public void unanswered(String system, Instant since, String why) {
        found(system, since, Storable.words(why, Storable.WORDS));
    }

    /** A service has had an answer. */
    public void answered(String system) {
        found(system, null, null);
    }

    private void found(String system, Instant since, String why) {
        store.run(handle -> handle.createUpdate(
                        "update gate set failing_since = :since, failing_for = :why where system = :system")
                .bind("since", since)
                .bind("why", why)
                .bind("system", system)
                .execute());
    }

    /** Those that do not answer, as a service found last. */
    public List<Silent> silent() {
        return store.read(
                handle -> handle.createQuery("select system, failing_since as since, failing_for as why from gate"
                                + " where failing_since is not null order by system")
                        .map(ConstructorMapper.of(Silent.class))
                        .list());
    }

    public List<Gate> all() {
        return store.read(handle -> handle.createQuery("select system, closed_at, code from gate order by system")
                .map(ConstructorMapper.of(Gate.class))
                .list());
    }
}
