package dev.tandem.operation.compare;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Opinions;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.CompareReport.Count;
import dev.tandem.operation.report.CompareReport.Difference;
import dev.tandem.operation.report.CompareReport.Repair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What was found, with what the ledger thinks of it: counted, and marked for repair. */
final class Summary {
    private static final int AT_ONCE = 500;

    private final Ledger ledger;
    private final boolean hasLedger;
    private final Jdbi scratch;
    private final Instant began;
    private final CompareRequest request;
    private final Opinions opinions;

    /** Of one flow and record. */
    private final Map<ItemKey, Opinion> known = new HashMap<>();

    private record Opinion(boolean open, List<Effect> effects) {
        private static final Opinion NONE = new Opinion(false, List.of());
    }

    Summary(Ledger ledger, boolean hasLedger, Jdbi scratch, Instant began, CompareRequest request) {
        this.ledger = ledger;
        this.hasLedger = hasLedger;
        this.scratch = scratch;
        this.began = began;
        this.request = request;
        this.opinions = new Opinions(ledger.store());
    }

    CompareReport of(Collection<Found> found) {
        List<Found> wanted = found.stream().filter(this::wanted).toList();
        if (hasLedger) {
            ask(wanted);
        }
        Set<String> changed = changed();
        List<Difference> differences = new ArrayList<>();
        Map<String, Boolean> units = new HashMap<>();
        Set<ItemKey> marks = new LinkedHashSet<>();
        List<Opinions.Seen> untold = new ArrayList<>();
        for (Found one : wanted) {
            if (!one.kind().isDifference()) {
                continue;
            }
            Difference difference = difference(one, changed);
            differences.add(difference);
            units(one).forEach(unit -> units.merge(unit, difference.pending(), (a, b) -> a && b));
            if (request.repair() && difference.repairable() && !difference.pending()) {
                marks.addAll(items(one));
                if (one.key().startsWith("link:")) {
                    seen(one).ifPresent(untold::add);
                }
            }
        }
        Optional<Repair> repair = Optional.empty();
        if (request.repair()) {
            opinions.repair(marks, untold);
            if (marks.stream().anyMatch(item -> item.flow().equals(Found.TO_PRIMERO))) {
                ledger.sweeps().wantFull("oscar");
            }
            long left = differences.stream()
                    .filter(difference -> !difference.repairable() || difference.pending())
                    .count();
            repair = Optional.of(new Repair(marks.size(), left));
        }
        long records = records();
        long inStep = Math.max(0, records - units.size());
        return new CompareReport(
                began,
                ledger.clock().now(),
                request.since(),
                request.ngo(),
                hasLedger,
                records,
                inStep,
                units.values().stream().filter(pending -> pending).count(),
                CompareReport.parity(inStep, records),
                counts(differences),
                unseen(wanted),
                differences,
                repair);
    }

    private boolean wanted(Found one) {
        return request.ngo()
                .filter(ngo -> !one.ngo().equals(ngo)
                        && Stream.of(one.client().split(" ")).noneMatch(client -> client.startsWith(ngo + "/")))
                .isEmpty();
    }

    /** A number that two cases share makes two records differ. */
    private static List<String> units(Found one) {
        return one.kind() == Kind.TWO_CASES_ONE_NUMBER && !one.caseId().isEmpty()
                ? List.of(one.caseId().split(" "))
                : List.of(one.unit());
    }

    private static List<ItemKey> items(Found one) {
        List<ItemKey> items = new ArrayList<>();
        if (!one.caseId().isEmpty()) {
            Stream.of(one.caseId().split(" ")).forEach(id -> items.add(new ItemKey(Found.TO_OSCAR, id)));
        }
        if (!one.client().isEmpty()) {
            Stream.of(one.client().split(" ")).forEach(id -> items.add(new ItemKey(Found.TO_PRIMERO, id)));
        }
        return items;
    }

    private Optional<Opinions.Seen> seen(Found link) {
        return scratch.withHandle(handle -> handle.createQuery("""
                        select record, :caseId as case_id, known_key, known_payload from link
                         where flow = :flow and record = :record and known_payload is not null
                        """)
                .bind("caseId", link.caseId())
                .bind("flow", Found.TO_PRIMERO)
                .bind("record", link.client())
                .map(ConstructorMapper.of(Opinions.Seen.class))
                .findOne());
    }

    private void ask(List<Found> found) {
        Map<String, Set<String>> records = new TreeMap<>();
        found.stream()
                .filter(one -> one.kind().isDifference())
                .flatMap(one -> items(one).stream())
                .forEach(item -> records.computeIfAbsent(item.flow(), flow -> new LinkedHashSet<>())
                        .add(item.record()));
        records.forEach((flow, all) -> {
            List<String> list = List.copyOf(all);
            for (int from = 0; from < list.size(); from += AT_ONCE) {
                List<String> some = list.subList(from, Math.min(list.size(), from + AT_ONCE));
                Opinions.OfFlow answer = opinions.of(flow, some, began);
                some.forEach(record -> known.put(
                        new ItemKey(flow, record),
                        new Opinion(
                                answer.open().contains(record), answer.effects().getOrDefault(record, List.of()))));
            }
        });
    }

    private Optional<Effect> effect(Found one) {
        return known.getOrDefault(new ItemKey(one.flow(), one.record()), Opinion.NONE).effects().stream()
                .filter(effect -> effect.key().equals(one.key()))
                .findFirst();
    }

    private Difference difference(Found one, Set<String> changed) {
        boolean onItsWay = Stream.of(one.caseId().split(" ")).anyMatch(changed::contains)
                || items(one).stream()
                        .anyMatch(item -> known.getOrDefault(item, Opinion.NONE).open());
        Optional<Effect> effect = effect(one);
        boolean nobodys = !hasLedger || one.key().isEmpty();
        String state =
                onItsWay ? "pending" : nobodys ? "" : effect.map(Summary::state).orElse("unknown");
        boolean said = !one.words().isEmpty() && !one.code().equals("baseline");
        String code = said ? one.code() : effect.map(Effect::reasonCode).orElse("");
        String words = said
                ? one.words()
                : effect.map(Effect::reason).orElseGet(() -> one.kind().whatFollows());
        return new Difference(
                one.kind().code(),
                one.ngo(),
                one.caseId(),
                one.client(),
                one.key(),
                one.fields(),
                code,
                words,
                state,
                repairable(one, effect));
    }

    /** What the ordinary delivery would send if it looked: not what waits for a person. */
    private static boolean repairable(Found one, Optional<Effect> effect) {
        boolean owed = one.owed()
                || (one.kind() == Kind.REFERRAL_NOT_THERE && one.code().equals("baseline"));
        return owed
                && effect.filter(known -> known.state() == EffectState.BASELINE
                                || known.state() == EffectState.DISCARDED
                                || known.state() == EffectState.PARKED
                                || known.state() == EffectState.WAITING)
                        .isEmpty();
    }

    private static String state(Effect effect) {
        return switch (effect.state()) {
            case OWED, INTENDED, UNKNOWN -> "pending";
            case CONFIRMED -> "settled";
            default -> effect.state().name().toLowerCase(Locale.ROOT);
        };
    }

    private Set<String> changed() {
        return scratch.withHandle(handle -> new HashSet<>(handle.createQuery("select id from read_case where changed")
                .mapTo(String.class)
                .list()));
    }

    /** Enabled cases that have a number, a client or something owed, and clients without a case. */
    private long records() {
        return scratch.withHandle(handle -> handle.createQuery("""
                        select (select count(*) from read_case c where c.enabled and (
                                  exists (select 1 from link l join work_item i on i.flow = l.flow and i.record = l.record
                                           where l.flow = :toPrimero and l.twin = c.id and l.record like :ngo)
                                  or (:all and (c.number is not null
                                    or exists (select 1 from effect e where e.flow = :toOscar and e.record = c.id)))))
                             + (select count(*) from work_item i
                                  left join link l on l.flow = i.flow and l.record = i.record
                                 where i.flow = :toPrimero and i.record like :ngo
                                   and (l.twin is null or not exists (select 1 from read_case c where c.id = l.twin)))
                        """)
                .bind("toPrimero", Found.TO_PRIMERO)
                .bind("toOscar", Found.TO_OSCAR)
                .bind("all", request.ngo().isEmpty())
                .bind("ngo", request.ngo().map(ngo -> ngo + "/%").orElse("%"))
                .mapTo(Long.class)
                .one());
    }

    private static List<Count> counts(List<Difference> differences) {
        Map<List<String>, Count> counts = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        differences.forEach(one -> counts.merge(
                List.of(one.kind(), one.ngo()),
                new Count(one.kind(), one.ngo(), 1, one.pending() ? 1 : 0, one.repairable() ? 1 : 0),
                Summary::sum));
        return List.copyOf(counts.values());
    }

    private static List<Count> unseen(List<Found> found) {
        Map<List<String>, Count> counts = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        found.stream()
                .filter(one -> !one.kind().isDifference())
                .forEach(one -> counts.merge(
                        List.of(one.kind().code(), one.ngo()),
                        new Count(one.kind().code(), one.ngo(), 1, 0, 0),
                        Summary::sum));
        return List.copyOf(counts.values());
    }

    private static Count sum(Count a, Count b) {
        return new Count(
                a.kind(), a.ngo(), a.count() + b.count(), a.pending() + b.pending(), a.repairable() + b.repairable());
    }
}
