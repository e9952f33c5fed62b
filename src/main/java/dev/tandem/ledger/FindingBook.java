package dev.tandem.ledger;

import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What is wrong with both systems, as the service's own examinations find it, and what of it has changed since the first. */
public record FindingBook(Store store) {
    /** @param subject what the check found it of, such as a field; blank if there is but one */
    public record Found(String check, String subject, String level, String words, String remedy) {
        private List<String> key() {
            return List.of(check, subject);
        }

        private Found asStored() {
            return new Found(
                    Storable.identity(check, Storable.NAME),
                    subject.isEmpty() ? "" : Storable.identity(subject, Storable.NAME),
                    level,
                    Storable.words(words, Storable.WORDS),
                    Storable.words(remedy, Storable.WORDS));
        }
    }

    /** Something that is so still. */
    public record Drift(
            @ColumnName("check_name") String check,
            String subject,
            String level,
            String words,
            String remedy,
            Instant since) {
        /** The system that it is about. */
        public String system() {
            return check.replaceFirst("\\..*", "");
        }
    }

    /** @param version of the routes and mappings under which it was made */
    public record Examination(Instant at, String version) {}

    /** What an examination changed. */
    public record Changes(List<Found> drifted, List<Drift> mended) {}

    /** The last one, if there was any. */
    public Optional<Examination> last() {
        return store.read(handle -> handle.createQuery("select at, version from examination")
                .map(ConstructorMapper.of(Examination.class))
                .findOne());
    }

    /** What a person should know of: what fails or will, and what has changed since the first examination. */
    public List<Drift> drift() {
        return store.read(FindingBook::drift);
    }

    private static List<Drift> drift(Handle handle) {
        return handle.createQuery("select * from drift order by since, check_name, subject")
                .map(ConstructorMapper.of(Drift.class))
                .list();
    }

    /**
     * Takes what an examination found.
     *
     * @param unsure the checks that could not be made: what they found before stays
     */
    public Changes examined(String version, List<Found> findings, Set<String> unsure) {
        Map<List<String>, Found> found = new LinkedHashMap<>();
        findings.stream().map(Found::asStored).forEach(one -> found.putIfAbsent(one.key(), one));
        return store.in(handle -> {
            Instant now = store.now();
            boolean first = handle.createQuery("select count(*) from examination")
                            .mapTo(Long.class)
                            .one()
                    == 0;
            Map<List<String>, Drift> before = drift(handle).stream()
                    .collect(Collectors.toMap(one -> List.of(one.check(), one.subject()), one -> one));
            Set<List<String>> known = handle.createQuery("select check_name, subject from finding")
                    .map((row, context) -> List.of(row.getString("check_name"), row.getString("subject")))
                    .set();
            List<Found> drifted = new ArrayList<>();
            for (Found one : found.values()) {
                boolean isNew = !known.contains(one.key());
                write(handle, one, isNew, first, now);
                if (isNew && (!first || one.level().equals("fault"))) {
                    drifted.add(one);
                    Journal.found(handle, now, one.check(), "drifted", one.level(), one.words());
                }
            }
            List<Drift> mended = new ArrayList<>();
            for (List<String> key : known) {
                if (!found.containsKey(key) && !unsure.contains(key.get(0))) {
                    handle.execute("delete from finding where check_name = ? and subject = ?", key.get(0), key.get(1));
                    Optional.ofNullable(before.get(key)).ifPresent(gone -> {
                        mended.add(gone);
                        Journal.found(handle, now, gone.check(), "mended", gone.level(), gone.words());
                    });
                }
            }
            handle.execute("delete from examination");
            handle.execute("insert into examination (id, at, version) values (1, ?, ?)", now, version);
            return new Changes(drifted, mended);
        });
    }

    private static void write(Handle handle, Found one, boolean isNew, boolean first, Instant now) {
        handle.createUpdate(
                        isNew
                                ? "insert into finding (check_name, subject, level, words, remedy, since, at_first)"
                                        + " values (:check, :subject, :level, :words, :remedy, :now, :first)"
                                : "update finding set level = :level, words = :words, remedy = :remedy"
                                        + " where check_name = :check and subject = :subject")
                .bindMethods(one)
                .bind("now", now)
                .bind("first", first)
                .execute();
    }
}
