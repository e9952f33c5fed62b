package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.engine.EditionLoader;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.ledger.sweeps.SweepCursor;
import dev.tandem.operation.Operations;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.compare.Comparison;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.CompareReport.Difference;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.http.CallLog;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.primero.SocialWorker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison finds each difference between both systems, names it, counts it once, and finds nothing else. */
class CompareTest {
    @TempDir
    Path directory;

    private Bench bench;
    private NgoWorker ngo;
    private SocialWorker worker;
    private final List<String> expected = new ArrayList<>();

    /** A child whom the NGO has referred: a client, and the case that Tandem made of it. */
    private record Pair(String slug, String caseId, String caseNumber, String display, String row, int referral) {}

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        ngo = bench.oscar.worker("cif");
        worker = bench.primero.worker();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void what_a_sync_has_settled_is_in_step() {
        pairs(3);
        CompareReport first = compare(CompareRequest.ALL);
        assertThat(differences(first)).isEmpty();
        assertThat(compare(CompareRequest.ALL).summary()).isEqualTo("3 of 3 in step, 100.0 %");
        assertThat(compare(CompareRequest.ALL).exitCode()).isZero();
    }

    @Test
    void each_difference_is_found_named_and_counted_once_and_what_can_be_repaired_is() {
        List<Pair> pairs = pairs(12);
        plant(pairs);
        long writes = writes(bench.primero.calls()) + writes(bench.oscar.calls());
        CompareReport report = compare(CompareRequest.ALL);

        assertThat(differences(report)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(writes(bench.primero.calls()) + writes(bench.oscar.calls()))
                .as("nothing is written but the sign-in")
                .isEqualTo(writes);
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.records())
                .as("12 children, 4 planted records, the twin")
                .isEqualTo(16);

        CompareReport repaired = compare(new CompareRequest(Optional.empty(), Optional.empty(), true));
        assertThat(repaired.repair().orElseThrow().left()).isEqualTo(4);
        bench.sync();
        bench.syncInFull();
        CompareReport after = compare(CompareRequest.ALL);
        assertThat(after.differences())
                .extracting(Difference::kind, Difference::repairable)
                .containsExactlyInAnyOrder(
                        tuple("case-without-client", false),
                        tuple("two-cases-one-number", false),
                        tuple("two-clients-one-case", false),
                        tuple("decision-differs", false));
        assertThat(after.differences())
                .allMatch(difference -> !difference.words().isEmpty(), "has a reason");
        assertThat(after.unseen())
                .extracting(CompareReport.Count::kind, CompareReport.Count::count)
                .containsExactly(tuple("hidden-until-taken-up", 1L));
    }

    @Test
    void without_a_ledger_it_finds_the_same_but_what_only_a_ledger_knows() {
        plant(pairs(12));
        expected.removeIf(difference -> difference.startsWith("referral-not-there"));
        bench.with("tandem.db.url", "jdbc:h2:file:" + directory.resolve("none").toAbsolutePath());
        CompareReport report = compare(CompareRequest.ALL);

        assertThat(differences(report)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(report.ledger()).isFalse();
        assertThat(report.unseen())
                .extracting(CompareReport.Count::kind, CompareReport.Count::count)
                .containsExactly(tuple("hidden-until-taken-up", 1L));
        assertThatThrownBy(() -> compare(new CompareRequest(Optional.empty(), Optional.empty(), true)))
                .hasMessageContaining("tandem init");
    }

    @Test
    void what_changes_while_it_is_compared_is_pending_and_no_difference_to_be_answered_for() {
        Pair pair = pairs(2).get(0);
        worker.edit(pair.caseId(), Map.of("oscar_status", "Exited"));
        CompareReport report = compare(CompareRequest.ALL, (step, expected) -> {
            if (step.equals("comparing clients")) {
                bench.primero.clock().advance(Duration.ofSeconds(5));
                worker.edit(pair.caseId(), Map.of("name_first", "Other"));
            }
        });
        assertThat(report.differences()).extracting(Difference::state).containsExactly("pending");
        assertThat(report.summary()).isEqualTo("1 of 2 in step, 50.0 %; 1 of the rest pending");
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void half_a_reading_gives_no_figure() {
        pairs(1);
        bench.oscar.faults().every("GET", "/api/v1/organizations/clients", Fault.status(500));
        assertThatThrownBy(() -> compare(CompareRequest.ALL))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("The reading of OSCaR ended early")
                .satisfies(failed ->
                        assertThat(((OperationFailed) failed).exitCode()).isEqualTo(4));
    }

    @Test
    void it_can_be_narrowed_to_an_ngo_and_to_what_changed() {
        List<Pair> pairs = pairs(2);
        worker.edit(pairs.get(0).caseId(), Map.of("oscar_status", "Exited"));
        NgoWorker other = bench.oscar.worker("gpc");
        String slug = other.newClient(ClientForm.named("Bopha", "Sample").livesAt("19020105"));

        CompareReport one = compare(new CompareRequest(Optional.of("gpc"), Optional.empty(), false));
        assertThat(one.differences()).extracting(Difference::client).containsExactly("gpc/" + slug);
        assertThat(one.records()).isEqualTo(1);

        CompareReport recent = compare(
                new CompareRequest(Optional.empty(), Optional.of(Instant.parse("2020-01-01T00:00:00Z")), false));
        assertThat(recent.differences())
                .extracting(Difference::kind)
                .containsExactlyInAnyOrder("field-differs", "client-without-case");
    }

    @Test
    void a_full_sweep_that_is_due_is_served_by_the_same_reading() throws SQLException {
        pairs(1);
        String slug = ngo.newClient(ClientForm.named("Bopha", "Sample").livesAt("19020105"));
        int before = feeds();
        try (OpenedLedger opened = OpenedLedger.open(bench.settings(), warning -> {})) {
            try (Connection beside = opened.database().getConnection();
                    Statement statement = beside.createStatement()) {
                statement.execute("update sweep set last_full_began_at = dateadd(day, -3, last_full_began_at)");
            }
            Instant began = opened.ledger().clock().now();
            try (Comparison comparison = new Comparison(
                    bench.settings(),
                    EditionLoader.load(bench.settings(), opened.ledger()),
                    opened.ledger(),
                    opened.database(),
                    true)) {
                comparison.compare(CompareRequest.ALL, Progress.NONE);
            }
            assertThat(feeds() - before).isEqualTo(1);
            assertThat(opened.ledger().sweeps().cursors())
                    .allSatisfy(cursor ->
                            assertThat(cursor.lastFull().orElseThrow()).isAfter(began))
                    .noneMatch(SweepCursor::underWay);
            assertThat(opened.ledger().links().of("oscar-to-primero", "cif/" + slug))
                    .as("the new client is marked")
                    .isPresent();
        }
    }

    private int feeds() {
        return bench.oscar.calls().list("GET", "/api/v1/organizations/clients").size();
    }

    private void plant(List<Pair> pairs) {
        ObjectNode alone = aCase("Alone").put("oscar_number", "01SYNTHETIC0000000000ALONE");
        expect("case-without-client", bench.primero.plant(alone), "", "");

        String stranger = ngo.newClient(ClientForm.named("Bopha", "Sample").livesAt("19020105"));
        expect("client-without-case", "", stranger, "case");

        Pair shared = pairs.get(0);
        String twin = bench.primero.plant(aCase("Twin").put("oscar_number", number(shared)));
        expect("two-cases-one-number", sorted(twin, shared.caseId()), shared.slug(), "");

        Pair doubled = pairs.get(1);
        String second = ngo.newClient(ClientForm.named("Chan", "Sample")
                .livesAt("19020105")
                .externalId(doubled.caseNumber(), doubled.display()));
        expect("two-clients-one-case", doubled.caseId(), sorted(doubled.slug(), second), "");

        Pair unnumbered = pairs.get(2);
        worker.edit(unnumbered.caseId(), Map.of("oscar_short_id", ""));
        expect("ids-or-link-differ", unnumbered.caseId(), unnumbered.slug(), "ids");

        Pair old = pairs.get(3);
        ngo.editClient(old.slug(), form -> form.externalId(old.caseNumber(), "old"));
        expect("ids-or-link-differ", old.caseId(), old.slug(), "link:cif:" + old.slug());

        Pair exited = pairs.get(4);
        worker.edit(exited.caseId(), Map.of("oscar_status", "Exited"));
        expect("field-differs", exited.caseId(), exited.slug(), "case");

        Pair rowless = pairs.get(5);
        worker.deleteService(rowless.caseId(), rowless.row());
        expect("service-row-missing", rowless.caseId(), rowless.slug(), "service");

        Pair decided = pairs.get(6);
        worker.acceptFromOscar(decided.caseId(), decided.row());
        expect("decision-differs", decided.caseId(), "", "decision:cif:" + decided.referral());

        Pair conflict = pairs.get(7);
        worker.acceptFromOscar(conflict.caseId(), conflict.row());
        ngo.setReferralStatus(conflict.referral(), "Exited");
        expect("decision-differs", conflict.caseId(), "", "conflict:cif:" + conflict.referral());

        Pair several = pairs.get(8);
        worker.edit(several.caseId(), Map.of("oscar_status", "Exited"));
        worker.deleteService(several.caseId(), several.row());
        ngo.editClient(several.slug(), form -> form.externalId(several.caseNumber(), "old"));
        expect("field-differs", several.caseId(), several.slug(), "case");
        expect("service-row-missing", several.caseId(), several.slug(), "service");
        expect("ids-or-link-differ", several.caseId(), several.slug(), "link:cif:" + several.slug());

        String referred = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(referred, Children.referral("counselling_trauma", "agency-cif"));
        String referral = worker.refer(referred, row, "agency-cif-user", "Example note");
        expect("referral-not-there", referred, "", "referral:" + row + ":" + referral);
    }

    private void expect(String kind, String caseId, String slugs, String effect) {
        expected.add(String.join(" | ", kind, caseId, slugs, effect));
    }

    private static List<String> differences(CompareReport report) {
        return report.differences().stream().map(CompareTest::words).toList();
    }

    private static String words(Difference one) {
        String effect = one.effect().startsWith("service:") ? "service" : one.effect();
        String client =
                one.kind().equals("decision-differs") ? "" : one.client().replace("cif/", "");
        return String.join(" | ", one.kind(), one.caseId(), client, effect);
    }

    private static String sorted(String... ids) {
        return String.join(" ", java.util.stream.Stream.of(ids).sorted().toList());
    }

    private List<Pair> pairs(int count) {
        bench.adopt();
        List<String> slugs = new ArrayList<>();
        List<Integer> referrals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String slug = ngo.newClient(ClientForm.named("Srey" + i, "Sample").livesAt("19020105"));
            referrals.add(ngo.referToMinistry(slug, Outward.of("medium", "Kinship care")));
            slugs.add(slug);
        }
        bench.syncInFull();
        bench.syncInFull();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String globalId = bench.oscar.checks().client("cif", slugs.get(i)).globalId();
            ObjectNode made = bench.primero.caseByOscarNumber(globalId).get(0);
            pairs.add(new Pair(
                    slugs.get(i),
                    made.path("id").asText(),
                    made.path("case_id").asText(),
                    made.path("case_id_display").asText(),
                    made.path("services_section").path(0).path("unique_id").asText(),
                    referrals.get(i)));
        }
        return pairs;
    }

    private String number(Pair pair) {
        return bench.oscar.checks().client("cif", pair.slug()).globalId();
    }

    private static ObjectNode aCase(String name) {
        ObjectNode data = Json.of(Children.of(name, "Example"));
        String id = java.util
                .UUID
                .nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
        return data.put("id", id).put("case_id", id).put("case_id_display", id.substring(29));
    }

    private CompareReport compare(CompareRequest request) {
        return compare(request, Progress.NONE);
    }

    private CompareReport compare(CompareRequest request, Progress progress) {
        try (Operations operations = bench.open()) {
            return operations.compare(request, progress);
        }
    }

    private static long writes(CallLog calls) {
        return calls.list().stream()
                .filter(call -> !call.method().equals("GET") && !call.template().contains("sign_in"))
                .count();
    }
}
