package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The effects as they lie in the database. */
public final class Effects {
    private static final String ALL = "select * from effect where flow = :flow and record = :record";

    private final Transactions transactions;

    public Effects(Transactions transactions) {
        this.transactions = transactions;
    }

    /** All effects of one record. */
    public List<Effect> of(String flow, String record) {
        return transactions.read(handle -> of(handle, flow, record));
    }

    public static List<Effect> of(Handle handle, String flow, String record) {
        return handle.createQuery(ALL + " order by id")
                .bind("flow", flow)
                .bind("record", record)
                .map((row, context) -> effect(row))
                .list();
    }

    /** The effects of each of these records; a record without any is left out. */
    public static Map<String, List<Effect>> of(Handle handle, String flow, Collection<String> records) {
        return handle
                .createQuery("""
                        select effect.* from unnest(:records) as named (name)
                          join effect on effect.flow = :flow and effect.record = named.name order by effect.id
                        """)
                .bind("flow", flow)
                .bindArray("records", String.class, records)
                .map((row, context) -> effect(row))
                .stream()
                .collect(Collectors.groupingBy(Effect::record));
    }

    /** The same, locked: a late success of a worker that lost its lease may be about to confirm one of them. */
    public static List<Effect> locked(Handle handle, String flow, String record) {
        return handle.createQuery(ALL + " order by id for update")
                .bind("flow", flow)
                .bind("record", record)
                .map((row, context) -> effect(row))
                .list();
    }

    public static Effect save(Handle handle, Effect effect, Instant now) {
        return save(handle, effect, now, null);
    }

    /** @param version of routes and mappings that made it what it is; null: of none */
    public static Effect save(Handle handle, Effect effect, Instant now, String version) {
        if (effect.id() == 0) {
            long id = bound(handle.createUpdate("""
                                    insert into effect (flow, record, effect_key, kind, state, attempt, failures,
                                      lost_answers, possible_repeat, repeatable, said, input_hash, parked_for, reason_code, reason,
                                      waiting_for, waiting_since, sweeps_waited, next_at, call_deadline, sent_at, facts,
                                      insisted, version, changed_at)
                                    values (:flow, :record, :key, :kind, :state, :attempt, :failures, :lostAnswers,
                                      :possibleRepeat, :repeatable, :said, :inputHash, :parkedFor, :reasonCode, :reason, :waitingFor,
                                      :waitingSince, :sweepsWaited, :nextAt, :callDeadline, :sentAt, :facts, :insisted, :version,
                                      :now)
                                    """), effect, now)
                    .bind("version", version)
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            return effect.withId(id);
        }
        bound(handle.createUpdate("""
                                update effect set state = :state, attempt = :attempt, failures = :failures,
                                  lost_answers = :lostAnswers, possible_repeat = :possibleRepeat, repeatable = :repeatable, said = :said,
                                  input_hash = :inputHash, parked_for = :parkedFor, reason_code = :reasonCode,
                                  reason = :reason, waiting_for = :waitingFor, waiting_since = :waitingSince,
                                  sweeps_waited = :sweepsWaited, next_at = :nextAt, call_deadline = :callDeadline,
                                  sent_at = :sentAt, facts = :facts, insisted = :insisted,
                                  version = coalesce(:version, version), changed_at = :now
                                 where id = :id
                                """), effect, now)
                .bind("version", version)
                .bind("id", effect.id())
                .execute();
        return effect;
    }

    public static void remove(Handle handle, Effect effect) {
        handle.createUpdate("delete from effect where id = :id")
                .bind("id", effect.id())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Effect effect, Instant now) {
        return statement
                .bind("flow", effect.flow())
                .bind("record", effect.record())
                .bind("key", effect.key())
                .bind("kind", effect.kind())
                .bind("state", effect.state().column())
                .bind("attempt", effect.attempt())
                .bind("failures", effect.failures())
                .bind("lostAnswers", effect.lostAnswers())
                .bind("possibleRepeat", effect.possibleRepeat())
                .bind("repeatable", effect.repeatable())
                .bind("said", effect.confirmedValue())
                .bind("inputHash", effect.inputHash())
                .bind(
                        "parkedFor",
                        effect.parkedFor() == null ? null : effect.parkedFor().column())
                .bind("reasonCode", Storable.words(effect.reasonCode(), Storable.CODE))
                .bind("reason", Storable.words(effect.reason(), Storable.WORDS))
                .bind(
                        "waitingFor",
                        effect.waitingFor() == null ? null : Storable.identity(effect.waitingFor(), Storable.CONDITION))
                .bind("waitingSince", effect.waitingSince())
                .bind("sweepsWaited", effect.sweepsWaited())
                .bind("nextAt", effect.nextAt())
                .bind("callDeadline", effect.callDeadline())
                .bind("sentAt", effect.sentAt())
                .bind("facts", effect.facts())
                .bind("insisted", effect.forcedByOperator())
                .bind("now", now);
    }

    public static Effect effect(ResultSet row) throws SQLException {
        return new Effect(
                row.getLong("id"),
                row.getString("flow"),
                row.getString("record"),
                row.getString("effect_key"),
                row.getString("kind"),
                EffectState.of(row.getString("state")),
                row.getInt("attempt"),
                row.getInt("failures"),
                row.getInt("lost_answers"),
                row.getBoolean("possible_repeat"),
                row.getBoolean("repeatable"),
                row.getString("said"),
                row.getString("input_hash"),
                ParkedFor.of(row.getString("parked_for")),
                row.getString("reason_code"),
                row.getString("reason"),
                row.getString("waiting_for"),
                instant(row, "waiting_since"),
                row.getInt("sweeps_waited"),
                instant(row, "next_at"),
                instant(row, "call_deadline"),
                instant(row, "sent_at"),
                row.getString("facts"),
                row.getBoolean("insisted"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }
}
