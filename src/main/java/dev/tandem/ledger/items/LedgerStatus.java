package dev.tandem.ledger.items;

import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How much is in which state, as counts: what {@code status} and the report of {@code sync} show. */
public record LedgerStatus(Store store) {
    public record Flow(String flow, long pending, long leased, long settled, Optional<Instant> oldestOpenSince) {}

    /**
     * What is not settled, all seen at one moment.
     *
     * @param open records that are pending or in work
     * @param nextDue when the first of them falls due, or its lease ends
     * @param failedTries of all that is still to be done: grows with each, but not with what was only put off
     */
    public record ToDo(String flow, long open, long leased, Instant nextDue, long failedTries) {}

    /**
     * One flow as it is now, without what is settled and confirmed: that would have to be counted row by row.
     *
     * @param oldestOpenSince since when the oldest of its records has not been settled
     */
    public record Unsettled(
            String flow,
            long pending,
            long leased,
            Optional<Instant> oldestOpenSince,
            long waiting,
            long parked,
            long possibleRepeats) {}

    public record EffectCount(String flow, String kind, String state, long effects, long possibleRepeats) {}

    /** @param sample the key of one record it holds for */
    public record Reason(
            String flow, String kind, String state, String code, String words, long count, String sample) {}

    /**
     * Records that are pending for one reason.
     *
     * @param why {@code turn}: of the lock of its case; {@code later}: at its next moment; {@code due}: nothing hinders it here
     * @param nextDue of the first
     */
    public record Pending(String flow, String why, long records, Instant nextDue, String sample) {}

    private static final String UNANSWERED = """
             from effect e
             where e.kind = 'referral' and e.state = 'confirmed' and coalesce(e.sent_at, e.changed_at) < :before
               and not exists (
                 select 1 from tie t join effect d
                     on d.flow = t.flow and d.record = t.record and d.kind in ('decision', 'conflict')
                  where t.referral_id = regexp_replace(e.effect_key, '^.*:', '')
                    and t.entry like concat(regexp_replace(d.effect_key, '^[^:]*:', ''), ':%'))
            """;

    public List<Flow> flows() {
        return store.read(handle -> handle.createQuery("select * from ledger_status order by flow")
                .map(ConstructorMapper.of(Flow.class))
                .list());
    }

    /** All flows that have something to do, at one moment; costs nothing for what is settled. */
    public List<ToDo> toDo(Collection<String> flows) {
        if (flows.isEmpty()) {
            return List.of();
        }
        return store.read(handle -> handle.createQuery("""
                        select flow, count(*) as open, min(due_at) as next_due,
                               sum(case when state = 'leased' then 1 else 0 end) as leased,
                               (select coalesce(sum(failures + lost_answers), 0) from effect
                                 where effect.state in ('owed', 'unknown') and effect.flow = work_item.flow) as failed_tries
                          from work_item where flow in (<flows>) and due_at > :begin group by flow
                        """)
                .bindList("flows", flows)
                .bind("begin", Instant.EPOCH)
                .map(ConstructorMapper.of(ToDo.class))
                .list());
    }

    /** Costs nothing for what is settled or confirmed, so that it can be asked every few seconds. */
    public List<Unsettled> unsettled(Collection<String> flows) {
        if (flows.isEmpty()) {
            return List.of();
        }
        return store.read(handle -> {
            Map<String, Map<String, Long>> states = new HashMap<>();
            handle.createQuery("""
                            select flow, state, count(*) as effects from effect where state in ('waiting', 'parked')
                             group by flow, state
                            union all
                            select flow, 'possible-repeat', count(*) from effect where possible_repeat = true group by flow
                            """)
                    .map((row, context) -> states.computeIfAbsent(row.getString("flow"), flow -> new HashMap<>())
                            .put(row.getString("state"), row.getLong("effects")))
                    .list();
            Map<String, Flow> found = new HashMap<>();
            handle.createQuery("""
                            select flow, sum(case when state = 'leased' then 0 else 1 end) as pending,
                                   sum(case when state = 'leased' then 1 else 0 end) as leased,
                                   0 as settled, min(open_since) as oldest_open_since
                              from work_item where flow in (<flows>) and due_at > :begin group by flow
                            """)
                    .bindList("flows", flows)
                    .bind("begin", Instant.EPOCH)
                    .map(ConstructorMapper.of(Flow.class))
                    .forEach(open -> found.put(open.flow(), open));
            return flows.stream()
                    .map(flow -> found.getOrDefault(flow, new Flow(flow, 0, 0, 0, Optional.empty())))
                    .map(flow -> unsettled(flow, states.getOrDefault(flow.flow(), Map.of())))
                    .toList();
        });
    }

    /** Why records are pending, of which nobody works now. */
    public List<Pending> pending(Collection<String> flows) {
        if (flows.isEmpty()) {
            return List.of();
        }
        return store.read(handle -> handle.createQuery("""
                        select flow, why, count(*) as records, min(due_at) as next_due, min(record) as sample from (
                          select flow, record, due_at, case when wants_lock is not null then 'turn'
                                                            when due_at > :now then 'later' else 'due' end as why
                            from work_item where flow in (<flows>) and due_at > :begin and state = 'pending') as pending
                         group by flow, why order by flow, why
                        """)
                .bindList("flows", flows)
                .bind("begin", Instant.EPOCH)
                .bind("now", store.now())
                .map(ConstructorMapper.of(Pending.class))
                .list());
    }

    private static Unsettled unsettled(Flow flow, Map<String, Long> counts) {
        return new Unsettled(
                flow.flow(),
                flow.pending(),
                flow.leased(),
                flow.oldestOpenSince(),
                counts.getOrDefault("waiting", 0L),
                counts.getOrDefault("parked", 0L),
                counts.getOrDefault("possible-repeat", 0L));
    }

    public List<EffectCount> effects() {
        return store.read(handle -> handle.createQuery("select * from effect_status order by flow, kind, state")
                .map(ConstructorMapper.of(EffectCount.class))
                .list());
    }

    /** Why effects wait, are parked, baseline, or will be tried again; the most frequent first. */
    public List<Reason> reasons() {
        return store.read(handle ->
                handle.createQuery("""
                        select flow, kind, state, reason_code as code, reason as words, count(*) as "count", min(record) as sample
                          from effect where state in ('waiting', 'parked', 'owed', 'unknown', 'intended', 'baseline')
                         group by flow, kind, state, reason_code, reason order by count(*) desc, reason fetch first 50 rows only
                        """).map(ConstructorMapper.of(Reason.class)).list());
    }

    /** Cases that were made, or last written, while nobody owned them (mapping facts K5). */
    public long unownedCases() {
        return store.read(handle -> handle.createQuery(
                        "select count(*) from effect where kind = 'case' and state = 'confirmed' and said = 'unowned'")
                .mapTo(Long.class)
                .one());
    }

    /**
     * Referrals for which no decision has come back, in whatever state the decision is here: sent before that moment, or, if it
     * was not by this ledger, known for so long to be there.
     */
    public long unansweredReferrals(Instant before) {
        return store.read(handle -> handle.createQuery("select count(*)" + UNANSWERED)
                .bind("before", before)
                .mapTo(Long.class)
                .one());
    }

    /** The records of the oldest of them. */
    public List<String> unansweredReferrals(Instant before, int most) {
        return store.read(handle -> handle.createQuery(
                        "select e.record" + UNANSWERED + " order by e.id fetch first :most rows only")
                .bind("before", before)
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }
}
