package dev.tandem.oscar.entries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples O1 to O3 of mapping-facts 9.2. */
class EntryExamplesTest {
    private static final String O1 = """
            {"slug":"exam-101","global_id":"01SYNTHETIC00000000000000C","external_id":null,"organization_name":"cif","status":"Accepted",
             "is_referred":true,"services":[{"program_name":null,"enrollment_date":null,"uuid":"1a1accbd-90a9-4c71-a077-2595322744cb",
             "name":"Kinship care","referral_id":12,"referral_status":"Referred"}]}
            """;
    private static final String O3 = """
            {"slug":"exam-103","global_id":"01SYNTHETIC00000000000000E","external_id":"cccccccc-0000-4000-8000-0000000000a4",
             "status":"Active","is_referred":true,"organization_name":"cif","resource":"primero","services":[
             {"enrollment_date":"2026-03-01","program_name":"Example programme","uuid":"37cd9808-c417-4a19-9563-36ac7865e2f8","name":"Trauma counselling"},
             {"enrollment_date":null,"program_name":null,"uuid":"37cd9808-c417-4a19-9563-36ac7865e2f8","name":"Trauma counselling","referral_id":30,"referral_status":"Accepted"},
             {"enrollment_date":null,"program_name":null,"uuid":"37cd9808-c417-4a19-9563-36ac7865e2f8","name":"Trauma counselling","referral_id":31,"referral_status":"Exited"}]}
            """;

    @Test
    void o1_a_new_clients_referral_becomes_a_row_under_the_catalogues_uuid() {
        MatchedClient matched = EntryMatching.match(
                new Situation(
                        Scene.json(O1),
                        CaseView.of(null, null),
                        List.of(),
                        List.of(),
                        new BeforeLedger(Scene.T, false, Scene.READ),
                        Map.of(),
                        Scene.READ),
                Scene.CODES);
        String key = "cif:12:1a1accbd-90a9-4c71-a077-2595322744cb";
        assertThat(matched.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.as()).isEqualTo(MatchedEntry.As.ROW_NEW);
            assertThat(entry.key()).isEqualTo(key);
            assertThat(entry.uniqueId()).isEqualTo("1a1accbd-90a9-4c71-a077-2595322744cb");
            assertThat(entry.newest()).isTrue();
        });
        assertThat(matched.newMatches())
                .containsExactly(
                        new KnownMatch(key, KnownMatch.Role.ROW, "1a1accbd-90a9-4c71-a077-2595322744cb", null));
        assertThat(matched.newlySeen())
                .containsExactly(Map.entry(
                        key, new FirstSeen(Scene.READ, List.of(new FirstSeen.State("Accepted", "Referred")))));
    }

    @Test
    void o2_a_client_without_services_matches_nothing() {
        Scene scene = Scene.linked();
        scene.client.putNull("resource");
        assertThat(scene.match().entries()).isEmpty();
        scene.client.remove("services");
        assertThat(scene.match().entries()).isEmpty();
    }

    @Test
    void o3_two_decisions_of_one_service_go_to_their_own_rows_and_the_enrolment_gets_its_own() {
        Scene scene = new Scene()
                .rowToOscar("d1", "{}")
                .rowToOscar("d2", "{}")
                .referral("r1", "d1", "in_progress", "2026-03-01T08:00:00.000Z")
                .referral("r2", "d2", "in_progress", "2026-03-01T08:05:00.000Z")
                .sent("d1", "r1", "2026-03-01T08:10:00Z")
                .sent("d2", "r2", "2026-03-01T08:11:00Z");
        ObjectNode client = Scene.json(O3);
        scene.client.setAll(client);
        assertThat(scene.matched())
                .containsExactly(
                        "Example programme:row-new:37cd9808-c417-4a19-9563-36ac7865e2f8",
                        "30:answer:d1:r1:Accepted",
                        "31:answer:d2:r2:Exited");
    }

    @Test
    void o3_again_with_what_was_remembered_gives_the_same_and_nothing_new() {
        Scene scene = new Scene()
                .rowToOscar("d1", "{}")
                .rowToOscar("d2", "{}")
                .referral("r1", "d1", "in_progress", "2026-03-01T08:00:00.000Z")
                .referral("r2", "d2", "in_progress", "2026-03-01T08:05:00.000Z")
                .sent("d1", "r1", "2026-03-01T08:10:00Z")
                .sent("d2", "r2", "2026-03-01T08:11:00Z");
        scene.client.setAll(Scene.json(O3));
        MatchedClient first = scene.match();
        scene.matches.addAll(first.newMatches());
        scene.seen.putAll(first.newlySeen());
        MatchedClient second = scene.match();
        assertThat(second.entries()).isEqualTo(first.entries());
        assertThat(second.newMatches()).isEmpty();
        assertThat(second.newlySeen()).isEmpty();
    }

    @Test
    void the_mapping_sees_the_entries_as_described() {
        Scene scene = Scene.linked()
                .rowToOscar("d1", "{}")
                .referral("r1", "d1", "in_progress", "2026-03-01T08:00:00.000Z")
                .sent("d1", "r1", "2026-03-01T08:10:00Z")
                .referralEntry(30, "Accepted")
                .referralEntry(40, "Exited");
        JsonNode entries = scene.match().forMapping();
        JsonNode answer = entries.get(0);
        assertThat(answer.path("as").asText()).isEqualTo("answer");
        assertThat(answer.path("entry")).isEqualTo(scene.services.get(0));
        assertThat(answer.path("unique_id").asText()).isEqualTo("d1");
        assertThat(answer.path("row"))
                .isEqualTo(scene.theCase.path("services_section").get(0));
        assertThat(answer.path("referral").path("id").asText()).isEqualTo("r1");
        assertThat(answer.path("referrals")).hasSize(1);
        assertThat(answer.path("decided").asText()).isEqualTo("Accepted");
        assertThat(answer.path("newest")).isEqualTo(Scene.JSON.getNodeFactory().booleanNode(false));
        JsonNode parked = entries.get(1);
        assertThat(parked.path("as").asText()).isEqualTo("parks");
        assertThat(parked.path("parks").path("code").asText()).isEqualTo("no-match");
        assertThat(parked.path("parks").path("offendingValue").asText()).contains("Exited");
        assertThat(parked.has("decided")).isFalse();
    }
}
