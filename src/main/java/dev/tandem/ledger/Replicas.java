package dev.tandem.ledger;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Store;
import dev.tandem.settings.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services that share this ledger. They should work with the same routes, mappings and payload key; where they do not for
 * longer than an edit takes to reach all, the log says so, and only those with the newest version claim anything.
 */
public final class Replicas {
    /** One that is running. */
    public record Replica(
            String id,
            String version,
            String keyId,
            Instant since,
            Optional<String> software,
            Optional<Instant> startedAt) {}

    /** In what they differ, for longer than an edit takes. */
    public record Difference(boolean versions, boolean keys, Instant since, List<Replica> replicas) {
        public Difference {
            replicas = List.copyOf(replicas);
        }

        /** In one sentence: who works with what. */
        public String words() {
            StringBuilder words = new StringBuilder("The replicas have worked with different ")
                    .append(versions ? "routes or mappings" : "payload keys")
                    .append(versions && keys ? " and payload keys" : "")
                    .append(" since ")
                    .append(since);
            replicas.forEach(replica -> words.append("; ")
                    .append(replica.id())
                    .append(": version ")
                    .append(replica.version())
                    .append(keys ? ", payload key " + replica.keyId() : ""));
            return words.append('.').toString();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final Duration DEAD_AFTER = Duration.ofSeconds(30);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final Store store;
    private volatile boolean outdated;
    private volatile Optional<Difference> difference = Optional.empty();

    Replicas(Store store) {
        this.store = store;
    }

    /**
     * This one is running with that version; to be called every few seconds.
     *
     * @param patience how long an edit may take to reach all
     */
    public void alive(String id, String version, Duration patience) {
        Instant now = store.now();
        store.run(handle -> beat(handle, id, version, now));
        List<Replica> living = living();
        Optional<Difference> found = differing(living, now.minus(patience));
        boolean old = found.filter(Difference::versions).isPresent()
                && !newest(living).equals(Optional.of(version));
        tell(found, old, version);
        difference = found;
        if (old != outdated) {
            outdated = old;
            store.signals().raise();
        }
    }

    /** It stops in good order. */
    public void leaves(String id) {
        store.run(handle -> handle.createUpdate("delete from replica where id = :id")
                .bind("id", id)
                .execute());
    }

    /** Whether another one has a newer version, for longer than an edit takes: then this one claims nothing. */
    public boolean outdated() {
        return outdated;
    }

    /** In what those that run differ, as this one saw it last. */
    public Optional<Difference> difference() {
        return difference;
    }

    /** The same, asked of the ledger by one that is no service. */
    public Optional<Difference> difference(Duration patience) {
        return differing(living(), store.now().minus(patience));
    }

    /** Those that run now. */
    public List<Replica> running() {
        return living();
    }

    private void beat(Handle handle, String id, String version, Instant now) {
        String keyId = store.seal().currentKeyId();
        Batches.upsert(handle, List.of(id), """
                update replica set seen_at = :now, version = :version, key_id = :key,
                       since = case when version = :version and key_id = :key then since else :now end
                 where id = :id
                """, """
                insert into replica (id, version, key_id, since, seen_at, software, started_at)
                values (:id, :version, :key, :now, :now, :software, :now)
                """, (batch, one) -> batch.bind("id", one)
                .bind("version", version)
                .bind("key", keyId)
                .bind("software", Release.version())
                .bind("now", now));
        handle.createUpdate("delete from replica where seen_at < :before")
                .bind("before", now.minus(FORGOTTEN_AFTER))
                .execute();
    }

    private List<Replica> living() {
        return store.read(handle -> handle.createQuery("select * from replica where seen_at > :after order by id")
                .bind("after", store.now().minus(DEAD_AFTER))
                .map(ConstructorMapper.of(Replica.class))
                .list());
    }

    /** They differ since the last of them came to what it has. */
    private static Optional<Difference> differing(List<Replica> living, Instant before) {
        boolean versions = living.stream().map(Replica::version).distinct().count() > 1;
        boolean keys = living.stream().map(Replica::keyId).distinct().count() > 1;
        return living.stream()
                .map(Replica::since)
                .max(Comparator.naturalOrder())
                .filter(since -> (versions || keys) && since.isBefore(before))
                .map(since -> new Difference(versions, keys, since, living));
    }

    /** The one that first came into force last: a restart with an old version makes it no newer. */
    private Optional<String> newest(List<Replica> living) {
        return store.read(handle -> handle.createQuery("""
                        select version from edition where accepted and version in (<versions>)
                         group by version order by min(id) desc fetch first row only
                        """)
                .bindList(
                        "versions",
                        living.stream().map(Replica::version).distinct().toList())
                .mapTo(String.class)
                .findOne());
    }

    private void tell(Optional<Difference> found, boolean old, String version) {
        if (found.isPresent() && difference.isEmpty()) {
            LOG.warn("{}", found.get().words());
        } else if (found.isEmpty() && difference.isPresent()) {
            LOG.info("The replicas work with the same routes, mappings and payload key again");
        }
        if (old && !outdated) {
            LOG.warn(
                    "This one has an older version ({}) and claims nothing until it has the newest, or the newest is gone",
                    version);
        }
    }
}
