package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.report.StatusReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An OSCaR at its head: every save of a referral fails while reading works (contract oscar-interop §12). */
class HeldReferralsTest {
    private static final int CHILDREN = 12;
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    @TempDir
    Path directory;

    @Test
    void few_referrals_are_tried_the_others_are_held_and_named_and_all_go_once_it_is_mended() throws Exception {
        try (Bench bench = new Bench(directory)
                .with("tandem.oscar.lost-answer-wait", "10m")
                .with("tandem.workers", "1")) {
            List<String> cases = refer(bench);
            bench.oscar.switches().headRegression(true);
            bench.adopt();
            bench.sync();
            assertThat(bench.oscar.calls().count("POST", UPSERT)).isEqualTo(3);
            StatusReport status = bench.status();
            assertThat(status.reasons()).anySatisfy(reason -> {
                assertThat(reason.words())
                        .startsWith("oscar has failed every new referral to cif since ")
                        .contains("held");
                assertThat(reason.count()).isEqualTo(CHILDREN - 3);
            });
            tenMinutesPass(bench);
            bench.sync();
            assertThat(bench.oscar.calls().count("POST", UPSERT)).isEqualTo(4);
            assertThat(bench.oscar.checks().identities())
                    .as("one orphan for each that was tried")
                    .isEqualTo(4);

            bench.oscar.switches().headRegression(false);
            for (int i = 0; i < 3; i++) {
                tenMinutesPass(bench);
                bench.sync();
            }
            for (String caseId : cases) {
                String externalId = bench.primero
                        .caseById(caseId)
                        .orElseThrow()
                        .path("case_id")
                        .asText();
                assertThat(bench.oscar.checks().referrals("cif", externalId)).hasSize(1);
            }
            assertThat(bench.oscar.checks().identities()).isEqualTo(CHILDREN + 4);
            assertThat(bench.status().reasons()).isEmpty();
        }
    }

    private static List<String> refer(Bench bench) {
        var worker = bench.primero.worker();
        bench.oscar.worker("cif");
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < CHILDREN; i++) {
            String caseId = worker.newCase(Children.of("Child" + i, "Example"));
            String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(caseId, row, "agency-cif-user", "Example note");
            cases.add(caseId);
        }
        return cases;
    }

    /** In the ledger: all its moments lie further back, more than any wait of this test. */
    private static void tenMinutesPass(Bench bench) throws SQLException {
        try (var connection = bench.beside();
                var statement = connection.createStatement()) {
            statement.execute("update held_call set next_try_at = next_try_at - interval '2' hour");
            statement.execute(
                    "update effect set next_at = next_at - interval '2' hour, sent_at = sent_at - interval '2' hour");
            statement.execute("update work_item set due_at = due_at - interval '2' hour");
        }
    }
}
