package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.operation.EditPlanning;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.EditPlanReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.request.EditPlanRequest;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.sandbox.http.CallLog;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what would be sent and sends nothing. */
class PlanTest {
    @TempDir
    Path directory;

    @Test
    void a_plan_names_what_would_be_sent_and_changes_nothing_on_either_side_nor_in_the_ledger() {
        try (Bench bench = world()) {
            bench.adopt();
            StatusReport before = bench.status();
            PlanReport report = plan(bench, false);

            assertThat(report.calls())
                    .extracting(PlanReport.Call::system, PlanReport.Call::method)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple("oscar", "POST"),
                            org.assertj.core.groups.Tuple.tuple("primero", "POST"));
            assertThat(report.calls().toString()).doesNotContain("Dara").doesNotContain("Srey");
            assertThat(bench.status()).isEqualTo(before);
            assertThat(writes(bench.primero.calls())).isZero();
            assertThat(writes(bench.oscar.calls())).as("but the sign-in").isZero();
            assertThat(bench.primero.caseCount()).isEqualTo(1);
            assertThat(bench.oscar.checks().referrals("cif")).hasSize(1);
        }
    }

    @Test
    void values_are_shown_only_when_asked_for() {
        try (Bench bench = world()) {
            bench.adopt();
            assertThat(plan(bench, true).calls().toString()).contains("Dara");
        }
    }

    @Test
    void without_a_ledger_it_plans_as_if_one_were_made_now() {
        try (Bench bench = world()) {
            PlanReport report = plan(bench, false);
            assertThat(report.init()).isPresent();
            assertThat(report.madeBy()).startsWith("init --since ");
            assertThat(report.calls())
                    .as("all referrals are older than now")
                    .noneMatch(call -> call.effects().toString().contains("referral:"));
            assertThat(report.counts()).anyMatch(count -> count.kind().equals("referral") && count.baseline() == 1);
        }
    }

    @Test
    void an_edit_of_a_mapping_shows_which_records_and_fields_it_would_change() {
        try (Bench bench = world()) {
            EditedCopy edited = new EditedCopy(directory);
            edited.forgetExamplesWith("counselling");
            edited.replace(
                    edited.mappings.resolve("code-lists/services.csv"), "Trauma counselling", "Other counselling");
            bench.adopt();
            EditPlanReport report = planEdit(bench, edited, false);

            assertThat(report.records()).isEqualTo(2);
            assertThat(report.changed()).singleElement().satisfies(call -> {
                assertThat(call.flow()).isEqualTo("primero-to-oscar");
                assertThat(call.what()).isEqualTo("changed");
                assertThat(call.fields()).containsOnlyKeys("/organization/services/0/name");
            });
            assertThat(report.changed().toString()).doesNotContain("Other counselling");
            assertThat(planEdit(bench, edited, true).changed().toString()).contains("Other counselling");
            assertThat(writes(bench.primero.calls())).isZero();
            assertThat(bench.oscar.checks().referrals("cif")).hasSize(1);

            edited.replace(edited.mappings.resolve("code-lists/services.csv"), "direction", "directoin");
            assertThatThrownBy(() -> planEdit(bench, edited, false)).hasMessageContaining("services.csv");
        }
    }

    private static EditPlanReport planEdit(Bench bench, EditedCopy edited, boolean showValues) {
        return EditPlanning.compare(
                bench.settings(),
                new EditPlanRequest(
                        Optional.of(edited.routes), Optional.of(edited.mappings), Optional.empty(), showValues),
                Progress.NONE);
    }

    private Bench world() {
        Bench bench = new Bench(directory);
        var worker = bench.primero.worker();
        String caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
        var ngo = bench.oscar.worker("cif");
        String slug = ngo.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        ngo.referToMinistry(slug, Outward.of("medium", "Kinship care"));
        return bench;
    }

    private static PlanReport plan(Bench bench, boolean showValues) {
        try (Operations operations = bench.open()) {
            return operations.plan(new PlanRequest(Optional.empty(), false, showValues), Progress.NONE);
        }
    }

    private static long writes(CallLog calls) {
        return calls.list().stream()
                .filter(call -> !call.method().equals("GET") && !call.template().contains("sign_in"))
                .count();
    }
}
