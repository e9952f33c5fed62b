package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.report.Reason;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A country goes live NGO by NGO: {@code tandem.ngos}. */
class NgosTest {
    @TempDir
    Path directory;

    private Bench bench;

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_for_or_from_an_ngo_that_does_not_take_part_waits_and_goes_by_itself_once_it_does(
            TestDatabase database) {
        bench = new Bench(directory).with("tandem.ngos", "cif");
        if (database == TestDatabase.POSTGRESQL) {
            bench.onPostgresql();
        }
        bench.adopt();
        NgoWorker gpc = bench.oscar.worker("gpc");
        var ministry = bench.primero.worker();
        String dara = ministry.newCase(Children.of("Dara", "Example"));
        for (String ngo : List.of("cif", "gpc")) {
            String row = ministry.addService(dara, Children.referral("counselling_trauma", "agency-" + ngo));
            ministry.refer(dara, row, "agency-" + ngo + "-user", "Example note");
        }
        String srey = gpc.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        int asked = gpc.referToMinistry(srey, Outward.of("medium", "Kinship care"));
        long cases = bench.primero.caseCount();
        bench.sync();
        bench.syncInFull();

        assertThat(bench.oscar.checks().referrals("cif")).hasSize(1);
        assertThat(bench.oscar.checks().referrals("gpc"))
                .filteredOn(referral -> referral.received())
                .isEmpty();
        assertThat(bench.primero.caseCount()).isEqualTo(cases);
        assertThat(waiting())
                .containsExactlyInAnyOrder(
                        tuple("referral", "waiting", "ngo-not-live"),
                        tuple("case", "waiting", "ngo-not-live"),
                        tuple("service", "waiting", "ngo-not-live"));
        assertThat(bench.status().reasons()).extracting(Reason::code).contains("ngo-not-live");

        bench.with("tandem.ngos", "cif, gpc");
        bench.sync();
        assertThat(waiting()).isEmpty();
        assertThat(bench.oscar.checks().referrals("gpc"))
                .filteredOn(referral -> referral.received())
                .hasSize(1);
        assertThat(bench.oscar.checks().referrals("cif")).as("once").hasSize(1);
        assertThat(bench.primero.caseCount()).isEqualTo(cases + 1);

        // It no longer takes part: a decision of either side waits, and goes when it does again.
        bench.with("tandem.ngos", "cif");
        String theCase = bench.primero
                .caseByOscarNumber(bench.oscar.checks().client("gpc", srey).globalId())
                .get(0)
                .path("id")
                .asText();
        ministry.acceptFromOscar(
                theCase,
                bench.primero
                        .caseById(theCase)
                        .orElseThrow()
                        .path("services_section")
                        .path(0)
                        .path("unique_id")
                        .asText());
        String taken = gpc.takeUp(gpc.pending().get(0));
        int answered = bench.oscar.checks().referrals("gpc").stream()
                .filter(referral -> taken.equals(referral.slug()))
                .findFirst()
                .orElseThrow()
                .id();
        gpc.setReferralStatus(answered, "Accepted");
        bench.syncInFull();
        assertThat(bench.oscar.checks().referral("gpc", asked).status()).isEqualTo("Referred");
        assertThat(bench.primero.referrals(dara))
                .extracting(referral -> referral.status())
                .containsOnly("in_progress");

        bench.with("tandem.ngos", "gpc");
        bench.sync();
        bench.sync();
        assertThat(bench.oscar.checks().referral("gpc", asked).status()).isEqualTo("Accepted");
        assertThat(bench.primero.referrals(dara))
                .extracting(referral -> referral.status())
                .containsExactlyInAnyOrder("in_progress", "accepted");
        assertThat(bench.oscar.checks().referrals("gpc")).hasSize(2);
    }

    @Test
    void a_name_that_is_in_no_list_is_a_fault_that_names_the_nearest() {
        bench = new Bench(directory).adopt().with("tandem.ngos", "cif, hoolt");
        OperationFailed failed = catchThrowableOfType(OperationFailed.class, bench::sync);
        assertThat(failed.exitCode()).isEqualTo(2);
        assertThat(failed)
                .hasMessage(
                        "tandem.ngos: `hoolt` is no oscar_organization of agencies.csv; near to it are holt, colt, cct");
        assertThat(dev.tandem.operation.Validation.validate(bench.settings()).faults())
                .contains(
                        "tandem.ngos: `hoolt` is no oscar_organization of agencies.csv; near to it are holt, colt, cct");
    }

    private List<org.assertj.core.groups.Tuple> waiting() {
        return bench.ledger().all().stream()
                .filter(row -> row.state().equals("waiting"))
                .map(row -> tuple(row.kind(), row.state(), row.code()))
                .toList();
    }
}
