package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.operation.Operation;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A case of which an event told is read at the same time as its referrals, by a service that may make two calls at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadAtOnceTest {
    private static final String CASE = "/api/v2/cases/:id";
    private static final String REFERRALS = "/api/v2/cases/:id/referrals";

    private final HttpClient client = HttpClient.newHttpClient();

    private Bench bench;
    private ListeningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        bench = ListeningService.prepared(new Bench(directory)).with("tandem.primero.max-calls", "2");
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        bench.adopt();
        bench.sync();
        service = ListeningService.of(bench);
    }

    @BeforeEach
    void forgetTheCallsBefore() {
        bench.primero.calls().clear();
    }

    @AfterEach
    void heal() {
        bench.primero.faults().clear();
    }

    @AfterAll
    void stop() {
        if (service != null) {
            service.close();
        }
        bench.close();
    }

    @Test
    void both_calls_have_come_in_before_either_is_answered() {
        String id = referred();
        Hold theCase = bench.primero.faults().holdCall("GET", CASE);
        Hold referrals = bench.primero.faults().holdCall("GET", REFERRALS);
        tell(id);
        assertThat(theCase.awaitCall(Duration.ofSeconds(20))).isTrue();
        assertThat(referrals.awaitCall(Duration.ofSeconds(20))).isTrue();
        theCase.release();
        referrals.release();

        arrived(id);
        assertThat(bench.primero.calls().count("GET", CASE)).isEqualTo(1);
        assertThat(bench.primero.calls().count("GET", REFERRALS)).isEqualTo(1);
    }

    @Test
    void of_a_case_that_only_a_sweep_marked_no_referrals_are_read_that_cannot_be_there() {
        String id = unreferred();
        // Its decision is owed, so that it must be asked for; a row that came from an NGO has no referral.
        bench.primero
                .worker()
                .addService(
                        id,
                        Map.of(
                                "service_response_type", "referral_from_oscar",
                                "oscar_referring_organization", "agency-cif",
                                "oscar_referral_id_a4ac8a5", "12",
                                "referral_status_edf41f2", "accepted_340953"));
        service.operations.sync(
                new SyncRequest(Optional.of("primero-to-oscar"), false, Optional.empty(), Duration.ofSeconds(20)),
                Progress.NONE);
        settled();

        assertThat(callsOf("GET", CASE, id)).isEqualTo(1);
        assertThat(callsOf("GET", REFERRALS, id)).isZero();
    }

    @Test
    void whatever_becomes_of_the_referrals_is_of_no_matter_to_a_case_that_can_have_none() {
        String id = unreferred();
        var refused = bench.primero.faults().every("GET", REFERRALS, Fault.status(500));
        tell(id);
        await().until(() -> refused.struck() == 1);
        settled();

        assertThat(bench.primero.calls().count("GET", CASE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {CASE, REFERRALS})
    void what_fails_of_either_is_tried_again_and_sent_once(String call) {
        String id = referred();
        bench.primero.faults().next("GET", call, Fault.status(500));
        tell(id);

        arrived(id);
        assertThat(bench.primero.calls().count("GET", CASE)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {CASE, REFERRALS})
    void a_refused_login_of_either_closes_the_gate_and_the_case_waits_for_it(String call) {
        String id = referred();
        bench.primero.faults().next("GET", call, Fault.unauthorized());
        tell(id);
        await().until(() -> !open("primero"));
        await().until(() -> service.operations.status().flows().stream().allMatch(flow -> flow.leased() == 0));
        assertThat(bench.oscar.checks().referrals("cif", caseId(id))).isEmpty();
        service.operations.ask(Operation.REOPEN, new Operation.BySystem("primero"));

        arrived(id);
    }

    @Test
    void many_get_through_where_few_calls_at_once_are_borne() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(referred());
        }
        ids.forEach(this::tell);

        ids.forEach(this::arrived);
        assertThat(bench.primero.calls().count("GET", CASE)).isEqualTo(40);
        assertThat(bench.primero.calls().count("GET", REFERRALS)).isEqualTo(40);
    }

    private String referred() {
        var worker = bench.primero.worker();
        String id = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(id, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(id, row, "agency-cif-user", "Example note");
        return id;
    }

    private String unreferred() {
        return bench.primero.plant(Json.of(Children.of("Bopha", "Example")));
    }

    private void tell(String id) {
        int status = client.sendAsync(service.event(id), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode)
                .join();
        assertThat(status).isEqualTo(202);
    }

    private void arrived(String id) {
        await().until(() -> !bench.oscar.checks().referrals("cif", caseId(id)).isEmpty());
        settled();
        assertThat(bench.oscar.checks().referrals("cif", caseId(id))).hasSize(1);
    }

    private void settled() {
        await().until(() ->
                service.operations.status().flows().stream().allMatch(flow -> flow.pending() + flow.leased() == 0));
    }

    private boolean open(String system) {
        return service.operations.status().gates().stream()
                .filter(gate -> gate.system().equals(system))
                .allMatch(gate -> gate.open());
    }

    private String caseId(String id) {
        return bench.primero.caseById(id).orElseThrow().path("case_id").asText();
    }

    private long callsOf(String method, String template, String id) {
        return bench.primero.calls().list(method, template).stream()
                .filter(call -> id.equals(call.ids().get("id")))
                .count();
    }
}
