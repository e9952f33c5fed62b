package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.operation.report.Reason;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with one record is listed with what to do about it, and holds back no other. */
class OneBadRecordTest {
    private static final String FEED = "/api/v1/organizations/clients";
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";
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
    void each_bad_case_is_listed_with_its_field_and_all_the_others_cross() {
        String first = referred(Map.of(), Map.of());
        String unmapped = referred(Map.of(), Map.of("service_subtype", List.of("no_such_service")));
        String refused = referred(Map.of("risk_level", ""), Map.of());
        String impossible = referred(Map.of("date_of_birth", "2015-99-99"), Map.of());
        String noAgency = referred(Map.of(), Map.of("service_implementing_agency", "agency-unheard-of"));
        String last = referred(Map.of(), Map.of());
        bench.oscar.faults().next("POST", UPSERT, Fault.status(500));

        SyncReport report = bench.adopt().sync();

        assertThat(arrived(first)).isEqualTo(1);
        assertThat(arrived(last)).isEqualTo(1);
        assertThat(List.of(arrived(unmapped), arrived(refused), arrived(impossible), arrived(noAgency)))
                .containsOnly(0);
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(why(report, unmapped)).contains("no_such_service", "services.csv", "service_subtype", "add a row");
        assertThat(why(report, refused)).contains("422", "level_of_risk", "Primero");
        assertThat(why(report, impossible)).contains("date_of_birth").doesNotContain("99");
        assertThat(why(report, noAgency))
                .contains("agency-unheard-of", "agencies.csv", "service_implementing_agency", "add a row");
    }

    @Test
    void a_row_of_strange_shapes_costs_neither_the_case_its_other_referral_nor_anybody_else_theirs() {
        String good = referred(Map.of(), Map.of());
        ObjectNode odd = Json.of(Children.of("Odd \"quoted\" 'name' \\ \u0000\uD83D\uDE00", "x".repeat(4000)));
        odd.put("age", "eleven").put("oscar_number", "").put("location_current", "NaN");
        odd.set("protection_concerns", Json.object().put("not", "a list"));
        var rows = odd.putArray("services_section");
        rows.addNull();
        rows.add("text");
        rows.add(Json.of(Children.referral("counselling_trauma", "agency-cif")).put("unique_id", "u".repeat(3000)));
        rows.add(Json.object().put("service_response_type", "referral_to_oscar"));
        rows.add(Json.of(Children.referral("counselling_trauma", "agency-cif"))
                .put("unique_id", "11111111-1111-4111-8111-111111111111"));
        String strange = bench.primero.plant(odd);
        bench.primero
                .worker()
                .refer(strange, "11111111-1111-4111-8111-111111111111", "agency-cif-user", "n".repeat(20_000));
        bench.primero.worker().refer(strange, "u".repeat(3000), "agency-cif-user", "Example note");

        SyncReport report = bench.adopt().sync();

        assertThat(arrived(good)).isEqualTo(1);
        assertThat(arrived(strange)).isEqualTo(1);
        // The one whose key nothing can hold is listed, under the record.
        assertThat(why(report, strange)).contains("and the ledger keeps 400", "correct the value at its source");
        assertThat(report.exitCode()).isEqualTo(3);
    }

    @Test
    void what_is_filled_in_at_the_source_goes_by_itself_and_what_is_not_costs_no_call() {
        String refused = referred(Map.of("risk_level", ""), Map.of());
        String unmapped = referred(Map.of(), Map.of("service_subtype", List.of("no_such_service")));
        bench.adopt().sync();
        long calls = bench.oscar.calls().count("POST", UPSERT);

        bench.primero.worker().edit(refused, Map.of("age", 12));
        bench.primero.worker().edit(unmapped, Map.of("age", 12));
        bench.sync();
        assertThat(bench.syncInFull().exitCode()).isEqualTo(3);
        assertThat(bench.oscar.calls().count("POST", UPSERT)).isEqualTo(calls);

        bench.primero.worker().edit(refused, Map.of("risk_level", "high"));
        String row = bench.primero
                .caseById(unmapped)
                .orElseThrow()
                .path("services_section")
                .get(0)
                .path("unique_id")
                .asText();
        bench.primero.worker().editService(unmapped, row, Map.of("service_subtype", List.of("counselling_trauma")));
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(arrived(refused)).isEqualTo(1);
        assertThat(arrived(unmapped)).isEqualTo(1);
    }

    @Test
    void each_bad_client_is_listed_with_its_field_and_all_the_others_get_their_case() {
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        String first = client("19020105", "2014-09-08", "Kinship care");
        String nowhere = client("99020105", "2014-09-08", "Kinship care");
        String unknownService = client("19020105", "2014-09-08", "Kinship care");
        String last = client("19020105", "22014-09-08", "Kinship care");
        // Longer than the ledger has room for: it must not cost the others of its batch their mark.
        String long1 = bench.oscar
                .worker("cif")
                .newClient(ClientForm.named("Long", "Sample").externalId("x".repeat(3000), "y"));
        bench.oscar.admin("cif").renameService("Family preservation", "Something new");
        bench.oscar.worker("cif").referToMinistry(unknownService, Outward.of("medium", "Something new"));
        bench.primero.faults().next("POST", CASES, Fault.html(502));

        SyncReport report = bench.adopt().sync();

        assertThat(shown(first)).isPresent();
        assertThat(shown(last)).isPresent();
        assertThat(shown(nowhere)).isEmpty();
        assertThat(why(report, "cif/" + long1)).contains("case");
        assertThat(why(report, "cif/" + nowhere)).contains("province");
        // One service that is in no list costs the child neither its case nor its other service.
        assertThat(shown(unknownService).orElseThrow().path("services_section")).hasSize(1);
        assertThat(why(report, "cif/" + unknownService)).contains("services.csv", "add a row");
        assertThat(report.exitCode()).isEqualTo(3);

        long writes = writes();
        assertThat(bench.syncInFull().exitCode()).isEqualTo(3);
        assertThat(writes()).isEqualTo(writes);

        bench.oscar.worker("cif").editClient(nowhere, form -> form.livesAt("19020105"));
        bench.sync();
        assertThat(shown(nowhere)).isPresent();
    }

    @Test
    @Heals("unreadable-row")
    void a_row_of_the_feed_that_cannot_be_read_is_listed_and_those_before_and_behind_it_get_their_case() {
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        String first = client("19020105", "2014-09-08", "Kinship care");
        String bad = client("19020105", "2014-09-08", "Kinship care");
        String last = client("19020105", "2014-09-08", "Kinship care");
        ObjectNode feed = Json.object();
        ArrayNode rows = feed.putArray("data");
        FeedRows.of(bench.oscar).forEach(row -> {
            if (row.path("slug").asText().equals(bad)) {
                rows.add(((ObjectNode) row).put("reason_for_referral", "x".repeat(21_000_000)));
                rows.add("no row at all");
            } else {
                rows.add(row);
            }
        });
        bench.oscar.faults().every("GET", FEED, Fault.answer("bad-row", Reply.json(200, feed)));

        SyncReport report = bench.adopt().sync();

        assertThat(shown(first)).isPresent();
        assertThat(shown(last)).isPresent();
        assertThat(shown(bad)).isEmpty();
        assertThat(why(report, "cif/" + bad)).contains("row 2 of OSCaR's feed", "4 million bytes");
        assertThat(why(report, "unreadable/row-1")).contains("row 3 of OSCaR's feed", "no object");
        assertThat(report.exitCode()).isEqualTo(3);
        // Each sweep sees it again, and there is nothing new about it.
        assertThat(bench.syncInFull().exitCode()).isEqualTo(3);
        assertThat(bench.status().flows()).allMatch(flow -> flow.pending() == 0 && flow.leased() == 0);

        bench.oscar.faults().clear();
        SyncReport mended = bench.syncInFull();
        assertThat(mended.exitCode()).as("%s", mended.reasons()).isZero();
        assertThat(shown(bad)).isPresent();
    }

    @Test
    void a_case_that_primero_refuses_parks_with_the_fields_that_it_names() {
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        String good = client("19020105", "2014-09-08", "Kinship care");
        bench.adopt().sync();
        String bad = client("19020105", "2014-09-08", "Kinship care");
        ObjectNode refusal = Json.object();
        refusal.putArray("errors")
                .addObject()
                .put("status", 422)
                .put("message", "Validation failed for Planted Name")
                .putArray("detail")
                .add("/services_section/0/service_subtype");
        bench.primero.faults().every("POST", CASES, Fault.answer("refused", Reply.json(422, refusal)));

        SyncReport report = bench.sync();

        assertThat(why(report, "cif/" + bad))
                .contains("422", "/services_section/0/service_subtype")
                .doesNotContain("Planted");
        assertThat(shown(good)).isPresent();
        bench.primero.faults().clear();
        bench.oscar.worker("cif").editClient(bad, form -> form.livesAt("19020106"));
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(shown(bad)).isPresent();
    }

    /** Planted, since codes that are in no list of options came into old records by import. */
    private String referred(Map<String, Object> caseFields, Map<String, Object> rowFields) {
        ObjectNode child = Json.of(Children.of("Dara", "Example"));
        child.setAll(Json.of(caseFields));
        ObjectNode row = Json.of(Children.referral("counselling_trauma", "agency-cif"));
        row.setAll(Json.of(rowFields));
        String rowId = UUID.randomUUID().toString();
        child.putArray("services_section").add(row.put("unique_id", rowId));
        String id = bench.primero.plant(child);
        bench.primero.worker().refer(id, rowId, "agency-cif-user", "Example note");
        return id;
    }

    private String client(String place, String born, String service) {
        var ngo = bench.oscar.worker("cif");
        String slug =
                ngo.newClient(ClientForm.named("Srey", "Sample").livesAt(place).born(born));
        ngo.referToMinistry(slug, Outward.of("medium", service));
        return slug;
    }

    private int arrived(String caseId) {
        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        List<ReferralFacts> referrals = bench.oscar.checks().referrals("cif", externalId);
        return referrals.size();
    }

    private Optional<ObjectNode> shown(String slug) {
        return bench.primero.casesOfClient(slug).stream().findFirst();
    }

    private long writes() {
        return bench.primero.calls().count("POST", CASES)
                + bench.primero.calls().count("PATCH", A_CASE);
    }

    private static String why(SyncReport report, String record) {
        return report.reasons().stream()
                .filter(reason -> reason.state().equals("parked"))
                .filter(reason -> reason.records().contains(record))
                .map(Reason::words)
                .findFirst()
                .orElse("not listed: " + report.reasons());
    }
}
