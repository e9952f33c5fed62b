package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.primero.SocialWorker;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger is lost in the middle of the work, and another one goes on from what the two systems hold. */
class RecoverTest {
    private static final String UPSERT = "POST /api/v1/organizations/clients/upsert";
    private static final String STATUSES = "PUT /api/v1/organizations/referrals/update_statuses";

    @TempDir
    Path directory;

    private final Map<String, String> cases = new HashMap<>();
    private final Map<String, String> rows = new HashMap<>();
    private final Map<String, Integer> entries = new HashMap<>();
    private Bench bench;
    private NgoWorker cif;
    private SocialWorker worker;
    private Person person;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        cif = bench.oscar.worker("cif");
        worker = bench.primero.worker();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource
    void after_a_loss_nothing_is_doubled_or_overwritten_and_the_work_goes_on(TestDatabase database) {
        freshLedger(database, 1);
        String own = historyUpToTheLoss();
        Map<String, JsonNode> before = snapshot();
        freshLedger(database, 2);
        assertThat(catchThrowableOfType(OperationFailed.class, bench::sync).exitCode())
                .as("a lost ledger is not taken for a new one")
                .isEqualTo(2);
        bench.oscar.calls().clear();

        InitReport born = bench.init(new InitRequest.Recover());

        assertThat(born.baseline())
                .extracting(InitReport.Baseline::kind, InitReport.Baseline::count)
                .containsExactlyInAnyOrder(tuple("referral", 3L), tuple("decision", 1L));
        assertThat(born.links()).isEqualTo(3);
        assertThat(born.reasons())
                .filteredOn(reason -> reason.code().equals("may-have-been-sent"))
                .singleElement()
                .satisfies(reason -> assertThat(reason.count()).isEqualTo(3));

        SyncReport first = bench.sync();
        bench.syncInFull();

        assertThat(first.exitCode()).as("%s", first.reasons()).isZero();
        assertThat(first.effects())
                .filteredOn(effects -> effects.kind().equals("referral"))
                .extracting(SyncReport.Effects::baseline)
                .as("one was taken up, and OSCaR shows it; of the others nobody knows")
                .containsExactly(2L);
        assertThat(sent(UPSERT) + sent(STATUSES)).isZero();
        assertThat(snapshot()).as("not one case was touched").isEqualTo(before);

        theWorkGoesOn(own);
    }

    /** Done, taken up, in the inbox, not sent; and an NGO's own child with two referrals of one service, one decided. */
    private String historyUpToTheLoss() {
        bench.adopt();
        cif.newClient(ClientForm.named("Somebody", "Else").gender(null));
        refer("done");
        refer("taken up");
        refer("in the inbox");
        String own = cif.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        entries.put("own", cif.referToMinistry(own, Outward.of("medium", "Kinship care")));
        cif.referToMinistry(own, Outward.of("medium", "Kinship care"));
        bench.sync();

        takeUp("done");
        cif.setReferralStatus(entries.get("done"), "Accepted");
        takeUp("taken up");
        cases.put(
                "own",
                bench.primero
                        .caseByOscarNumber(
                                bench.oscar.checks().client("cif", own).globalId())
                        .get(0)
                        .path("id")
                        .asText());
        worker.acceptFromOscar(cases.get("own"), rowOf(entries.get("own")));
        bench.syncInFull();
        bench.syncInFull();

        assertThat(theCase("own").path("services_section")).hasSize(2);
        assertThat(bench.oscar.checks().referral("cif", entries.get("own")).status())
                .isEqualTo("Accepted");
        assertThat(status("done")).isEqualTo("accepted");
        refer("not sent");
        return own;
    }

    private void theWorkGoesOn(String own) {
        cif.setReferralStatus(entries.get("taken up"), "Accepted");
        takeUp("in the inbox");
        cif.setReferralStatus(entries.get("in the inbox"), "Exited");
        cif.referToMinistry(own, Outward.of("medium", "Kinship care"));
        String row = worker.addService(cases.get("done"), Children.referral("counselling_family", "agency-cif"));
        worker.refer(cases.get("done"), row, "agency-cif-user", "Example note two");
        bench.sync();
        SyncReport last = bench.syncInFull();

        assertThat(last.exitCode()).as("%s", last.reasons()).isZero();
        assertThat(status("taken up")).isEqualTo("accepted");
        assertThat(status("in the inbox")).isEqualTo("rejected");
        assertThat(theCase("own").path("services_section"))
                .as("one row more, for the new referral")
                .hasSize(3);
        assertThat(sent(UPSERT)).isOne();
        assertThat(bench.primero.caseCount()).isEqualTo(cases.size());
        assertThat(status("not sent")).isEqualTo("in_progress");

        person.retries("referral:" + rows.get("not sent") + ":"
                + bench.primero.referrals(cases.get("not sent")).get(0).id());
        bench.sync();
        bench.syncInFull();

        assertThat(bench.oscar.checks().referrals("cif", externalId("not sent")))
                .hasSize(1);
        assertThat(sent(UPSERT)).isEqualTo(2);
    }

    private void freshLedger(TestDatabase database, int number) {
        String h2 = "jdbc:h2:file:" + directory.resolve("ledger" + number).toAbsolutePath();
        boolean postgres = database == TestDatabase.POSTGRESQL;
        String url = postgres ? TestDatabase.freshUrl() : h2;
        bench.with("tandem.db.url", url)
                .with("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]));
        if (postgres) {
            bench.with("tandem.db.user", "postgres").with("tandem.db.password", "postgres");
        }
        person = new Person(url, postgres ? "postgres" : "");
    }

    private void refer(String name) {
        cases.put(name, worker.newCase(Children.of("Dara " + name, "Example")));
        rows.put(name, worker.addService(cases.get(name), Children.referral("counselling_trauma", "agency-cif")));
        worker.refer(cases.get(name), rows.get(name), "agency-cif-user", "Example note");
    }

    private void takeUp(String name) {
        entries.put(
                name,
                bench.oscar.checks().referrals("cif", externalId(name)).get(0).id());
        cif.takeUp(entries.get(name));
    }

    private String rowOf(int entry) {
        for (JsonNode row : theCase("own").path("services_section")) {
            if (row.path("oscar_referral_id_a4ac8a5").asText().equals(String.valueOf(entry))) {
                return row.path("unique_id").asText();
            }
        }
        throw new AssertionError("no row for the referral " + entry);
    }

    private JsonNode theCase(String name) {
        return bench.primero.caseById(cases.get(name)).orElseThrow();
    }

    private Map<String, JsonNode> snapshot() {
        Map<String, JsonNode> all = new HashMap<>();
        bench.primero.cases().forEach(each -> all.put(each.path("id").asText(), each));
        return all;
    }

    private String externalId(String name) {
        return theCase(name).path("case_id").asText();
    }

    private String status(String name) {
        return bench.primero.referrals(cases.get(name)).get(0).status();
    }

    private long sent(String call) {
        return bench.oscar.calls().counts().getOrDefault(call, 0L);
    }
}
