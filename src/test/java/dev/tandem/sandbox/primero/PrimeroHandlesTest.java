package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.http.SimServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What only a simulator has; that it is as the contract says is asked by the contract suite. */
class PrimeroHandlesTest extends PrimeroTestBase {
    @Test
    void of_two_patches_at_once_the_slower_save_takes_the_other_back() throws Exception {
        String id = worker.newCase(Map.of("age", 1, "name_first", "Before"));
        String other = worker.newCase(Map.of("age", 1));
        Hold hold = primero.holdNextSave(id);
        CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(
                () -> api.patch(at(id), "{\"age\":2}").status());
        assertThat(hold.awaitCall(Duration.ofSeconds(10))).isTrue();
        assertThat(api.patch(at(id), "{\"name_first\":\"Lost\"}").status()).isEqualTo(200);
        assertThat(api.patch(at(other), "{\"age\":3}").status()).isEqualTo(200);
        assertThat(read(id).path("name_first").asText()).isEqualTo("Lost");
        hold.release();
        assertThat(slow.get(60, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(read(id).path("name_first").asText()).isEqualTo("Before");
        assertThat(read(id).path("age").asInt()).isEqualTo(2);
        assertThat(read(other).path("age").asInt()).isEqualTo(3);
    }

    @Test
    void a_hundred_thousand_cases_fit_and_are_paged() {
        ObjectNode sample = Json.object()
                .put("module_id", "primeromodule-cp")
                .put("owned_by", "mgrpnh")
                .put("name_first", "Sample")
                .put("name_last", "Child");
        sample.putArray("services_section").addObject().put("service_type", "counselling");
        for (int i = 0; i < 100_000; i++) {
            clock.advance(Duration.ofMillis(7));
            primero.plant(sample);
        }
        String page = CASES + "?per=1000&order_by=created_at&order=asc&last_updated_at=2026-03-01T00:00:00Z..&page=";
        assertThat(api.get(page + 1).data()).hasSize(1000);
        assertThat(api.get(page + 100).data()).hasSize(1000);
        assertThat(api.get(page + 101).data()).isEmpty();
    }

    @Test
    void deliveries_can_get_lost_or_come_twice() {
        List<Integer> received = new CopyOnWriteArrayList<>();
        try (SimServer receiver = new SimServer(SimClock.real())) {
            receiver.route("POST", "/hook", request -> {
                received.add(request.json().path("data").path("age").asInt());
                return Reply.empty(202);
            });
            receiver.start();
            primero.webhooks().register(Webhook.of("case.create", receiver.url() + "/hook"));
            primero.webhooks().loseNext(1);
            worker.newCase(Map.of("age", 1));
            worker.newCase(Map.of("age", 2));
            primero.webhooks().doubleNext(1);
            primero.deliverWebhooks();
        }
        assertThat(received).containsExactly(2, 2);
    }

    @Test
    void every_basic_call_but_a_refused_one_leaves_a_session_row_unless_it_sends_one_back() {
        api.get(CASES);
        api.get(CASES + "/nobody");
        new PrimeroCaller(primero.url(), "tandem", "wrong").get(CASES);
        assertThat(primero.sessionRows()).isEqualTo(2);
    }

    @Test
    void every_province_owner_and_agency_user_of_the_lists_exists_and_is_enabled() {
        for (String name : List.of("mgrbmc", "mgromc", "mgrtkm", "agency-gpc-user", "agency-wmo-user")) {
            assertThat(api.get("/api/v2/users?user_name=" + name).values("disabled"))
                    .as(name)
                    .containsExactly("false");
        }
    }
}
