package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/** The effects in the database. */
public record Effects(Store store) {
    /** Reads a row of the table {@code effect}. */
    public static final RowMapper<Effect> MAPPER = ConstructorMapper.of(Effect.class);

    private static final String ALL = "select * from effect where flow = :flow and record = :record order by id";

    /** All effects of one record. */
    public List<Effect> of(String flow, String record) {
        return store.read(handle -> all(handle, ALL, flow, record));
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
                .map(MAPPER)
                .stream()
                .collect(Collectors.groupingBy(Effect::record));
    }

    /** The same of one record, locked: a late success of a worker that lost its lease may be about to confirm one of them. */
    public static List<Effect> locked(Handle handle, String flow, String record) {
        return all(handle, ALL + " for update", flow, record);
    }

    private static List<Effect> all(Handle handle, String sql, String flow, String record) {
        return handle.createQuery(sql)
                .bind("flow", flow)
                .bind("record", record)
                .map(MAPPER)
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
                                      :possibleRepeat, :repeatable, :confirmedValue, :inputHash, :parkedFor, :reasonCode, :reason,
                                      :waitingFor, :waitingSince, :sweepsWaited, :nextAt, :callDeadline, :sentAt, :facts,
                                      :forcedByOperator, :version, :now)
                                    """), effect, now, version)
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            return effect.withId(id);
        }
        bound(handle.createUpdate("""
                                update effect set state = :state, attempt = :attempt, failures = :failures,
                                  lost_answers = :lostAnswers, possible_repeat = :possibleRepeat, repeatable = :repeatable,
                                  said = :confirmedValue, input_hash = :inputHash, parked_for = :parkedFor,
                                  reason_code = :reasonCode, reason = :reason, waiting_for = :waitingFor,
                                  waiting_since = :waitingSince, sweeps_waited = :sweepsWaited, next_at = :nextAt,
                                  call_deadline = :callDeadline, sent_at = :sentAt, facts = :facts,
                                  insisted = :forcedByOperator, version = coalesce(:version, version), changed_at = :now
                                 where id = :id
                                """), effect, now, version).execute();
        return effect;
    }

    public static void remove(Handle handle, Effect effect) {
        handle.createUpdate("delete from effect where id = :id")
                .bind("id", effect.id())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Effect effect, Instant now, String version) {
        return statement
                .bindMethods(effect)
                .bind("state", effect.state().column())
                .bind("parkedFor", Optional.ofNullable(effect.parkedFor()).map(ParkedFor::column))
                .bind("reasonCode", Storable.words(effect.reasonCode(), Storable.CODE))
                .bind("reason", Storable.words(effect.reason(), Storable.WORDS))
                .bind("waitingFor", Storable.identity(Optional.ofNullable(effect.waitingFor()), Storable.CONDITION))
                .bind("version", version)
                .bind("now", now);
    }
}
