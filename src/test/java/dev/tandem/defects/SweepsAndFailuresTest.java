package dev.tandem.defects;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.endtoend.Bench;
import dev.tandem.endtoend.Children;
import dev.tandem.endtoend.Overheard;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the present integration gets wrong in reading, remembering and failing (mapping-facts 6), done right. */
class SweepsAndFailuresTest {
    private static Living world;

    @BeforeAll
    static void start(@TempDir Path directory) {
        world = new Living(directory);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void d04_the_result_of_a_record_does_not_depend_on_earlier_records() {
        ObjectNode one = referral("Dara", "counselling_trauma", "high");
        ObjectNode bare = referral("", "", "low");
        JsonNode first = Mapped.by("primero-to-oscar/referral", one);
        JsonNode alone = Mapped.by("primero-to-oscar/referral", bare);

        assertThat(Mapped.by("primero-to-oscar/referral", one)).isEqualTo(first);
        assertThat(Mapped.by("primero-to-oscar/referral", bare)).isEqualTo(alone);
        assertThat(alone.toString()).doesNotContain("Dara", "Trauma", "high");
    }

    @Test
    void d05_neither_a_failed_run_nor_a_late_record_loses_a_referral() {
        String unlucky = world.newCase();
        world.refer(unlucky, "counselling_trauma", "cif");
        Faults.Rule down = world.oscar.faults().times(2, "POST", Living.UPSERT, Fault.dropUnread());
        String late = world.newCase();
        String quick = world.newCase();
        String row = world.worker().addService(late, Children.referral("counselling_trauma", "agency-cif"));
        // Its time is taken before that sync reads, and it is seen only after it.
        world.primero.inNextSave(() -> {
            world.refer(quick, "counselling_trauma", "cif");
            world.sync();
        });
        world.worker().refer(late, row, "agency-cif-user", "Example note");
        assertThat(world.arrived("cif", quick)).hasSize(1);
        assertThat(world.arrived("cif", late)).isEmpty();
        world.sync();

        assertThat(down.struck()).isEqualTo(2);
        assertThat(world.arrived("cif", unlucky)).hasSize(1);
        assertThat(world.arrived("cif", late)).hasSize(1);
    }

    @Test
    void d06_a_restart_continues_where_it_stopped_and_repeats_nothing(@TempDir Path own) {
        try (Bench bench = new Bench(own)) {
            bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
            bench.primero.worker().newCase(Children.of("Dara", "Example"));
            bench.adopt().sync();
            String cursor = bench.status().cursors().toString();
            bench.primero.calls().clear();
            SyncReport after = bench.sync();

            assertThat(cursor).isNotEmpty();
            assertThat(after.sweeps()).noneMatch(SyncReport.Sweep::full);
            assertThat(bench.primero.calls().list("GET", Living.CASES))
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.query()).containsKey("last_updated_at"));
        }
    }

    @Test
    void d07_cases_beyond_the_first_page_are_read_too(@TempDir Path own) {
        try (Living many = new Living(own)) {
            String last = null;
            for (int i = 0; i <= 1000; i++) {
                last = many.imported(Map.of());
            }
            many.refer(last, "counselling_trauma", "cif");
            many.sync();

            assertThat(many.arrived("cif", last)).hasSize(1);
        }
    }

    @Test
    void d08_failed_records_are_listed_and_one_command_sends_them_again() {
        String child = world.newCase(Map.of());
        Faults.Rule refusing = world.oscar.faults().every("POST", Living.UPSERT, Fault.refusal(422));
        world.refer(child, "counselling_trauma", "cif");
        world.sync();
        refusing.remove();
        DeadLetter letter =
                world.tandem().deadLetters(new DeadLetterQuery("parked", Optional.empty(), 1000)).letters().stream()
                        .filter(each -> each.record().equals(child))
                        .findFirst()
                        .orElseThrow();
        assertThat(letter.happened()).isNotBlank();
        assertThat(letter.advice()).isNotBlank();
        world.tandem().retry(new RetryRequest(List.of(letter.id()), Optional.empty(), Optional.empty(), "test"));
        world.sync();

        assertThat(world.arrived("cif", child)).hasSize(1);
        assertThat(world.listed(child)).isEmpty();
    }

    @Test
    void d32_a_failed_read_of_referrals_is_repeated_and_the_run_continues() {
        String unlucky = world.newCase();
        String lucky = world.newCase();
        world.refer(unlucky, "counselling_trauma", "cif");
        world.refer(lucky, "counselling_trauma", "cif");
        world.primero
                .faults()
                .times(
                        1,
                        request ->
                                request.method().equals("GET") && request.path().endsWith(unlucky + "/referrals"),
                        Fault.status(500));
        world.sync();

        assertThat(world.arrived("cif", lucky)).hasSize(1);
        assertThat(world.arrived("cif", unlucky)).hasSize(1);
    }

    @Test
    void d46_no_name_number_or_note_is_logged() {
        String said;
        try (Overheard overheard = new Overheard(Map.of("", Level.INFO, "dev.tandem", Level.DEBUG))) {
            String child = world.newCase(Map.of("name_first", "Zqgiven", "name_last", "Zqfamily"));
            world.refer(child, "counselling_trauma", "cif", "Zqnote");
            String slug = world.referredClient(
                    "cif",
                    "Kinship care",
                    ClientForm.named("Zqngogiven", "Zqngofamily").livesAt("19020105"));
            Faults.Rule refused = world.oscar.faults().next("POST", Living.UPSERT, Fault.html(500));
            String odd = world.imported(
                    Map.of("name_first", "Zqodd", "risk_level", "zq level"),
                    Living.row("d46", "counselling_trauma", "cif"));
            world.worker().refer(odd, "d46", "agency-cif-user", "Zqnote");
            SyncReport report = world.sync();
            assertThat(refused.struck()).isEqualTo(1);
            assertThat(world.casesOf("cif", slug)).hasSize(1);
            said = overheard.all() + report + world.effects(odd) + world.effects(child);
            assertThat(said).contains("risk_level", odd);
        }
        assertThat(said).doesNotContainIgnoringCase("zq").doesNotContain("19020105");
    }

    @Test
    void d52_own_writes_do_not_come_back_as_changes() {
        String child = world.newCase();
        world.refer(child, "counselling_trauma", "cif");
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();
        world.takeUp("cif", child);
        world.sync();
        world.syncInFull();
        int calls = world.calls();
        String stamp = world.caseOf("cif", slug).path("last_updated_at").asText();
        world.syncInFull();
        world.syncInFull();

        assertThat(world.sent("PATCH", Living.A_CASE, child)).isNotEmpty();
        assertThat(world.calls()).as("nothing more is written").isEqualTo(calls);
        assertThat(world.caseOf("cif", slug).path("last_updated_at").asText()).isEqualTo(stamp);
    }

    @Test
    void d56_neither_an_expired_token_nor_an_invalid_answer_ends_the_run() {
        String child = world.newCase();
        String slug = world.referredClient("cif", "Kinship care");
        world.refer(child, "counselling_trauma", "cif");
        world.oscar.expireTokens();
        Faults.Rule hiccup = world.primero.faults().next("POST", Living.CASES, Fault.html(200));
        world.sync();

        assertThat(hiccup.struck()).isEqualTo(1);
        assertThat(world.arrived("cif", child)).hasSize(1);
        assertThat(world.casesOf("cif", slug)).hasSize(1);
    }

    @Test
    void d60_a_run_reads_the_list_and_the_referrals_of_each_case_once() {
        String child = world.newCase();
        world.refer(child, "counselling_trauma", "cif");
        world.primero.calls().clear();
        world.sync();

        assertThat(world.primero.calls().list("GET", Living.CASES).stream()
                        .filter(call -> call.query().containsKey("last_updated_at"))
                        .filter(call -> call.query().containsKey("order_by")))
                .hasSize(1);
        assertThat(world.primero.calls().list("GET", "/api/v2/cases/:id/referrals").stream()
                        .filter(call -> child.equals(call.ids().get("id"))))
                .hasSize(1);
    }

    private static ObjectNode referral(String name, String subtype, String risk) {
        ObjectNode input = Json.object().put("organization_name", "cif");
        input.putObject("case")
                .put("case_id", "cccccccc-0000-4000-8000-000000000004")
                .put("name_first", name)
                .put("risk_level", risk);
        input.putObject("row")
                .put("unique_id", "d04")
                .putArray("service_subtype")
                .add(subtype);
        input.putObject("referral").put("id", "r04").put("notes", "");
        return input;
    }
}
