package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.Storable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The append-only history of each record: what was decided, sent, answered. Ids, codes and times; never personal data.
 */
public final class Journal {
    private Journal() {}

    public static void write(Handle handle, Instant now, Effect effect, String event, String version) {
        write(handle, now, effect, event, effect.reasonCode(), effect.reason(), version);
    }

    /** What a person said of it. */
    public static void write(Handle handle, Instant now, Effect effect, String event, String code, String words) {
        write(handle, now, effect, event, code, words, null);
    }

    private static void write(
            Handle handle, Instant now, Effect effect, String event, String code, String words, String version) {
        handle.createUpdate("""
                        insert into journal (at, flow, record, effect_key, event, attempt, code, words, version)
                        values (:at, :flow, :record, :key, :event, :attempt, :code, :words, :version)
                        """)
                .bind("at", now)
                .bind("flow", effect.flow())
                .bind("record", effect.record())
                .bind("key", effect.key())
                .bind("event", event)
                .bind("attempt", effect.attempt())
                .bind("code", Storable.words(code, Storable.CODE))
                .bind("words", Storable.words(words, Storable.WORDS))
                .bind("version", version)
                .execute();
    }

    /** The newest so many of a record's lines, oldest first. */
    public static List<JournalEntry> of(Handle handle, String flow, String record, int most) {
        List<JournalEntry> newestFirst = handle.createQuery("""
                        select at, effect_key, event, attempt, code, words, version from journal
                         where flow = :flow and record = :record order by id desc limit :most
                        """)
                .bind("flow", flow)
                .bind("record", record)
                .bind("most", most)
                .map((row, context) -> new JournalEntry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getString("effect_key")),
                        row.getString("event"),
                        Optional.ofNullable(row.getObject("attempt", Integer.class)),
                        Optional.ofNullable(row.getString("code")),
                        Optional.ofNullable(row.getString("words")),
                        Optional.ofNullable(row.getString("version"))))
                .list();
        List<JournalEntry> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }
}
