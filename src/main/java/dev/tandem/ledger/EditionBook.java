package dev.tandem.ledger;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;

/**
 * Which versions of routes and mappings came into force or were rejected, and why; with the last good ones whole, so that a
 * broken file need not keep a service from starting.
 */
public record EditionBook(Store store) {
    /** Without the texts, of which none but {@link #lastGood} has any use: this is asked every few seconds. */
    private static final String ENTRIES = "select version, at, accepted, files, faults from edition";

    private static final int KEPT = 200;
    private static final int KEPT_WHOLE = 3;
    private static final int KEPT_SOUND = 20;
    private static final int LONGEST_FILES = 4000;
    private static final int LONGEST_FAULTS = 8000;

    /**
     * One of them.
     *
     * @param accepted whether it came into force; else it was rejected
     * @param files those that differ from the version before
     * @param faults why it was rejected, each with file and line
     */
    public record Entry(String version, Instant at, boolean accepted, List<String> files, List<String> faults) {
        @JdbiConstructor
        static Entry of(String version, Instant at, boolean accepted, String files, String faults) {
            return new Entry(version, at, accepted, lines(files), lines(faults));
        }

        private static List<String> lines(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split("\n"));
        }
    }

    /** It is in force from now on. For the version that is in force already, as another replica or a restart reports it, this changes nothing. */
    public void accepted(String version, List<String> files, byte[] content) {
        write(new Entry(version, store.now(), true, files, List.of()), content);
    }

    /** It does not come into force. */
    public void rejected(String version, List<String> files, List<String> faults) {
        write(new Entry(version, store.now(), false, files, faults), null);
    }

    /** The newest, newest first. */
    public List<Entry> newest(int most) {
        return store.read(handle -> newest(handle, most));
    }

    /** The version that is in force; none before a service or a sync has run. */
    public Optional<Entry> inForce() {
        return store.read(handle -> handle.createQuery(ENTRIES + " where accepted order by id desc limit 1")
                .map(ConstructorMapper.of(Entry.class))
                .findOne());
    }

    /** What was rejected after the version in force; none if the directories hold the version in force. */
    public Optional<Entry> turnedAway() {
        return newest(1).stream().filter(entry -> !entry.accepted()).findFirst();
    }

    /** The last good version, as it was given to {@link #accepted}. */
    public Optional<byte[]> lastGood() {
        return store.read(handle -> handle.createQuery(
                        "select content from edition where content is not null order by id desc limit 1")
                .mapTo(byte[].class)
                .findOne());
    }

    /** Whether this was remembered as {@link #sound}. */
    public boolean wasSound(String fingerprint) {
        return store.read(handle -> handle.createQuery("select 1 from sound_edition where fingerprint = :fingerprint")
                .bind("fingerprint", kept(fingerprint))
                .mapTo(int.class)
                .findOne()
                .isPresent());
    }

    /** @param fingerprint of all the texts of a version in which no fault was found, and of what it was checked with */
    public void sound(String fingerprint) {
        Instant now = store.now();
        store.run(handle -> {
            Batches.upsert(
                    handle,
                    List.of(kept(fingerprint)),
                    "update sound_edition set at = :at where fingerprint = :fingerprint",
                    "insert into sound_edition (fingerprint, at) values (:fingerprint, :at)",
                    (batch, one) -> batch.bind("fingerprint", one).bind("at", now));
            handle.createUpdate("""
                            delete from sound_edition where fingerprint not in
                              (select fingerprint from sound_edition order by at desc limit :kept)
                            """).bind("kept", KEPT_SOUND).execute();
        });
    }

    /** Under the payload key: who can only write to the database can enter none. */
    private String kept(String fingerprint) {
        return store.seal().fingerprint(fingerprint.getBytes(StandardCharsets.US_ASCII));
    }

    private void write(Entry entry, byte[] content) {
        store.run(handle -> {
            boolean known = newest(handle, 1).stream()
                    .anyMatch(newest -> newest.version().equals(entry.version())
                            && newest.accepted() == entry.accepted()
                            && newest.faults().equals(entry.faults()));
            if (!known) {
                handle.createUpdate("""
                                insert into edition (version, at, accepted, files, faults, content)
                                values (:version, :at, :accepted, :files, :faults, :content)
                                """)
                        .bindMethods(entry)
                        .bind("files", Storable.words(String.join("\n", entry.files()), LONGEST_FILES))
                        .bind("faults", Storable.words(String.join("\n", entry.faults()), LONGEST_FAULTS))
                        .bind("content", content)
                        .execute();
                prune(handle);
            }
        });
    }

    private static List<Entry> newest(Handle handle, int most) {
        return handle.createQuery(ENTRIES + " order by id desc limit :most")
                .bind("most", most)
                .map(ConstructorMapper.of(Entry.class))
                .list();
    }

    private static void prune(Handle handle) {
        handle.createUpdate("""
                        update edition set content = null
                         where content is not null and id not in
                           (select id from edition where content is not null order by id desc limit :whole)
                        """).bind("whole", KEPT_WHOLE).execute();
        handle.createUpdate("""
                        delete from edition where content is null and id not in
                           (select id from edition order by id desc limit :kept)
                        """).bind("kept", KEPT).execute();
    }
}
