package dev.tandem.operation.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.mapping.MappingSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Names what the routes would still send, and what they could not, by its kind; each once. */
final class Differences {
    /** What the effect {@code ids} fills in (mapping facts 3.6). */
    private static final Set<String> IDS = Set.of("oscar_number", "oscar_short_id", "mosvy_number");

    private static final String UNLISTED = "unlisted";
    private static final String SERVICES = "services_section";

    /**
     * An effect of the scratch ledger that was not sent and is not there.
     *
     * @param twin the case that its client was found to have
     */
    record Left(
            String flow,
            String record,
            String effectKey,
            String kind,
            String state,
            String reasonCode,
            String reason,
            String waitingFor,
            String twin) {}

    private final Jdbi scratch;
    private final ReadCases cases;
    private final MappingSet mappings;
    private final BiPredicate<String, String> mayBeThere;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Map<String, String> twins = new HashMap<>();

    /**
     * @param mayBeThere whether a referral that no entry answers may be at OSCaR nevertheless, by its case and key as {@code
     *     case key}, and the reason why it is not sent
     */
    Differences(Jdbi scratch, ReadCases cases, MappingSet mappings, BiPredicate<String, String> mayBeThere) {
        this.scratch = scratch;
        this.cases = cases;
        this.mappings = mappings;
        this.mayBeThere = mayBeThere;
    }

    /** @param all whether both systems were read in full: only then can a counterpart be missing */
    Collection<Found> find(WouldBeSent sent, boolean all) {
        sent.each(this::wouldBeSent);
        left().forEach(this::leftOver);
        unanswered().forEach(this::hidden);
        if (all) {
            new Pairs(scratch).find(this::add);
        }
        partsOfAnother();
        return found.values();
    }

    private void wouldBeSent(WouldBeSent.Sent sent) {
        if (sent.flow().equals(Found.TO_OSCAR)) {
            ofCase(sent.record(), sent.effectKey(), sent.kind(), "", "", true);
            return;
        }
        if (!sent.flow().equals(Found.TO_PRIMERO)) {
            return;
        }
        Kind kind =
                switch (sent.kind()) {
                    case "ids" -> Kind.IDS_OR_LINK_DIFFER;
                    case "decision" -> Kind.DECISION_DIFFERS;
                    case "service" -> sent.creates() ? Kind.SERVICE_ROW_MISSING : Kind.FIELD_DIFFERS;
                    default -> sent.creates() ? Kind.CLIENT_WITHOUT_CASE : Kind.FIELD_DIFFERS;
                };
        List<String> fields = kind == Kind.FIELD_DIFFERS || kind == Kind.IDS_OR_LINK_DIFFER
                ? Stream.of(sent.fields().split(",")).map(this::withOwner).toList()
                : List.of();
        ofClient(kind, sent.record(), sent.effectKey(), fields, "", "", true);
    }

    private String withOwner(String field) {
        String owner = mappings.owners().getOrDefault(field, "");
        return owner.isEmpty() ? field : field + " (" + owner + ")";
    }

    private List<Left> left() {
        return scratch.withHandle(handle ->
                handle.createQuery("""
                        select e.flow, e.record, e.effect_key, e.kind, e.state, e.reason_code, e.reason, e.waiting_for, l.twin
                          from effect e join work_item i on i.flow = e.flow and i.record = e.record
                          left join link l on l.flow = e.flow and l.record = e.record
                         where e.state not in ('confirmed', 'discarded')
                         order by e.flow, e.record, e.effect_key
                        """).map(ConstructorMapper.of(Left.class)).list());
    }

    private void leftOver(Left left) {
        String code = left.reasonCode() == null ? "" : left.reasonCode();
        String words = left.reason() == null ? "" : left.reason();
        if (left.waitingFor() != null && left.waitingFor().startsWith(Effect.NGO)) {
            code = Kind.NGO_NOT_LIVE.code();
        }
        if (left.flow().equals(Found.TO_OSCAR)) {
            ofCase(left.record(), left.effectKey(), left.kind(), code, words, false);
        } else if (left.flow().equals(Found.TO_PRIMERO)) {
            ofClient(kindOf(left, code), left.record(), left.effectKey(), List.of(), code, words, false);
        }
    }

    private Kind kindOf(Left left, String code) {
        boolean hasCase = !caseOf(left.record()).isEmpty();
        return switch (code) {
            case "ngo-not-live" -> Kind.NGO_NOT_LIVE;
            case "hidden-by-shape" -> Kind.HIDDEN_BY_SHAPE;
            case "two-cases" -> Kind.TWO_CASES_ONE_NUMBER;
            case "case-not-found", "no-such-case" -> Kind.CLIENT_WITHOUT_CASE;
            default ->
                switch (left.kind()) {
                    case "ids" -> Kind.IDS_OR_LINK_DIFFER;
                    case "case" -> hasCase ? Kind.FIELD_DIFFERS : Kind.CLIENT_WITHOUT_CASE;
                    case "service" -> Kind.SERVICE_ROW_MISSING;
                    case "decision", "conflict" -> Kind.DECISION_DIFFERS;
                    default -> Kind.CANNOT_BE_COMPARED;
                };
        };
    }

    private void ofClient(
            Kind kind, String record, String key, List<String> fields, String code, String words, boolean owed) {
        String ngo = record.substring(0, Math.max(0, record.indexOf('/')));
        String caseId = kind == Kind.CLIENT_WITHOUT_CASE ? "" : caseOf(record);
        add(new Found(kind, ngo, Found.TO_PRIMERO, record, caseId, record, key, fields, code, words, owed));
    }

    private void ofCase(String record, String key, String effect, String code, String words, boolean owed) {
        String[] parts = key.split(":", 3);
        String ngo = parts.length > 2 ? parts[1] : "";
        String client = "";
        Kind kind = Kind.CANNOT_BE_COMPARED;
        switch (effect) {
            case "referral" -> {
                ngo = ngoOfRow(record, parts.length > 1 ? parts[1] : "");
                boolean hidden = !owed && mayBeThere.test(record + " " + key, code);
                kind = hidden ? Kind.HIDDEN_UNTIL_TAKEN_UP : Kind.REFERRAL_NOT_THERE;
            }
            case "decision", "conflict" -> kind = Kind.DECISION_DIFFERS;
            case "link" -> {
                kind = code.equals("two-cases") ? Kind.TWO_CASES_ONE_NUMBER : Kind.IDS_OR_LINK_DIFFER;
                client = ngo + "/" + parts[2];
            }
            case "mark-synced" -> {
                return;
            }
            default -> {
                // What keeps the record from being read.
            }
        }
        if (code.equals(Kind.NGO_NOT_LIVE.code())) {
            kind = Kind.NGO_NOT_LIVE;
        }
        add(new Found(kind, ngo, Found.TO_OSCAR, record, record, client, key, List.of(), code, words, owed));
    }

    /** Referrals in progress that count as sent, and that no entry of the feed is known to answer. */
    private List<Left> unanswered() {
        return scratch.withHandle(handle -> handle.createQuery("""
                        select e.flow, e.record, e.effect_key, e.kind, e.state, e.reason_code, e.reason, e.waiting_for,
                               cast(null as varchar) as twin
                          from effect e join work_item i on i.flow = e.flow and i.record = e.record
                         where e.flow = :flow and e.kind = 'referral' and e.state = 'confirmed'
                           and not exists (select 1 from would_be_sent s where s.flow = e.flow and s.record = e.record
                             and s.effect_key = e.effect_key)
                         order by e.record, e.effect_key
                        """)
                .bind("flow", Found.TO_OSCAR)
                .map(ConstructorMapper.of(Left.class))
                .list());
    }

    private void hidden(Left referral) {
        String[] key = referral.effectKey().split(":", 3);
        boolean inProgress = cases.referralsOf(referral.record()).stream()
                .flatMap(JsonNode::valueStream)
                .anyMatch(one -> Fields.text(one, "id").equals(key[2])
                        && Fields.text(one, "status").equals("in_progress"));
        if (inProgress && !answered(key[2])) {
            add(new Found(
                    Kind.HIDDEN_UNTIL_TAKEN_UP,
                    ngoOfRow(referral.record(), key[1]),
                    Found.TO_OSCAR,
                    referral.record(),
                    referral.record(),
                    "",
                    referral.effectKey(),
                    List.of(),
                    "",
                    "",
                    false));
        }
    }

    private boolean answered(String referralId) {
        return scratch.withHandle(handle -> handle.createQuery(
                                "select count(*) from tie where referral_id = :id and role = 'ANSWER'")
                        .bind("id", referralId)
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    private String caseOf(String client) {
        return twins.computeIfAbsent(
                client,
                record -> scratch.withHandle(handle -> handle.createQuery("""
                        select c.id from link l join read_case c on c.id = l.twin
                         where l.flow = :flow and l.record = :record
                        """)
                        .bind("flow", Found.TO_PRIMERO)
                        .bind("record", record)
                        .mapTo(String.class)
                        .findOne()
                        .orElse("")));
    }

    private String ngoOfRow(String caseId, String rowId) {
        return cases.byId(caseId).stream()
                .flatMap(theCase -> theCase.path(SERVICES).valueStream())
                .filter(row -> Fields.text(row, "unique_id").equalsIgnoreCase(rowId))
                .map(row -> Fields.text(
                        row,
                        Fields.text(row, "service_response_type").equals("referral_from_oscar")
                                ? "oscar_referring_organization"
                                : "service_implementing_agency"))
                .map(agency -> mappings.code("agencies", "to-oscar", agency)
                        .map(listed -> Fields.text(listed, "oscar_organization"))
                        // What somebody typed there may be a name.
                        .orElse(agency.isEmpty() ? "" : UNLISTED))
                .findFirst()
                .orElse("");
    }

    private void add(Found one) {
        found.merge(one.identity(), one, (before, now) -> before.owed() || !now.owed() ? before : now);
    }

    /** A client without a case lacks all its rows, and where a pair is wrong, what hangs on it is no difference of its own. */
    private void partsOfAnother() {
        Set<String> withoutCase = new HashSet<>();
        Set<String> withoutClient = new HashSet<>();
        Set<String> twoCases = new HashSet<>();
        for (Found one : found.values()) {
            switch (one.kind()) {
                case CLIENT_WITHOUT_CASE -> withoutCase.add(one.client());
                case CASE_WITHOUT_CLIENT -> withoutClient.add(one.caseId());
                case TWO_CASES_ONE_NUMBER -> {
                    if (one.key().isEmpty()) {
                        twoCases.addAll(List.of(one.caseId().split(" ")));
                        twoCases.addAll(List.of(one.client().split(" ")));
                    }
                }
                default -> {
                    // It stands for itself.
                }
            }
        }
        List<String> parts = new ArrayList<>();
        found.forEach((identity, one) -> {
            boolean ofClient = one.flow().equals(Found.TO_PRIMERO)
                    && one.kind() != Kind.CLIENT_WITHOUT_CASE
                    && withoutCase.contains(one.client());
            boolean ofCase = one.kind() == Kind.DECISION_DIFFERS && withoutClient.contains(one.caseId());
            boolean ofNumber = one.kind() == Kind.TWO_CASES_ONE_NUMBER
                    && !one.key().isEmpty()
                    && (twoCases.contains(one.caseId()) || twoCases.contains(one.client()));
            if (ofClient || ofCase || ofNumber) {
                parts.add(identity);
            }
        });
        parts.forEach(found::remove);
        idsOnce();
    }

    /** The ids of a case, which more than one effect would fill in, are one difference, and no other field's. */
    private void idsOnce() {
        for (Found one : List.copyOf(found.values())) {
            if (one.kind() == Kind.FIELD_DIFFERS && one.key().equals("case")) {
                boolean withIds = found.values().stream()
                        .anyMatch(other ->
                                other.key().equals("ids") && other.client().equals(one.client()));
                List<String> others =
                        one.fields().stream().filter(field -> !isId(field)).toList();
                if (others.isEmpty() || (withIds && others.size() < one.fields().size())) {
                    found.remove(one.identity());
                    if (!others.isEmpty()) {
                        add(one.with(Kind.FIELD_DIFFERS, others));
                    } else if (!withIds && !one.fields().isEmpty()) {
                        add(one.with(Kind.IDS_OR_LINK_DIFFER, one.fields()));
                    }
                }
            }
        }
    }

    private static boolean isId(String field) {
        return IDS.contains(field.split(" ", 2)[0]);
    }
}
