package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.primero.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.commons.support.ReflectionSupport;

/** What is parked for something that people put right goes by itself, at the next full sweep at the latest (protocol 4). */
class HealsByItselfTest {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    @TempDir
    Path directory;

    /** Put over each client of the feed. */
    private final ObjectNode feed = Json.object();

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        bench.adopt();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @Heals("http-422")
    void a_recipient_whose_account_was_disabled_when_the_ngo_accepted() {
        String id = referred();
        bench.sync();
        int referral = bench.oscar.worker("cif").pending().get(0);
        bench.oscar.worker("cif").takeUp(referral);
        bench.oscar.worker("cif").setReferralStatus(referral, "Accepted");
        bench.primero.disableUser("agency-cif-user");
        bench.syncInFull();
        assertThat(parked()).containsExactly("decision http-422");

        bench.syncInFull();
        assertThat(parked()).containsExactly("decision http-422");
        bench.primero.enableUser("agency-cif-user");
        bench.syncInFull();
        assertThat(parked()).isEmpty();
        assertThat(bench.primero.referrals(id).get(0).status()).isEqualTo("accepted");
    }

    @Test
    @Heals("case-closed")
    void a_case_that_was_closed_when_the_ngo_enrolled_the_child() {
        bench.oscar.admin("cif").addProgram("Example programme", "Trauma counselling");
        String id = referred();
        bench.sync();
        String slug = bench.oscar
                .worker("cif")
                .takeUp(bench.oscar.worker("cif").pending().get(0));
        bench.syncInFull();
        bench.primero.worker().close(id);
        bench.oscar.worker("cif").enrol(slug, "Example programme");
        bench.sync();
        assertThat(parked()).containsExactly("service case-closed");

        bench.primero.worker().reopen(id);
        bench.syncInFull();
        assertThat(parked()).isEmpty();
        assertThat(rows(id)).hasSize(2);
    }

    @Test
    @Heals("case-disabled")
    void a_case_that_was_disabled_when_the_ngo_referred_the_child_again() {
        String id = referred();
        bench.sync();
        String slug = bench.oscar
                .worker("cif")
                .takeUp(bench.oscar.worker("cif").pending().get(0));
        bench.syncInFull();
        bench.primero.worker().disable(id);
        bench.oscar.worker("cif").referToMinistry(slug, Outward.of("medium", "Kinship care"));
        bench.sync();
        assertThat(parked()).contains("service case-disabled");

        bench.primero.worker().enable(id);
        bench.syncInFull();
        assertThat(parked()).isEmpty();
        assertThat(rows(id)).hasSize(2);
    }

    @Test
    @Heals("no-such-owner")
    void an_owner_whose_account_was_disabled() {
        bench.primero.disableUser("mgrstg");
        String slug = referredByTheNgo();
        bench.sync();
        assertThat(parked()).containsExactly("case no-such-owner");
        bench.syncInFull();
        assertThat(parked()).containsExactly("case no-such-owner");

        bench.primero.enableUser("mgrstg");
        bench.syncInFull();
        assertThat(parked()).isEmpty();
        assertThat(caseOf(slug).path("owned_by").asText()).isEqualTo("mgrstg");
    }

    @Test
    void an_owner_whose_name_is_put_right_in_the_code_list() {
        EditedCopy copy = new EditedCopy(directory);
        copy.replace(copy.mappings.resolve("code-lists/province-owners.csv"), ",mgrstg,", ",mgrgone,");
        copy.forgetExamplesWith("mgrstg");
        copy.of(bench);
        String slug = referredByTheNgo();
        bench.sync();
        assertThat(parked()).containsExactly("case no-such-owner");

        copy.replace(copy.mappings.resolve("code-lists/province-owners.csv"), ",mgrgone,", ",mgrkep,");
        bench.sync();
        assertThat(parked()).isEmpty();
        assertThat(caseOf(slug).path("owned_by").asText()).isEqualTo("mgrkep");
    }

    @Test
    @Heals("two-cases")
    void two_cases_of_one_number_of_which_one_is_disabled() {
        String slug = referredByTheNgo();
        String number = bench.oscar.checks().client("cif", slug).globalId();
        bench.primero.worker().newCase(Map.of("name_first", "Dara", "oscar_number", number));
        String other = bench.primero.worker().newCase(Map.of("name_first", "Dara", "oscar_number", number));
        bench.sync();
        assertThat(parked()).containsExactly("read two-cases");

        bench.primero.worker().disable(other);
        bench.syncInFull();
        assertThat(parked()).isEmpty();
        assertThat(caseOf(slug).path("oscar_number").asText()).isEqualTo(number);
    }

    @Test
    @Heals("http-403")
    void a_right_that_tandems_user_lacked() {
        bench.primero.changeUser("tandem", user -> user.withRole(user.role().without("create")));
        String slug = referredByTheNgo();
        bench.sync();
        assertThat(parked()).contains("case http-403");
        bench.primero.changeUser("tandem", user -> user.withRole(Role.service()));
        bench.syncInFull();
        assertThat(parked()).isEmpty();
        assertThat(caseOf(slug).path("services_section")).hasSize(1);
    }

    @Test
    void a_field_that_oscar_refused_as_blank_and_it_is_not_sent_again_before_it_is_filled_in() {
        String id = bench.primero
                .worker()
                .newCase(Map.of("name_first", "Rith", "consent_for_services", true, "disclosure_other_orgs", true));
        String row = bench.primero.worker().addService(id, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(id, row, "agency-cif-user", "Example note");
        bench.sync();
        assertThat(parked()).containsExactly("referral http-422");
        long sent = bench.oscar.calls().count("POST", UPSERT);
        bench.syncInFull();
        bench.syncInFull();
        assertThat(bench.oscar.calls().count("POST", UPSERT))
                .as("a repeat could double it")
                .isEqualTo(sent);

        bench.primero.worker().edit(id, Map.of("risk_level", "high"));
        bench.sync();
        assertThat(parked()).isEmpty();
        assertThat(bench.oscar.worker("cif").pending()).hasSize(1);
    }

    @Test
    @Heals("blank")
    void a_blank_that_oscar_must_not_be_sent() {
        String id = referred();
        bench.sync();
        bench.oscar.worker("cif").takeUp(bench.oscar.worker("cif").pending().get(0));
        feed.put("gender", "");
        bench.oscar.server().around((request, next) -> overlaid(next.handle(request), request));
        bench.syncInFull();
        bench.primero.worker().edit(id, Collections.singletonMap("sex", null));
        String row = bench.primero.worker().addService(id, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(id, row, "agency-cif-user", "Example note");
        bench.sync();
        assertThat(parked()).containsExactly("referral blank");

        bench.primero.worker().edit(id, Map.of("sex", "male"));
        bench.sync();
        assertThat(parked()).isEmpty();
        assertThat(bench.oscar.worker("cif").pending()).hasSize(1);
    }

    @ParameterizedTest
    @Heals({"not-a-date", "not-digits", "unmapped-code"})
    @CsvSource({
        "date_of_birth, 2013-13-45, 2013-11-17, not-a-date",
        "location_current_village_code, 12ab, 19020105, not-digits",
        "level_of_risk, odd, high, unmapped-code"
    })
    void a_value_that_is_corrected_at_its_source(String field, String wrong, String right, String code) {
        feed.put(field, wrong);
        String slug = referredByTheNgo();
        bench.oscar.server().around((request, next) -> overlaid(next.handle(request), request));
        bench.sync();
        assertThat(parked()).isNotEmpty().allMatch(reason -> reason.equals("case " + code));
        feed.put(field, right);
        bench.syncInFull();
        assertThat(parked()).isEmpty();
        assertThat(caseOf(slug).path("services_section")).hasSize(1);
    }

    @Test
    void a_code_that_is_added_to_its_list() {
        EditedCopy copy = new EditedCopy(directory);
        Path owners = copy.mappings.resolve("code-lists/province-owners.csv");
        String row = copy.takeOut(owners, "19,");
        copy.forgetExamplesWith("");
        copy.of(bench);
        String slug = referredByTheNgo();
        bench.sync();
        assertThat(parked()).containsExactly("case unmapped-code");

        copy.write(owners, copy.read(owners) + row + "\n");
        bench.sync();
        assertThat(parked()).isEmpty();
        assertThat(caseOf(slug).path("owned_by").asText()).isEqualTo("mgrstg");
    }

    @Test
    @Heals("mapping-failed")
    void a_mapping_that_failed_and_is_mended() {
        EditedCopy copy = new EditedCopy(directory);
        Path service = copy.mappings.resolve("oscar-to-primero/service.jslt");
        copy.replace(service, "\"unique_id\": .unique_id", "\"unique_id\": number(\"x\" + .unique_id)");
        copy.forgetExamplesWith("unique_id");
        copy.of(bench);
        String slug = referredByTheNgo();
        bench.sync();
        assertThat(parked()).containsExactly("service mapping-failed");

        copy.replace(service, "number(\"x\" + .unique_id)", ".unique_id");
        bench.sync();
        assertThat(parked()).isEmpty();
        assertThat(caseOf(slug).path("services_section")).hasSize(1);
    }

    @Test
    @Heals("conflict")
    void a_decision_on_which_both_sides_agree_in_the_end() {
        String id = referred();
        bench.sync();
        int referral = bench.oscar.worker("cif").pending().get(0);
        bench.oscar.worker("cif").takeUp(referral);
        bench.oscar.worker("cif").setReferralStatus(referral, "Accepted");
        bench.primero
                .worker("agency-cif-user")
                .reject(bench.primero.referrals(id).get(0).id());
        bench.sync();
        assertThat(parked()).containsExactly("conflict conflict");

        bench.oscar.worker("cif").setReferralStatus(referral, "Exited");
        bench.syncInFull();
        assertThat(parked()).isEmpty();
    }

    @Test
    void the_table_of_reasons_promises_just_what_tests_have_shown() throws IOException {
        List<String> promised = Files.readAllLines(Path.of("docs/operate/dead-letters.md")).stream()
                .filter(line -> line.startsWith("| `") && line.contains("Tandem then "))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        List<String> shown = ReflectionSupport.streamAllClassesInPackage(
                        HealsByItselfTest.class.getPackageName(), type -> true, name -> name.endsWith("Test"))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .flatMap(method -> Stream.ofNullable(method.getAnnotation(Heals.class)))
                .flatMap(heals -> Stream.of(heals.value()))
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(promised);
    }

    // ---- What people do

    /** A child whom the ministry refers to cif. @return the case's id */
    private String referred() {
        String id = bench.primero.worker().newCase(Children.of("Dara", "Example"));
        String row = bench.primero.worker().addService(id, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(id, row, "agency-cif-user", "Example note");
        return id;
    }

    /** A child of province 19 whom cif refers to the ministry. @return its slug */
    private String referredByTheNgo() {
        String slug = bench.oscar
                .worker("cif")
                .newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        bench.oscar.worker("cif").referToMinistry(slug, Outward.of("medium", "Kinship care"));
        return slug;
    }

    // ---- How things stand

    private List<String> parked() {
        return bench.ledger().all().stream()
                .filter(row -> row.state().equals("parked"))
                .map(row -> row.kind() + " " + row.code())
                .toList();
    }

    private Reply overlaid(Reply reply, Request request) {
        if (!request.method().equals("GET") || !request.path().endsWith("/clients")) {
            return reply;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            reply.body().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode list = Json.read(out.toByteArray());
        list.findParents("slug").forEach(client -> ((ObjectNode) client).setAll(feed));
        return Reply.json(reply.status(), list);
    }

    private JsonNode rows(String id) {
        return bench.primero.caseById(id).orElseThrow().path("services_section");
    }

    private JsonNode caseOf(String slug) {
        return bench.primero.casesOfClient(slug).stream().findFirst().orElseThrow();
    }
}
