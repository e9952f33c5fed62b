package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Fault;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a test or a fault run does with the simulator besides calling its API. */
class DrivenFromOutsideTest extends PrimeroTestBase {
    private JsonNode act(String name, String wish) {
        return api.call("POST", "/_control/acts/" + name, wish).json();
    }

    @Test
    void a_social_worker_can_be_played_from_another_process() {
        String id = act(
                        "newCase",
                        "{\"as\":\"mgrkep\",\"fields\":{\"consent_for_services\":true,\"disclosure_other_orgs\":true}}")
                .path("id")
                .asText();
        String row = act(
                        "addService",
                        "{\"case\":\"" + id + "\",\"fields\":{\"service_response_type\":\"referral_to_oscar\"}}")
                .path("id")
                .asText();
        String referral = act(
                        "refer",
                        "{\"case\":\"" + id + "\",\"service\":\"" + row
                                + "\",\"to\":\"agency-cif-user\",\"notes\":\"x\"}")
                .path("id")
                .asText();
        act("moveReferral", "{\"referral\":\"" + referral + "\",\"to\":\"accepted\"}");
        assertThat(primero.referrals(id)).extracting(Referral::status).containsExactly("accepted");
        assertThat(api.get("/_control/state/totals").json().path("referrals").asInt())
                .isEqualTo(1);
        assertThat(act("writes", "{\"case\":\"" + id + "\"}")).hasSize(4);
        assertThat(primero.calls().total()).as("acts are no calls").isZero();
    }

    @Test
    void a_create_whose_answer_was_lost_is_a_conflict_when_repeated_with_its_id() {
        primero.faults().next("POST", CASES, Fault.dropAfter());
        String wish = in("\"id\":\"" + UUID_1 + "\"");
        assertThatThrownBy(() -> api.post(CASES, wish)).isInstanceOf(UncheckedIOException.class);
        assertThat(primero.caseById(UUID_1)).isPresent();
        assertThat(primero.faults().lostAnswers("POST", CASES)).isEqualTo(1);
        assertThat(api.post(CASES, wish).status()).isEqualTo(409);
        assertThat(primero.calls().count("POST", CASES)).isEqualTo(2);
        assertThat(primero.writesTo(UUID_1)).hasSize(1);
    }

    @Test
    void the_acts_of_a_worker_do_what_the_screens_do() {
        String id = consentingCase();
        String row = worker.addService(id, Map.of("service_response_type", "referral_from_oscar"));
        worker.acceptFromOscar(id, row);
        assertThat(read(id).path("services_section")
                        .path(0)
                        .path("referral_status_edf41f2")
                        .asText())
                .isEqualTo("accepted_340953");
        worker.rejectFromOscar(id, row);
        assertThat(read(id).path("services_section")
                        .path(0)
                        .path("referral_status_edf41f2")
                        .asText())
                .isEqualTo("rejected_936484");
        worker.close(id);
        assertThat(read(id).path("workflow").asText()).isEqualTo("closed");
        worker.reopen(id);
        assertThat(read(id).path("workflow").asText()).isEqualTo("reopened");
        worker.deleteService(id, row);
        assertThat(read(id).path("services_section").size()).isZero();
        worker.setOwner(id, "mgrkep");
        assertThat(primero.caseByCaseId(read(id).path("case_id").asText())
                        .orElseThrow()
                        .path("owned_by")
                        .asText())
                .isEqualTo("mgrkep");
    }

    @Test
    void without_an_open_window_no_update_is_lost() {
        String id = worker.newCase(Map.of("age", 1));
        IntStream.range(0, 40)
                .parallel()
                .forEach(i ->
                        api.patch(at(id), "{\"services_section\":[{\"service_referral_notes\":\"note " + i + "\"}]}"));
        Set<String> notes = new TreeSet<>();
        read(id).path("services_section")
                .forEach(row -> notes.add(row.path("service_referral_notes").asText()));
        assertThat(notes).hasSize(40);
    }
}
