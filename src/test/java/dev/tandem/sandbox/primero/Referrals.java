package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.SimClock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Referrals and what they do to their case (contract primero-v2 §4). */
final class Referrals {
    /** A referral and, if its case was saved, that save. */
    record Outcome(Referral referral, Optional<Cases.Saved> saved) {}

    private static final Set<String> SENT = Set.of(
            "transitioned_to",
            "transitioned_to_remote",
            "transitioned_to_agency",
            "service",
            "service_record_id",
            "remote",
            "type_of_export",
            "notes",
            "consent_overridden",
            "authorized_role_unique_id",
            "allow_case_creation");

    private final Map<String, Referral> byId = new ConcurrentHashMap<>();
    private final Map<String, List<String>> idsByCase = new ConcurrentHashMap<>();
    private final Cases cases;
    private final Configuration configuration;
    private final SimClock clock;

    Referrals(Cases cases, Configuration configuration, SimClock clock) {
        this.cases = cases;
        this.configuration = configuration;
        this.clock = clock;
    }

    List<Referral> of(String caseId) {
        return idsByCase.getOrDefault(caseId, List.of()).stream().map(byId::get).toList();
    }

    Referral get(String id) {
        return Optional.ofNullable(byId.get(id)).orElseThrow(() -> ApiError.notFound("Transition with 'id'=" + id));
    }

    int size() {
        return byId.size();
    }

    /** Not idempotent: the same wish again is a second referral. */
    Outcome create(String caseId, ObjectNode wish, Account caller) {
        ObjectNode record = cases.get(caseId).data();
        ObjectNode values = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put("type", "Referral")
                .put("status", "in_progress")
                .put("record_id", caseId)
                .put("record_type", "case")
                .put("remote", false)
                .put("consent_overridden", false)
                .put("consent_individual_transfer", false)
                .put("allow_case_creation", false)
                .put("record_access_denied", false);
        wish.properties().forEach(entry -> {
            if (SENT.contains(entry.getKey()) && entry.getValue().isValueNode()) {
                values.set(entry.getKey(), entry.getValue());
            }
        });
        values.put("transitioned_by", caller.userName())
                .put("transitioned_by_user_agency", caller.agency())
                .put("record_owned_by", record.path("owned_by").asText())
                .put("record_owned_by_agency", record.path("owned_by_agency_id").asText())
                .put("created_at", Times.text(clock.now()));
        values.set("transitioned_by_user_groups", Json.strings(caller.groups()));
        values.set("record_owned_by_groups", record.get("owned_by_groups"));
        Referral referral = new Referral(values);
        Optional<Account> recipient = recipient(referral, record, Optional.of(caller));
        recipient.ifPresent(user -> {
            values.put("transitioned_to_user_agency", user.agency());
            values.set("transitioned_to_user_groups", Json.strings(user.groups()));
        });
        return store(new Referral(values), caller);
    }

    private Outcome store(Referral referral, Account caller) {
        Cases.Saved saved = cases.save(referral.caseId(), Write.Kind.REFERRAL, caller.userName(), data -> {
            if (!referral.serviceRow().isEmpty() && !data.has("services_section")) {
                throw ApiError.broken("NoMethodError");
            }
            row(data, referral.serviceRow()).ifPresent(row -> row.put("service_status_referred", true));
            if (!referral.isRemote()) {
                Set<String> assigned = assigned(data);
                assigned.add(referral.recipient());
                data.set("assigned_user_names", Json.strings(assigned));
            }
            return data;
        });
        byId.put(referral.id(), referral);
        idsByCase
                .computeIfAbsent(referral.caseId(), id -> new CopyOnWriteArrayList<>())
                .add(referral.id());
        return new Outcome(referral, Optional.of(saved));
    }

    /** The table of contract §4.4: what is not in it changes nothing, and is no error either. */
    synchronized Outcome update(String id, ObjectNode wish, Account caller) {
        Referral referral = get(id);
        String wanted = wish.path("status").asText("");
        if (referral.is("in_progress") && wanted.equals("accepted")) {
            return move(referral, responded("accepted", wish), null, false);
        }
        if (referral.is("in_progress") && wanted.equals("rejected")) {
            return move(referral, responded("rejected", wish), caller.userName(), true);
        }
        if (referral.is("accepted") && wanted.equals("done")) {
            return done(referral, wish, caller);
        }
        return new Outcome(referral, Optional.empty());
    }

    private ObjectNode responded(String status, ObjectNode wish) {
        ObjectNode values = Json.object().put("status", status).put("responded_at", Times.text(clock.now()));
        if (status.equals("rejected") && wish.hasNonNull("rejected_reason")) {
            values.set("rejected_reason", wish.get("rejected_reason"));
        }
        return values;
    }

    synchronized Outcome revoke(String id, Account caller) {
        return move(get(id), Json.object().put("status", "revoked"), caller.userName(), true);
    }

    private Outcome done(Referral referral, ObjectNode wish, Account caller) {
        ObjectNode values = Json.object().put("status", "done");
        if (wish.hasNonNull("rejection_note")) {
            values.set("rejection_note", wish.get("rejection_note"));
        }
        validate(referral);
        Referral next = referral.with(values);
        Cases.Saved saved = cases.save(referral.caseId(), Write.Kind.REFERRAL, caller.userName(), data -> {
            row(data, referral.serviceRow()).ifPresent(row -> {
                if (!row.hasNonNull("service_implemented_day_time")) {
                    row.put("service_implemented_day_time", Times.text(clock.now()));
                }
                row.put("service_implemented", "implemented");
                row.set("note_on_referral_from_provider", wish.get("rejection_note"));
            });
            return unassigned(data, referral);
        });
        byId.put(next.id(), next);
        return new Outcome(next, Optional.of(saved));
    }

    private Outcome move(Referral referral, ObjectNode values, String stampedUser, boolean unassign) {
        validate(referral);
        Referral next = referral.with(values);
        Cases.Saved saved = cases.save(
                referral.caseId(),
                Write.Kind.REFERRAL,
                stampedUser,
                data -> unassign ? unassigned(data, referral) : data);
        byId.put(next.id(), next);
        return new Outcome(next, Optional.of(saved));
    }

    /** Every real transition is validated again: consent withdrawn, or a recipient who may no longer receive. */
    private void validate(Referral referral) {
        recipient(referral, cases.get(referral.caseId()).data(), Optional.empty());
    }

    private Optional<Account> recipient(Referral referral, ObjectNode record, Optional<Account> caller) {
        boolean consent = record.path("disclosure_other_orgs").asBoolean()
                && record.path("consent_for_services").asBoolean();
        if (referral.isRemote()) {
            requireConsent(referral, consent);
            return Optional.empty();
        }
        Account user = configuration
                .user(referral.recipient())
                .orElseThrow(() -> ApiError.broken("undefined method for nil:NilClass"));
        requireConsent(referral, consent);
        boolean toSelf = caller.map(by -> by.userName().equals(user.userName())).orElse(false);
        if (user.disabled() || toSelf || !user.role().may("receive_referral")) {
            throw ApiError.model("transitioned_to", "transition.errors.to_user_can_receive");
        }
        return Optional.of(user);
    }

    private static void requireConsent(Referral referral, boolean consent) {
        if (!consent && !referral.consentOverridden()) {
            throw ApiError.model("consent", "transition.errors.consent");
        }
    }

    /** Unless another live referral still needs that user on the case. */
    private ObjectNode unassigned(ObjectNode data, Referral referral) {
        boolean stillNeeded = of(referral.caseId()).stream()
                .anyMatch(other -> !other.id().equals(referral.id())
                        && other.recipient().equals(referral.recipient())
                        && other.is("in_progress", "accepted"));
        if (!stillNeeded && data.has("assigned_user_names")) {
            Set<String> assigned = assigned(data);
            assigned.remove(referral.recipient());
            data.set("assigned_user_names", Json.strings(assigned));
        }
        return data;
    }

    private static Set<String> assigned(ObjectNode data) {
        Set<String> names = new LinkedHashSet<>();
        data.path("assigned_user_names").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static Optional<ObjectNode> row(ObjectNode data, String uniqueId) {
        if (data.path("services_section") instanceof ArrayNode rows) {
            for (JsonNode row : rows) {
                if (row instanceof ObjectNode object
                        && !uniqueId.isEmpty()
                        && object.path("unique_id").asText("").equals(uniqueId)) {
                    return Optional.of(object);
                }
            }
        }
        return Optional.empty();
    }

    /** All of them, for a test. */
    List<Referral> all() {
        return new ArrayList<>(byId.values());
    }
}
