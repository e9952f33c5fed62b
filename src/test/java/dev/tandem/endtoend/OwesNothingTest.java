package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.http.Call;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case that owes nothing to OSCaR shows it in the list: nobody asks for it alone (protocol 5). */
class OwesNothingTest {
    private static final String CASES = "/api/v2/cases";
    private static final String A_CASE = "/api/v2/cases/:id";

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void a_thousand_cases_that_have_nothing_to_do_with_oscar_cost_the_calls_of_their_list() {
        Set<String> cases = new HashSet<>();
        for (int i = 0; i < 1005; i++) {
            cases.add(bench.primero.plant(Json.of(Children.of("Child" + i, "Example"))));
        }
        String owing = referred();

        assertThat(bench.adopt().sync().exitCode()).isZero();

        assertThat(asked().stream().filter(cases::contains)).isEmpty();
        assertThat(bench.primero.calls().list("GET", CASES))
                .filteredOn(call -> call.query().containsKey("order_by"))
                .hasSize(2);
        assertThat(arrived(owing)).isEqualTo(1);
        bench.primero.calls().clear();
        assertThat(bench.syncInFull().exitCode()).isZero();
        assertThat(asked().stream().filter(cases::contains)).isEmpty();
    }

    @Test
    void what_may_owe_something_is_asked_for() {
        String none = bench.primero.worker().newCase(Children.of("None", "Example"));
        String toOscar = bench.primero.worker().newCase(Children.of("Row", "Example"));
        bench.primero.worker().addService(toOscar, Children.referral("counselling_trauma", "agency-cif"));
        String decided = bench.primero.worker().newCase(Children.of("Decided", "Example"));
        bench.primero
                .worker()
                .addService(
                        decided,
                        Map.of(
                                "service_response_type", "referral_from_oscar",
                                "oscar_referring_organization", "agency-cif",
                                "oscar_referral_id_a4ac8a5", "12",
                                "referral_status_edf41f2", "accepted_340953"));

        bench.adopt().sync();

        assertThat(asked()).contains(toOscar, decided).doesNotContain(none);
    }

    @Test
    void where_primero_is_to_be_shown_how_a_case_went_each_is_asked_for() {
        String none = bench.primero.worker().newCase(Children.of("None", "Example"));

        bench.with("tandem.primero.mark-synced", "true")
                .with("tandem.primero.mark-synced-url", "https://tandem.example.org/webhooks/primero")
                .adopt()
                .sync();

        assertThat(asked()).contains(none);
    }

    @Test
    void a_case_that_is_referred_after_its_page_was_read_is_not_passed_over() throws Exception {
        String child = bench.primero.worker().newCase(Children.of("Dara", "Example"));
        bench.adopt();
        Hold page = new Hold();
        bench.primero
                .faults()
                .times(
                        1,
                        request -> request.template().equals(CASES)
                                && request.query("order_by").isPresent(),
                        Fault.holdAnswer(page));

        CompletableFuture<?> sync = CompletableFuture.supplyAsync(bench::sync);
        assertThat(page.awaitCall(Duration.ofSeconds(60))).isTrue();
        refer(child);
        page.release();
        sync.get();
        bench.sync();

        assertThat(arrived(child)).isEqualTo(1);
    }

    private Set<String> asked() {
        return bench.primero.calls().list("GET", A_CASE).stream()
                .map(Call::ids)
                .map(ids -> ids.get("id"))
                .collect(Collectors.toSet());
    }

    private String referred() {
        String caseId = bench.primero.worker().newCase(Children.of("Dara", "Example"));
        refer(caseId);
        return caseId;
    }

    private void refer(String caseId) {
        String row = bench.primero.worker().addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(caseId, row, "agency-cif-user", "Example note");
    }

    private int arrived(String caseId) {
        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        return bench.oscar.checks().referrals("cif", externalId).size();
    }
}
