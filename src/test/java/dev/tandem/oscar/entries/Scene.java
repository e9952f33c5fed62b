package dev.tandem.oscar.entries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.mapping.Mappings;
import dev.tandem.mapping.TheMappings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client of {@code cif}, its case and what the ledger knows, put together step by step. */
final class Scene {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant READ = Instant.parse("2026-03-10T00:00:00Z");
    /** Of the shipped code lists. */
    static final EntryCodes CODES = new EntryCodes(new Mappings(TheMappings.SET));

    static final String UUID = "37cd9808-c417-4a19-9563-36ac7865e2f8";
    static final String TRAUMA = "Trauma counselling";

    final ObjectNode client = JSON.createObjectNode();
    final ArrayNode services = client.putArray("services");
    ObjectNode theCase = JSON.createObjectNode();
    List<JsonNode> referrals = new ArrayList<>();
    final List<KnownMatch> matches = new ArrayList<>();
    final List<SentReferral> sent = new ArrayList<>();
    final Map<String, FirstSeen> seen = new HashMap<>();
    BeforeLedger before = new BeforeLedger(T, false, T.plusSeconds(3600));

    Scene() {
        client.put("slug", "exam-103")
                .put("global_id", "01SYNTHETIC00000000000000E")
                .put("organization_name", "cif")
                .put("status", "Referred");
        theCase.put("id", "c1").put("record_state", true).put("status", "open").putArray("services_section");
    }

    static ObjectNode json(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Shape B, linked. */
    static Scene linked() {
        Scene scene = new Scene();
        scene.client.put("external_id", "cccccccc-0000-4000-8000-0000000000a4").put("resource", "primero");
        return scene;
    }

    /** Shape A: the key {@code resource} is absent. */
    static Scene referredByTheNgo() {
        return new Scene();
    }

    Scene referralEntry(int id, String status) {
        return referralEntry(id, status, UUID, TRAUMA);
    }

    Scene referralEntry(int id, String status, String uuid, String name) {
        services.addObject()
                .putNull("program_name")
                .putNull("enrollment_date")
                .put("uuid", uuid)
                .put("name", name)
                .put("referral_id", id)
                .put("referral_status", status);
        return this;
    }

    Scene enrolment(String program, String date) {
        services.addObject()
                .put("program_name", program)
                .put("enrollment_date", date)
                .put("uuid", UUID)
                .put("name", TRAUMA);
        return this;
    }

    /** A pending row to {@code cif} for trauma counselling; columns in {@code changes} replace its own. */
    Scene rowToOscar(String uniqueId, String changes) {
        ObjectNode row = JSON.createObjectNode()
                .put("unique_id", uniqueId)
                .put("service_response_type", "referral_to_oscar")
                .put("service_implementing_agency", "agency-cif")
                .put("referral_status_edf41f2", "pending_310366");
        row.putArray("service_subtype").add("counselling_trauma");
        row.setAll(json(changes));
        ((ArrayNode) theCase.get("services_section")).add(row);
        return this;
    }

    Scene rowFromOscar(String uniqueId, String referralId) {
        return rowToOscar(
                uniqueId,
                "{\"service_response_type\":\"referral_from_oscar\",\"oscar_referring_organization\":\"agency-cif\","
                        + "\"oscar_referral_id_a4ac8a5\":\"" + referralId + "\"}");
    }

    Scene referral(String id, String row, String status, String createdAt) {
        referrals.add(JSON.createObjectNode()
                .put("id", id)
                .put("service_record_id", row)
                .put("status", status)
                .put("created_at", createdAt));
        return this;
    }

    Scene sent(String row, String referral, String at) {
        return sent(row, referral, at, SentReferral.State.CONFIRMED, 1);
    }

    Scene sent(String row, String referral, String at, SentReferral.State state, int attempts) {
        sent.add(new SentReferral(row, referral, "cif", TRAUMA, state, Instant.parse(at), attempts, false));
        return this;
    }

    Scene seen(String key, String at, String status) {
        seen.put(key, new FirstSeen(Instant.parse(at), List.of(new FirstSeen.State("", status))));
        return this;
    }

    /** The entry for trauma counselling and its client were read so, one after the other: {@code "Referred>Referred"}. */
    Scene read(int id, String... states) {
        seen.put(
                "cif:" + id + ":" + UUID,
                new FirstSeen(
                        Instant.parse("2026-03-02T00:00:00Z"),
                        java.util.stream.Stream.of(states)
                                .map(FirstSeen.State::parsed)
                                .toList()));
        FirstSeen.State now = FirstSeen.State.parsed(states[states.length - 1]);
        client.put("status", now.client());
        return referralEntry(id, now.entry());
    }

    Scene answers(int id, String row, String referral) {
        matches.add(new KnownMatch("cif:" + id + ":" + UUID, KnownMatch.Role.ANSWER, row, referral));
        return this;
    }

    Scene made(String key, String row) {
        matches.add(new KnownMatch(key, KnownMatch.Role.ROW, row, null));
        return this;
    }

    MatchedClient match() {
        return EntryMatching.match(
                new Situation(client, CaseView.of(theCase, referrals), matches, sent, before, seen, READ), CODES);
    }

    /** {@code 30:answer:d1:r1:Accepted}: the entry's middle, what it is, its row, its referral, its decision or reason. */
    List<String> matched() {
        return match().entries().stream().map(Scene::inShort).toList();
    }

    private static String inShort(MatchedEntry matched) {
        StringBuilder text = new StringBuilder(matched.key().split(":", -1)[1])
                .append(':')
                .append(matched.as().inMapping());
        if (matched.uniqueId() != null) {
            text.append(':').append(matched.uniqueId());
        }
        if (matched.referral() != null) {
            text.append(':').append(matched.referral().get("id").asText());
        }
        if (matched.decided() != null) {
            text.append(':').append(matched.decided());
        }
        if (matched.reason() != null) {
            text.append(':').append(matched.reason().code());
        }
        return text.toString();
    }
}
