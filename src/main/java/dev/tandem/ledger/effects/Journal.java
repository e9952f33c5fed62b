package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.Storable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The append-only history of each record: what was decided, sent, answered. Ids, codes and times; never personal data.
 */
public final class Journal {
    /**
     * One line of a record's history.
     *
     * @param key the effect it is about; none if it is about the record
     * @param event what happened, such as {@code intended}, {@code confirmed}, {@code parked}, {@code retried}
     * @param words the reason, in words; never personal data
     * @param version the version of the mappings that was in force
     */
    public record Entry(
            Instant at,
            @ColumnName("effect_key") Optional<String> key,
            String event,
            Optional<Integer> attempt,
            Optional<String> code,
            Optional<String> words,
            Optional<String> version) {}

    private Journal() {}

    public static void write(Handle handle, Instant now, Effect effect, String event, String version) {
        write(handle, now, effect, event, effect.reasonCode(), effect.reason(), version);
    }

    /** What a person decided about it. */
    public static void write(Handle handle, Instant now, Effect effect, String event, String code, String words) {
        write(handle, now, effect, event, code, words, null);
    }

    private static void write(
            Handle handle, Instant now, Effect effect, String event, String code, String words, String version) {
        handle.createUpdate("""
                        insert into journal (at, flow, record, effect_key, event, attempt, code, words, version)
                        values (:at, :flow, :record, :key, :event, :attempt, :code, :words, :version)
                        """)
                .bindMethods(effect)
                .bind("at", now)
                .bind("event", event)
                .bind("code", Storable.words(code, Storable.CODE))
                .bind("words", Storable.words(words, Storable.WORDS))
                .bind("version", version)
                .execute();
    }

    /**
     * A person asked the running service for something: a line of no record.
     *
     * @param call such as {@code /api/sync}
     * @param by who, and from where; no personal data
     */
    public static int asked(Handle handle, Instant now, String call, String by) {
        return handle.createUpdate("""
                        insert into journal (at, flow, record, event, words)
                        values (:at, 'operator', :call, 'asked', :by)
                        """)
                .bind("at", now)
                .bind("call", call)
                .bind("by", Storable.words(by, Storable.WORDS))
                .execute();
    }

    /** What a person decided about a record, as a line of its history. */
    public static void decided(Handle handle, Instant now, String flow, String record, String event, String words) {
        handle.createUpdate("""
                        insert into journal (at, flow, record, event, words)
                        values (:at, :flow, :record, :event, :words)
                        """)
                .bind("at", now)
                .bind("flow", flow)
                .bind("record", record)
                .bind("event", event)
                .bind("words", Storable.words(words, Storable.WORDS))
                .execute();
    }

    /** What the examination of both systems found: a line of no record. */
    public static void found(Handle handle, Instant now, String check, String event, String level, String words) {
        handle.createUpdate("""
                        insert into journal (at, flow, record, event, code, words)
                        values (:at, 'doctor', :check, :event, :level, :words)
                        """)
                .bind("at", now)
                .bind("check", check)
                .bind("event", event)
                .bind("level", level)
                .bind("words", Storable.words(words, Storable.WORDS))
                .execute();
    }

    /** The newest so many of a record's lines, oldest first. */
    public static List<Entry> of(Handle handle, String flow, String record, int most) {
        List<Entry> lines = new ArrayList<>(handle.createQuery(
                        "select * from journal where flow = :flow and record = :record order by id desc limit :most")
                .bind("flow", flow)
                .bind("record", record)
                .bind("most", most)
                .map(ConstructorMapper.of(Entry.class))
                .list());
        Collections.reverse(lines);
        return lines;
    }
}
