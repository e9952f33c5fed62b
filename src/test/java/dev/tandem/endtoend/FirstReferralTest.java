package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.report.SyncReport;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job in one story: what is referred on the one side is on the other after a sweep, once. */
class FirstReferralTest {
    @TempDir
    Path directory;

    @Test
    void a_referral_reaches_the_ngo_once_and_its_decision_comes_back() {
        try (Bench bench = new Bench(directory)) {
            bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
            var worker = bench.primero.worker();
            String caseId = worker.newCase(Children.of("Dara", "Example"));
            String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(caseId, row, "agency-cif-user", "Example note");

            bench.adopt();
            SyncReport report = bench.sync();
            System.out.println(report);
            String externalId =
                    bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
            assertThat(bench.oscar.checks().referrals("cif", externalId)).hasSize(1);

            bench.sync();
            bench.syncInFull();
            assertThat(bench.oscar.checks().referrals("cif", externalId)).hasSize(1);

            int referral =
                    bench.oscar.checks().referrals("cif", externalId).get(0).id();
            String slug = bench.oscar.worker("cif").takeUp(referral);
            bench.oscar.worker("cif").accept(slug);
            bench.oscar.worker("cif").setReferralStatus(referral, "Accepted");
            System.out.println(bench.syncInFull());
            System.out.println(bench.primero.caseById(caseId));
            System.out.println(bench.primero.referrals(caseId));
            assertThat(bench.primero.referrals(caseId).get(0).status()).isEqualTo("accepted");
        }
    }

    @Test
    void a_child_referred_by_an_ngo_gets_a_case_with_its_service() {
        try (Bench bench = new Bench(directory)) {
            bench.primero.worker().newCase(Children.of("Somebody", "Else"));
            var ngo = bench.oscar.worker("cif");
            String slug = ngo.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
            ngo.referToMinistry(slug, Outward.of("medium", "Kinship care"));

            bench.adopt();
            System.out.println(bench.sync());
            assertThat(bench.primero.caseCount()).isEqualTo(2);
            System.out.println(bench.primero.cases());
            System.out.println(bench.sync());
            System.out.println(bench.syncInFull());
        }
    }
}
