package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.http.SimServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract primero-v2 §5. */
class WebhookTest extends PrimeroTestBase {
    private final SimServer receiver = new SimServer(SimClock.real());
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        receiver.route("POST", "/hook", request -> {
            received.add(request.json().path("data"));
            keys.add(request.header("x-api-key").orElse("none"));
            return Reply.empty(202);
        });
        receiver.start();
    }

    @AfterEach
    void stopListening() {
        receiver.close();
    }

    private void hook(String event) {
        primero.webhooks()
                .register(Webhook.of(event, receiver.url() + "/hook?e=" + event).withApiKey("synthetic-key"));
    }

    @Test
    void every_save_fires_even_without_effect_and_shows_the_state_at_delivery() {
        hook("case.update");
        String id = worker.newCase(Map.of("age", 1, "oscar_number", "N1"));
        assertThat(primero.webhooks().pending()).as("a create is another event").isZero();
        worker.edit(id, Map.of("age", 2));
        api.patch(at(id), "{}");
        worker.edit(id, Map.of("age", 3));
        assertThat(primero.deliverWebhooks()).isEqualTo(3);
        assertThat(received).extracting(data -> data.path("age").asInt()).containsExactly(3, 3, 3);
        JsonNode data = received.get(0);
        assertThat(data.path("record_id").asText()).isEqualTo(id);
        assertThat(data.path("oscar_number").asText()).isEqualTo("N1");
        assertThat(data.has("id")).isFalse();
        assertThat(data.has("workflow")).isFalse();
        assertThat(data.has("last_updated_by")).isFalse();
        assertThat(keys).containsOnly("synthetic-key");
    }

    @Test
    void a_referral_fires_an_update_of_its_case() {
        hook("case.update");
        String id = consentingCase();
        worker.referWithoutService(id, "agency-cif-user", "synthetic");
        assertThat(primero.deliverWebhooks()).isEqualTo(1);
    }

    @Test
    void fields_follow_the_forms_of_the_webhooks_role() {
        primero.webhooks()
                .register(Webhook.of("case.create", receiver.url() + "/hook")
                        .withRole(Role.service().hiding("basic_identity")));
        worker.newCase(Map.of("oscar_number", "N1"));
        primero.deliverWebhooks();
        assertThat(received.get(0).has("case_id")).isFalse();
        assertThat(received.get(0).path("oscar_number").asText()).isEqualTo("N1");
    }

    @Test
    void there_is_one_attempt_and_a_failure_is_only_logged() {
        hook("case.create");
        receiver.faults().next("POST", "/hook", Fault.status(500));
        String id = worker.newCase(Map.of("age", 1));
        assertThat(primero.deliverWebhooks()).isEqualTo(1);
        assertThat(primero.deliverWebhooks()).isZero();
        assertThat(received).isEmpty();
        assertThat(read(id).path("sync_status").asText()).isEqualTo("failed");
    }

    @Test
    void deliveries_can_get_lost_or_come_twice() {
        hook("case.create");
        primero.webhooks().loseNext(1);
        worker.newCase(Map.of("age", 1));
        worker.newCase(Map.of("age", 2));
        primero.webhooks().doubleNext(1);
        primero.deliverWebhooks();
        assertThat(received).extracting(data -> data.path("age").asInt()).containsExactly(2, 2);
    }

    @Test
    void an_acknowledgement_is_a_save_and_its_event_hides_a_mark_of_the_same_url() {
        hook("case.update");
        String id = worker.newCase(Map.of("age", 1));
        worker.edit(id, Map.of("age", 2));
        primero.deliverWebhooks();
        assertThat(read(id).path("sync_status").asText()).isEqualTo("sent");
        tick();
        api.patch(at(id), "{\"mark_synced\":true,\"mark_synced_url\":\"" + receiver.url() + "/hook?e=case.update\"}");
        assertThat(read(id).has("synced_at")).isFalse();
        primero.deliverWebhooks();
        api.patch(at(id), "{\"mark_synced\":true,\"mark_synced_url\":\"http://example.org/of-its-own\"}");
        assertThat(primero.caseById(id).orElseThrow().has("mark_synced")).isFalse();
        assertThat(read(id).path("synced_at").asText()).isEqualTo("2026-03-01T10:20:40.456Z");
        assertThat(read(id).path("sync_status").asText())
                .as("flips back at once")
                .isEqualTo("sending");
        assertThat(primero.webhooks().pending()).isEqualTo(1);
    }

    @Test
    void an_acknowledgement_needs_the_permission_and_mark_synced_false_is_none() {
        String id = worker.newCase(Map.of("age", 1));
        api.patch(at(id), "{\"mark_synced\":false}");
        assertThat(primero.caseById(id).orElseThrow().path("mark_synced").asBoolean(true))
                .isFalse();
        primero.changeUser("tandem", user -> user.withRole(user.role().without("sync_external")));
        api.patch(at(id), "{\"mark_synced\":true}");
        assertThat(read(id).has("sync_status")).isFalse();
    }

    @Test
    void over_the_api_events_is_one_string_and_the_url_unique() {
        String hooks = "/api/v2/webhooks";
        String wish = "{\"events\":\"case.update\",\"url\":\"http://example.org/h\",\"role_unique_id\":\"role-sync\"}";
        assertThat(api.post(hooks, wish).status()).isEqualTo(200);
        assertThat(api.post(hooks, wish.replace("case.update", "case.create")).status())
                .isEqualTo(409);
        assertThat(api.post(hooks, wish.replace("\"case.update\"", "[\"case.update\"]"))
                        .status())
                .isEqualTo(422);
        assertThat(api.get(hooks).data()).hasSize(1);
        assertThat(api.get(hooks).body()).doesNotContain("auth");
    }

    @Test
    void a_mass_bump_stamps_and_fires_for_all_cases_of_a_user_and_changes_nothing() {
        hook("case.update");
        String id = worker.newCase(Map.of("age", 1));
        primero.worker("mgrkep").newCase(Map.of("age", 2));
        tick();
        assertThat(primero.massBump("mgrpnh")).isEqualTo(1);
        assertThat(read(id).path("last_updated_at").asText()).isEqualTo("2026-03-01T10:20:40.456Z");
        assertThat(read(id).path("last_updated_by").asText()).isEqualTo("mgrpnh");
        assertThat(primero.webhooks().pending()).isEqualTo(1);
        assertThat(primero.writesTo(id)).extracting(Write::hadEffect).containsExactly(true, false);
    }
}
