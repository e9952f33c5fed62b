package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.OscarSettings;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tandem takes over from an integration that ran for years and was not always right. */
class TakeOverTest {
    private static final String UPSERT = "POST /api/v1/organizations/clients/upsert";
    private static final String STATUSES = "PUT /api/v1/organizations/referrals/update_statuses";
    private static final String LINKS = "PUT /api/v1/organizations/clients/update_links";

    @TempDir
    Path directory;

    private final SimClock clock = SimClock.real();
    private final Map<String, String> cases = new HashMap<>();
    private final Map<String, String> rows = new HashMap<>();
    private final Map<String, String> clients = new HashMap<>();
    private final Map<String, Integer> referrals = new HashMap<>();
    private Bench bench;
    private Incumbent incumbent;
    private NgoWorker cif;
    private Person person;
    private Instant stopped;

    @BeforeEach
    void start() {
        bench = new Bench(
                directory,
                PrimeroSimulator.start(Options.defaults().withClock(clock)),
                OscarSimulator.start(OscarSettings.standard(), clock));
        incumbent = new Incumbent(bench);
        cif = bench.oscar.worker("cif");
        person = new Person("jdbc:h2:file:" + directory.resolve("ledger").toAbsolutePath(), "");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_older_is_linked_and_listed_and_nothing_of_it_is_sent_or_changed(TestDatabase database) {
        use(database);
        years();

        InitReport born = bench.init(new InitRequest.Since(stopped));

        assertThat(born.baseline())
                .extracting(InitReport.Baseline::flow, InitReport.Baseline::kind, InitReport.Baseline::count)
                .containsExactlyInAnyOrder(
                        tuple("primero-to-oscar", "referral", 3L),
                        tuple("primero-to-oscar", "decision", 1L),
                        tuple("oscar-to-primero", "case", 1L));
        assertThat(born.links()).isEqualTo(6);

        SyncReport first = bench.sync();
        bench.syncInFull();

        assertThat(first.exitCode()).as("%s", first.reasons()).isZero();
        assertThat(sent(UPSERT) + sent(STATUSES) + sent(LINKS)).isZero();
        assertThat(bench.primero.caseCount()).isEqualTo(cases.size());
        assertThat(writes())
                .as("only the ids that the incumbent never brought are owed to the old cases")
                .containsOnlyKeys("half", "open")
                .allSatisfy((name, fields) -> assertThat(Set.of("oscar_number", "oscar_short_id", "oscar_status"))
                        .containsAll(fields));
        assertThat(theCase("own").path("owned_by").asText())
                .as("the person's owner")
                .isEqualTo("mgrpnh");
        assertThat(theCase("closed").path("status").asText()).isEqualTo("closed");
        assertThat(theCase("closed").path("services_section")).hasSize(1);
        assertThat(theCase("own").path("services_section")).hasSize(1);
        assertThat(theRow("half").path("referral_status_edf41f2").asText()).isEqualTo("pending_310366");

        assertThat(bench.status().flows())
                .extracting(StatusReport.Flow::flow, StatusReport.Flow::baseline, StatusReport.Flow::parked)
                .containsExactlyInAnyOrder(
                        // of the referrals one is seen at OSCaR
                        tuple("primero-to-oscar", 3L, 0L),
                        // the stranger's case and its service, the older of two referrals, the enrolment, half a
                        // decision
                        tuple("oscar-to-primero", 5L, 0L));
    }

    @Test
    void what_is_new_flows_also_for_those_who_are_old() {
        years();
        bench.init(new InitRequest.Since(stopped));
        bench.sync();

        cif.setReferralStatus(referrals.get("open"), "Accepted");
        var worker = bench.primero.worker();
        String row = worker.addService(cases.get("accepted"), Children.referral("counselling_family", "agency-cif"));
        worker.refer(cases.get("accepted"), row, "agency-cif-user", "Example note two");
        cif.referToMinistry(clients.get("own"), Outward.of("medium", "Trauma counselling"));
        cif.referToMinistry(clients.get("stranger"), Outward.of("medium", "Trauma counselling"));
        worker.rejectFromOscar(
                cases.get("decided"), theRow("decided").path("unique_id").asText());
        bench.sync();
        SyncReport last = bench.syncInFull();

        assertThat(last.exitCode()).as("%s", last.reasons()).isZero();
        assertThat(bench.primero.referrals(cases.get("open")).get(0).status())
                .as("an answer to a referral that the incumbent sent")
                .isEqualTo("accepted");
        assertThat(theRow("open").path("referral_status_edf41f2").asText()).isEqualTo("accepted_340953");
        assertThat(sent(UPSERT)).isOne();
        assertThat(bench.oscar.checks().referrals("cif", externalId("accepted")))
                .extracting(referral -> referral.services().get(0))
                .containsExactly("Trauma counselling", "Family counselling / mediation");
        assertThat(theCase("own").path("services_section"))
                .as("one row for the new referral")
                .hasSize(2);
        JsonNode stranger = bench.primero
                .caseByOscarNumber(bench.oscar
                        .checks()
                        .client("cif", clients.get("stranger"))
                        .globalId())
                .get(0);
        assertThat(stranger.path("services_section"))
                .as("the new referral brings the case, the old ones stay listed")
                .extracting(service -> service.path("service_subtype").path(0).asText())
                .containsExactly("counselling_trauma");
        assertThat(bench.oscar
                        .checks()
                        .referral("cif", referrals.get("decided"))
                        .status())
                .as("a decision made since")
                .isEqualTo("Exited");
        assertThat(bench.primero.referrals(cases.get("waiting")).get(0).status())
                .isEqualTo("in_progress");
    }

    /** Everything is under way, and the ledger is born on the spot; then both sides go on working for weeks. */
    @ParameterizedTest
    @EnumSource
    void a_take_over_in_mid_flight_sends_nothing_twice_and_brings_every_later_decision(TestDatabase database) {
        use(database);
        clock.set(Instant.now().minus(Duration.ofDays(20)));
        for (String name : List.of("named", "rejected", "again", "exited", "unnamed")) {
            referred(name);
            takenUp(name);
            if (!name.equals("unnamed")) {
                incumbent.names("cif", clients.get(name), cases.get(name), rows.get(name));
            }
        }
        referred("inbox");
        String own = cif.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        clients.put("own", own);
        referrals.put("own", cif.referToMinistry(own, Outward.of("medium", "Kinship care")));
        cases.put("own", incumbent.creates("cif", own, "family_based_care_kinship"));
        incumbent.links(cases.get("own"));
        clock.set(Instant.now());
        bench.oscar.calls().clear();
        bench.init(new InitRequest.Since(Instant.now()));
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(sent(UPSERT) + sent(STATUSES)).isZero();

        week();
        cif.setReferralStatus(referrals.get("named"), "Accepted");
        cif.setReferralStatus(referrals.get("rejected"), "Exited");
        cif.setReferralStatus(referrals.get("unnamed"), "Accepted");
        takenUp("inbox");
        var worker = bench.primero.worker();
        worker.refer(cases.get("again"), rows.get("again"), "agency-cif-user", "Example note: once more");
        worker.acceptFromOscar(cases.get("own"), theRow("own").path("unique_id").asText());
        bench.sync();
        week();
        // A further referral on the same row goes once this one is decided (R18).
        cif.setReferralStatus(referrals.get("again"), "Exited");
        cif.setReferralStatus(referrals.get("inbox"), "Exited");
        cif.exit(clients.get("exited"));
        bench.syncInFull();
        week();
        cif.openClientPage(clients.get("again"));
        int second = bench.oscar.checks().referrals("cif", externalId("again")).stream()
                .mapToInt(each -> each.id())
                .max()
                .orElseThrow();
        cif.setReferralStatus(second, "Accepted");
        bench.sync();
        bench.syncInFull();

        assertThat(sent(UPSERT)).as("only the one that is new").isOne();
        assertThat(bench.oscar.checks().referrals("cif", externalId("again"))).hasSize(2);
        assertThat(status("named")).containsExactly("accepted");
        assertThat(status("rejected")).containsExactly("rejected");
        assertThat(status("unnamed")).containsExactly("accepted");
        assertThat(status("inbox")).containsExactly("rejected");
        assertThat(status("again")).containsExactly("rejected", "accepted");
        assertThat(theRow("again").path("referral_status_edf41f2").asText()).isEqualTo("accepted_340953");
        assertThat(bench.oscar.checks().referral("cif", referrals.get("own")).status())
                .isEqualTo("Accepted");
        assertThat(status("exited")).containsExactly("in_progress");
        assertThat(bench.ledger().all())
                .filteredOn(row -> row.state().equals("parked"))
                .extracting(LedgerRows.Row::key, LedgerRows.Row::code)
                .as("the one that left is listed")
                .containsExactly(tuple("decision:cif:" + referrals.get("exited"), "exit-of-child"));
    }

    private void week() {
        clock.advance(Duration.ofDays(7));
    }

    private List<String> status(String name) {
        return bench.primero.referrals(cases.get(name)).stream()
                .map(referral -> referral.status())
                .toList();
    }

    @Test
    void a_person_can_have_what_is_baseline_sent() {
        years();
        bench.init(new InitRequest.Since(stopped));
        bench.sync();

        person.retries("referral:" + rows.get("lost") + ":"
                + bench.primero.referrals(cases.get("lost")).get(0).id());
        person.retries("decision:cif:" + referrals.get("half"));
        person.retries("decision:cif:" + referrals.get("decided"));
        person.retries("case");
        bench.sync();
        bench.syncInFull();

        assertThat(sent(UPSERT)).isOne();
        assertThat(bench.oscar.checks().referrals("cif", externalId("lost"))).hasSize(1);
        assertThat(theRow("half").path("referral_status_edf41f2").asText()).isEqualTo("accepted_340953");
        assertThat(bench.oscar
                        .checks()
                        .referral("cif", referrals.get("decided"))
                        .status())
                .isEqualTo("Accepted");
        assertThat(bench.primero.caseByOscarNumber(bench.oscar
                        .checks()
                        .client("cif", clients.get("stranger"))
                        .globalId()))
                .as("adopted with its services")
                .singleElement()
                .satisfies(
                        theCase -> assertThat(theCase.path("services_section")).hasSize(1));
    }

    @Test
    void entries_present_at_the_first_full_sweep_are_old_whenever_they_can_be_worked_on() {
        years();
        bench.init(new InitRequest.Since(stopped));
        // Primero answers lists, but no single case: the first sweep is complete, and the linked are not worked on.
        bench.with("tandem.retry.min", "1m").with("tandem.retry.max", "2m");
        bench.primero.faults().every("GET", "/api/v2/cases/:id", Fault.status(500));
        assertThat(bench.sync().exitCode()).isEqualTo(4);
        bench.primero.faults().clear();
        cif.editClient(clients.get("own"), form -> form.reason("Changed meanwhile"));
        bench.sync();

        assertThat(theCase("own").path("services_section")).hasSize(1);
    }

    @Test
    void a_moment_that_is_still_to_come_makes_no_ledger() {
        assertThat(catchThrowableOfType(
                                OperationFailed.class,
                                () -> bench.init(
                                        new InitRequest.Since(Instant.now().plus(Duration.ofHours(1)))))
                        .exitCode())
                .isEqualTo(2);
        assertNoLedger();
    }

    @Test
    void an_init_that_dies_half_way_leaves_no_ledger_and_the_next_one_begins_anew() {
        years();
        bench.primero.faults().every("GET", "/api/v2/cases/:id/referrals", Fault.status(500));
        assertThat(catchThrowableOfType(OperationFailed.class, () -> bench.init(new InitRequest.Since(stopped)))
                        .exitCode())
                .isEqualTo(4);
        assertNoLedger();

        bench.primero.faults().clear();
        assertThat(bench.init(new InitRequest.Since(stopped)).links()).isEqualTo(6);
        assertThat(catchThrowableOfType(OperationFailed.class, () -> bench.init(new InitRequest.Adopt()))
                        .exitCode())
                .as("a ledger is left alone")
                .isEqualTo(2);
    }

    private void assertNoLedger() {
        assertThat(catchThrowableOfType(OperationFailed.class, bench::sync).exitCode())
                .isEqualTo(2);
        assertThat(catchThrowableOfType(OperationFailed.class, this::run).exitCode())
                .isEqualTo(2);
    }

    private void run() {
        try (var operations = bench.open()) {
            operations.run();
        }
    }

    private void use(TestDatabase database) {
        if (database == TestDatabase.POSTGRESQL) {
            bench.with("tandem.db.url", TestDatabase.freshUrl())
                    .with("tandem.db.user", "postgres")
                    .with("tandem.db.password", "postgres")
                    .with("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]));
        }
    }

    /** Three years of cases; the incumbent stopped two days ago. */
    private void years() {
        clock.set(Instant.now().minus(Duration.ofDays(1000)));
        referred("accepted");
        takenUp("accepted");
        cif.accept(clients.get("accepted"));
        cif.setReferralStatus(referrals.get("accepted"), "Accepted");
        decided("accepted", true);

        referred("closed");
        takenUp("closed");
        cif.accept(clients.get("closed"));
        cif.setReferralStatus(referrals.get("closed"), "Accepted");
        bench.oscar.admin("cif").addProgram("Example programme", "Family preservation");
        cif.enrol(clients.get("closed"), "Example programme");
        decided("closed", true);
        bench.primero.worker().close(cases.get("closed"));

        clock.advance(Duration.ofDays(300));
        String own = cif.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        clients.put("own", own);
        cif.referToMinistry(own, Outward.of("medium", "Kinship care"));
        cases.put("own", incumbent.creates("cif", own, "family_based_care_kinship"));
        incumbent.links(cases.get("own"));
        bench.primero.worker().setOwner(cases.get("own"), "mgrpnh");
        cif.referToMinistry(own, Outward.of("medium", "Kinship care"));
        incumbent.sendsAgain("cif", own, cases.get("own"), "family_based_care_kinship");

        String toDecide = cif.newClient(ClientForm.named("Bopha", "Sample").livesAt("19020105"));
        clients.put("decided", toDecide);
        referrals.put("decided", cif.referToMinistry(toDecide, Outward.of("medium", "Kinship care")));
        cases.put("decided", incumbent.creates("cif", toDecide, "family_based_care_kinship"));
        incumbent.links(cases.get("decided"));
        bench.primero
                .worker()
                .acceptFromOscar(
                        cases.get("decided"),
                        theRow("decided").path("unique_id").asText());

        clients.put("stranger", cif.newClient(ClientForm.named("Nary", "Sample").livesAt("19020105")));
        cif.referToMinistry(clients.get("stranger"), Outward.of("medium", "Kinship care"));

        clock.advance(Duration.ofDays(650));
        referred("half");
        takenUp("half");
        cif.accept(clients.get("half"));
        cif.setReferralStatus(referrals.get("half"), "Accepted");
        decided("half", false);
        referred("open");
        takenUp("open");
        referred("waiting");
        inPrimero("lost");

        stopped = Instant.now().minus(Duration.ofDays(2));
        assertThat(clock.now()).isBefore(stopped);
        clock.set(Instant.now());
        writesBefore.clear();
        cases.forEach((name, id) -> writesBefore.put(name, ours(id).size()));
        bench.oscar.calls().clear();
    }

    private final Map<String, Integer> writesBefore = new HashMap<>();

    private void inPrimero(String name) {
        var worker = bench.primero.worker();
        cases.put(name, worker.newCase(Children.of("Dara " + name, "Example")));
        rows.put(name, worker.addService(cases.get(name), Children.referral("counselling_trauma", "agency-cif")));
        worker.refer(cases.get(name), rows.get(name), "agency-cif-user", "Example note");
    }

    private void referred(String name) {
        inPrimero(name);
        incumbent.sends(cases.get(name), rows.get(name));
        referrals.put(
                name,
                bench.oscar.checks().referrals("cif", externalId(name)).get(0).id());
    }

    private void takenUp(String name) {
        clients.put(name, cif.takeUp(referrals.get(name)));
    }

    private void decided(String name, boolean rowToo) {
        incumbent.decides("cif", clients.get(name), cases.get(name), rows.get(name), "accepted", rowToo);
    }

    private JsonNode theCase(String name) {
        return bench.primero.caseById(cases.get(name)).orElseThrow();
    }

    private JsonNode theRow(String name) {
        return theCase(name).path("services_section").path(0);
    }

    private String externalId(String name) {
        return theCase(name).path("case_id").asText();
    }

    private long sent(String call) {
        return bench.oscar.calls().counts().getOrDefault(call, 0L);
    }

    private List<Write> ours(String caseId) {
        return bench.primero.writesTo(caseId).stream()
                .filter(write -> "tandem".equals(write.user()))
                .toList();
    }

    /** The fields that Tandem has written since the incumbent stopped, by the case's name here. */
    private Map<String, Set<String>> writes() {
        Map<String, Set<String>> writes = new TreeMap<>();
        cases.forEach((name, id) -> ours(id).stream()
                .skip(writesBefore.get(name))
                .filter(Write::hadEffect)
                .forEach(write -> writes.computeIfAbsent(name, any -> new java.util.TreeSet<>())
                        .addAll(write.changed())));
        return writes;
    }
}
