package dev.tandem.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Where everything stands, as counts: what {@code status} and the report of {@code sync} show. */
public final class Standing {
    public record Flow(String flow, long pending, long leased, long settled, Optional<Instant> oldestOpenSince) {}

    public record EffectCount(String flow, String kind, String state, long effects, long possibleRepeats) {}

    /** @param sample the key of one record it holds for */
    public record Reason(
            String flow, String kind, String state, String code, String words, long count, String sample) {}

    private final Transactions transactions;

    Standing(Transactions transactions) {
        this.transactions = transactions;
    }

    public List<Flow> flows() {
        return transactions.read(handle -> handle.createQuery("select * from ledger_status order by flow")
                .map((row, context) -> new Flow(
                        row.getString("flow"),
                        row.getLong("pending"),
                        row.getLong("leased"),
                        row.getLong("settled"),
                        Optional.ofNullable(row.getObject("oldest_open_since", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list());
    }

    /** Items of one flow that are not settled. */
    public record Open(long pending, long leased) {}

    /** How much of the flow is not settled. What is settled costs nothing here, however much it is. */
    public Open open(String flow) {
        return transactions.read(handle -> handle.createQuery("""
                        select count(*) as items, sum(case when state = 'leased' then 1 else 0 end) as leased
                          from work_item where flow = :flow and due_at > :begin
                        """)
                .bind("flow", flow)
                .bind("begin", Instant.EPOCH)
                .map((row, context) -> new Open(row.getLong("items") - row.getLong("leased"), row.getLong("leased")))
                .one());
    }

    public List<EffectCount> effects() {
        return transactions.read(handle -> handle.createQuery("select * from effect_status order by flow, kind, state")
                .map((row, context) -> new EffectCount(
                        row.getString("flow"),
                        row.getString("kind"),
                        row.getString("state"),
                        row.getLong("effects"),
                        row.getLong("possible_repeats")))
                .list());
    }

    /** Why effects wait, are parked or will be tried again; the most frequent first. */
    public List<Reason> reasons() {
        return transactions.read(handle -> handle.createQuery("""
                        select flow, kind, state, reason_code, reason, count(*) as effects, min(record) as sample
                          from effect where state in ('waiting', 'parked', 'owed', 'unknown', 'intended')
                         group by flow, kind, state, reason_code, reason order by effects desc, reason fetch first 50 rows only
                        """)
                .map((row, context) -> new Reason(
                        row.getString("flow"),
                        row.getString("kind"),
                        row.getString("state"),
                        row.getString("reason_code"),
                        row.getString("reason"),
                        row.getLong("effects"),
                        row.getString("sample")))
                .list());
    }
}
