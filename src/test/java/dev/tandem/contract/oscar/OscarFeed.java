package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.oscar.OscarServer.CLIENTS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoAdmin;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who is in the feed, in which of the two shapes. */
final class OscarFeed extends OscarClauses {
    private static final List<String> A = List.of(
            ("slug global_id external_id external_id_display mosvy_number given_name family_name gender date_of_birth"
                            + " location_current_village_code address_current_village_code organization_id"
                            + " organization_name external_case_worker_name external_case_worker_id"
                            + " reason_for_referral status case_worker_name case_worker_mobile is_referred"
                            + " referral_consent_form organization_address_code level_of_risk services")
                    .split(" "));
    private static final List<String> B = List.of(
            ("given_name family_name local_given_name local_family_name gender date_of_birth global_id slug external_id"
                            + " external_id_display status mosvy_number location_current_village_code case_worker_name"
                            + " case_worker_mobile is_referred organization_name organization_address_code resource"
                            + " services")
                    .split(" "));

    OscarFeed(OscarServer oscar) {
        super(oscar);
    }

    private NgoAdmin admin() {
        return oscar.simulator("an administrator of the NGO").admin("cif");
    }

    private JsonNode shown(String slug) {
        return oscar.row(oscar.feed(), slug);
    }

    private static List<String> texts(JsonNode rows, String field) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.path(field).asText()));
        return texts;
    }

    @Clause(
            id = "O201",
            section = "2.3 2.7",
            says =
                    "Every row of the feed has the keys of shape A or of shape B, in that order, a global_id and an organization_name")
    void shapes() {
        LocalDate today = LocalDate.ofInstant(
                oscar.behind().map(sim -> sim.clock().now()).orElseGet(java.time.Instant::now), ZoneOffset.UTC);
        oscar.behind().ifPresent(sim -> referredToUs(newChild()));
        Answer feed = oscar.feed(today + "T00:00:00Z").is(200);
        unless("an array", feed.data().isArray());
        for (JsonNode row : feed.data()) {
            List<String> keys = Answer.keys(row);
            unlessSame("keys", keys.contains("level_of_risk") ? A : B, keys);
            unless(
                    "a global_id of 26 characters",
                    row.path("global_id").asText().length() == 26);
            unless(
                    "an organization_name",
                    !row.path("organization_name").asText().isEmpty());
            unless(
                    "a known status",
                    Set.of("Accepted", "Active", "Exited", "Referred")
                            .contains(row.path("status").asText()));
        }
    }

    @Clause(
            id = "O202",
            section = "2.3 2.5 2.7",
            says =
                    "A client referred to us is in shape A, with null for a missing external_id, its risk, consent form and services")
    void shapeA() {
        admin().addProgram("Education", "School support");
        String slug = people().newClient(
                        ClientForm.named("Sok", "Testa").livesAt("02040302").workers(1, 2));
        people().enrol(slug, "Education");
        int referral = people().referToMinistry(slug, Outward.of("no action", "Kinship care"));
        JsonNode row = shown(slug);
        unlessSame("keys", A, Answer.keys(row));
        unless("external_id null", row.path("external_id").isNull());
        unless("organization_id a number", row.path("organization_id").isInt());
        unlessSame("location", "02040302", row.path("location_current_village_code"));
        unlessSame("level_of_risk", "no action", row.path("level_of_risk"));
        unlessSame("consent forms", 1, row.path("referral_consent_form").size());
        unlessSame("is_referred", true, row.path("is_referred"));
        unlessSame("case workers", 2, row.path("case_worker_name").asText().split(", ").length);
        JsonNode services = row.path("services");
        unlessSame(
                "keys of a program row", "[program_name, enrollment_date, uuid, name]", Answer.keys(services.path(0)));
        unlessSame("referral_id", referral, services.path(1).path("referral_id"));
        unlessSame("referral_status", "Referred", services.path(1).path("referral_status"));
        unless("program_name null", services.path(1).path("program_name").isNull());
    }

    @Clause(
            id = "O203",
            section = "2.3 2.6 2.7",
            says = "Others are in shape B, with \"\" for a missing external_id, and no services until they have one")
    void shapeB() {
        admin().addProgram("Education", "School support");
        String slug = people().newClient(ClientForm.named(null, "Sample").localName("វណ្ណា", null));
        people().enrol(slug, "Education");
        JsonNode row = shown(slug);
        unlessSame("keys", B, Answer.keys(row));
        unlessSame("given_name", "វណ្ណា", row.path("given_name"));
        unlessSame("external_id", "", row.path("external_id"));
        unlessSame("mosvy_number", "", row.path("mosvy_number"));
        unless("resource null", row.path("resource").isNull());
        unlessSame("services", 0, row.path("services").size());
        people().editClient(slug, form -> form.externalId("one", "0000001"));
        unlessSame("resource", "primero", shown(slug).path("resource"));
        unlessSame("services", 1, shown(slug).path("services").size());
    }

    @Clause(
            id = "O204",
            section = "2.3",
            says = "A client that came from us stays in shape B and is is_referred all the same")
    void oursInB() {
        JsonNode row = shown(takenUp(oscar.externalId()));
        unlessSame("keys", B, Answer.keys(row));
        unlessSame("is_referred", true, row.path("is_referred"));
        unlessSame("referral_status", "Referred", row.path("services").path(0).path("referral_status"));
    }

    @Clause(id = "O205", section = "2.3", says = "A client referred to another NGO only stays in shape B")
    void elsewhere() {
        String slug = newChild();
        people().referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));
        unlessSame("keys", B, Answer.keys(shown(slug)));
    }

    @Clause(
            id = "O206",
            section = "2.2",
            says = "A client without either name, gender or birth date is not in the feed; an exited one is")
    void eligible() {
        List<String> absent = List.of(
                people().newClient(ClientForm.named("  ", "Testa")),
                people().newClient(ClientForm.named("Sok", null)),
                people().newClient(ClientForm.named("Sok", "Testa").gender("")),
                people().newClient(ClientForm.named("Sok", "Testa").born(null)));
        String exited = newChild();
        people().exit(exited);
        List<String> slugs = oscar.feed().is(200).values("slug");
        unless("none of those", absent.stream().noneMatch(slugs::contains));
        unless("the exited one", slugs.contains(exited));
    }

    @Clause(
            id = "O207",
            section = "2.2 12 T9 T33",
            says =
                    "An archived client of block A turns to shape B and stays, with nothing to tell and no bump; one of B stays in B")
    void archived() {
        String a = newChild();
        referredToUs(a);
        String b = newChild();
        var before = client(a).updatedAt();
        oscar.later(Duration.ofDays(1));
        people().softDelete(a);
        people().softDelete(b);
        unlessSame("keys", B, Answer.keys(shown(a)));
        unlessSame("keys", B, Answer.keys(shown(b)));
        unlessSame("updated_at", before, client(a).updatedAt());
    }

    @Clause(
            id = "O208",
            section = "2",
            says = "Of each NGO block A comes before block B, each by updated_at, newest first")
    void order() {
        List<String> slugs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String slug = newChild();
            if (i % 2 == 0) {
                referredToUs(slug);
            }
            slugs.add(slug);
            oscar.later(Duration.ofMinutes(1));
        }
        List<String> seen = new ArrayList<>(oscar.feed().is(200).values("slug"));
        seen.retainAll(slugs);
        unlessSame("order", List.of(slugs.get(2), slugs.get(0), slugs.get(3), slugs.get(1)), seen);
    }

    @Clause(id = "O209", section = "T26", says = "A person in two NGOs gives two rows with one global_id and two slugs")
    void twoNgos() {
        String first = newChild();
        String second = otherPeople().sameChild(people(), first, ClientForm.named("Sok", "Testa"));
        Answer feed = oscar.feed();
        unless("two slugs", !first.equals(second));
        unlessSame(
                "global_id",
                oscar.row(feed, first).path("global_id").asText(),
                oscar.row(feed, second).path("global_id"));
    }

    @Clause(id = "O210", section = "2", says = "NGOs that are not integrated, or removed, are absent")
    void notIntegrated() {
        OscarSimulator simulator = oscar.simulator("an administrator of OSCaR");
        newChild();
        simulator.admin("cif").integrated(false);
        unless("none of that NGO", !oscar.feed().values("organization_name").contains("cif"));
        simulator.admin("gpc").removeNgo();
        unlessSame("body", "{\"data\":[]}", oscar.feed().is(200).text());
    }

    @Clause(
            id = "O211",
            section = "2.7",
            says = "Program rows are one per service, with the date of the first enrolment, of exited programs too")
    void programs() {
        admin().addProgram("Education", "School support", "Life skills");
        String slug = people().newClient(ClientForm.named("Sok", "Testa").externalId("one", ""));
        people().enrol(slug, "Education");
        people().leaveProgram(slug, "Education");
        oscar.later(Duration.ofDays(3));
        people().enrol(slug, "Education");
        JsonNode services = shown(slug).path("services");
        unlessSame("rows", 2, services.size());
        unlessSame("dates", List.of("2026-03-10", "2026-03-10"), texts(services, "enrollment_date"));
    }

    @Clause(
            id = "O212",
            section = "T14",
            says = "A service name that the catalogue has twice gives two rows of one referral")
    void homonym() {
        String slug = newChild();
        String referral = "" + people().referToMinistry(slug, Outward.of("low", "Therapeutic training"));
        unlessSame("referral_id", List.of(referral, referral), texts(shown(slug).path("services"), "referral_id"));
    }

    @Clause(id = "O213", section = "2.7", says = "level_of_risk is that of the last referral, \"\" if it has none")
    void lastReferral() {
        String slug = newChild();
        people().referToMinistry(slug, Outward.of("high", "Kinship care"));
        people().referToMinistry(slug, Outward.of("", "School support"));
        unlessSame("level_of_risk", "", shown(slug).path("level_of_risk"));
    }

    @Clause(
            id = "O214",
            section = "2.7 T23",
            says = "Location codes are texts of any depth with their zeros, birth dates may have years of five digits")
    void oddValues() {
        for (String code : List.of("", "02", "0204", "020403", "0004")) {
            String slug = people().newClient(
                            ClientForm.named("Sok", "Testa").livesAt(code).born("22012-01-01"));
            unlessSame(
                    "code",
                    "\"" + code + "\"",
                    shown(slug).path("location_current_village_code").toString());
            unlessSame("date_of_birth", "22012-01-01", shown(slug).path("date_of_birth"));
        }
    }

    @Clause(
            id = "O215",
            section = "T5",
            says = "One NGO whose setting has a province only, with one client of block A, makes the whole feed 500")
    void poisoned() {
        String slug = newChild();
        admin().poison();
        oscar.feed().is(200);
        referredToUs(slug);
        raised(oscar.feed());
    }

    @Clause(id = "O216", section = "2.1", says = "Unknown parameters are ignored")
    void unknownParameters() {
        unlessSame(
                "rows",
                0,
                oscar.get(CLIENTS + "?since_date=2099-01-01T00:00:00Z&referred_external=true&page=2&per=1")
                        .is(200)
                        .data()
                        .size());
    }
}
