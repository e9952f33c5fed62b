package dev.tandem.ledger;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * The append-only history of each record: what was decided, sent, answered. Ids, codes and times; never personal data.
 */
final class Journal {
    private Journal() {}

    static void write(Handle handle, Instant now, Effect effect, String event, String version) {
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
                .bind("code", effect.reasonCode())
                .bind("words", Effects.shortened(effect.reason(), 600))
                .bind("version", version)
                .execute();
    }
}
