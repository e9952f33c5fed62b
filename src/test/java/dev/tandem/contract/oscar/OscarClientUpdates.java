package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import java.time.Duration;
import java.util.List;

/** What an upsert does to a client that OSCaR knows. All need a client, and a client needs a person at an NGO. */
final class OscarClientUpdates extends OscarClauses {
    OscarClientUpdates(OscarServer oscar) {
        super(oscar);
    }

    private ObjectNode update(String slug) {
        return oscar.referral(oscar.externalId(), globalId(slug)).put("is_referred", false);
    }

    private OscarSimulator administered() {
        return oscar.simulator("an administrator of the NGO");
    }

    @Clause(
            id = "O341",
            section = "3.5 T6 T7",
            says =
                    "What is left out becomes null, local names and reason always do, and without a birth date the client leaves the feed")
    void nulled() {
        String slug = people().newClient(ClientForm.named("Sok", "Testa")
                .localName("វណ្ណា", "តេស្ត")
                .reason("Some reason")
                .mosvyNumber("M1")
                .livesAt("02040302"));
        ObjectNode body = update(slug);
        body.remove(List.of(
                "mosvy_number", "date_of_birth", "address_current_village_code", "location_current_village_code"));
        oscar.upsert(body).is(200);
        ClientFacts now = client(slug);
        unlessSame("mosvy_number", null, now.mosvyNumber());
        unlessSame("date_of_birth", null, now.dateOfBirth());
        unlessSame("location", "", now.locationCode());
        unlessSame("local names", "null null", now.localGivenName() + " " + now.localFamilyName());
        unlessSame("reason", null, now.reasonForReferral());
        unlessSame("status", "Referred", now.status());
        unless("not in the feed", !oscar.shows(oscar.feed(), slug));
    }

    @Clause(
            id = "O342",
            section = "3.5",
            says = "A blank external_id leaves the link as it is, and the answer names the client's")
    void blankExternalId() {
        String slug = people().newClient(ClientForm.named("Sok", "Testa").externalId("kept", "k"));
        Answer answer = oscar.upsert(update(slug).put("external_id", "").put("external_id_display", "x"))
                .is(200);
        unlessSame("external_id", "kept", answer.json().path("external_id"));
        unlessSame("external_id_display", "k", oscar.row(oscar.feed(), slug).path("external_id_display"));
    }

    @Clause(
            id = "O343",
            section = "3.5 T23",
            says =
                    "A location code is looked up at the level of its length, padded with a zero; an unknown one clears that level only")
    void locations() {
        administered().admin("cif").removeLocation("02040399");
        String slug = people().newClient(ClientForm.named("Sok", "Testa").livesAt("02040302"));
        String[][] sentAndSeen = {
            {"08080906", "08080906"},
            {"8080906", "08080906"},
            {"080809", "080809"},
            {"204", "0204"},
            {"8", "08"},
            {"02040302", "02040302"},
            {"02040399", "020403"},
            {"", ""}
        };
        for (String[] pair : sentAndSeen) {
            oscar.upsert(update(slug).put("address_current_village_code", pair[0]))
                    .is(200);
            unlessSame(
                    "code after " + pair[0],
                    pair[1],
                    oscar.row(oscar.feed(), slug).path("location_current_village_code"));
        }
    }

    @Clause(
            id = "O344",
            section = "3.5 12",
            says =
                    "A client that is refused is 422 by attribute, unchanged, and the new referral stays; a blank gender names gender")
    void refused() {
        String slug = newChild();
        unlessSame(
                "message",
                "{\"gender\":[\"Blank\"]}",
                oscar.upsert(update(slug).put("gender", "")).is(422).json().path("message"));
        unlessSame("given_name", "Sok", oscar.row(oscar.feed(), slug).path("given_name"));
        oscar.needsReferrals();
        ObjectNode body = update(slug).put("is_referred", true).put("gender", "girl");
        Answer answer = oscar.upsert(body).is(422);
        unlessSame("attributes", "[gender]", Answer.keys(answer.json().path("message")));
        unlessSame("referrals", 1, referrals(body.path("external_id").asText()));
    }

    @Clause(
            id = "O345",
            section = "3.5",
            says = "What older clients lack is named: user_ids, initial_referral_date, received_by_id")
    void older() {
        administered().admin("cif").addProgram("Education", "School support");
        String slug = people().newClient(
                        ClientForm.named("Sok", "Testa").withoutReferralDate().withoutReceiver());
        people().enrol(slug, "Education");
        people().assign(slug);
        unlessSame(
                "attributes",
                "[user_ids, initial_referral_date, received_by_id]",
                Answer.keys(oscar.upsert(update(slug)).is(422).json().path("message")));
    }

    @Clause(
            id = "O346",
            section = "3.5 12",
            says = "A referral source that no longer exists makes it 500 in plain text, and the client stays")
    void danglingSource() {
        String slug = people().newClient(ClientForm.named("Sok", "Testa").sourceCategory(99));
        raised(oscar.upsert(update(slug)));
        unlessSame("given_name", "Sok", oscar.row(oscar.feed(), slug).path("given_name"));
    }

    @Clause(
            id = "O347",
            section = "3.5 3.7 T30",
            says =
                    "Accept changes the client's status only, without a bump; the next save of the client copies it to its referral")
    void copied() {
        String externalId = oscar.externalId();
        String slug = takenUp(externalId);
        var before = client(slug).updatedAt();
        oscar.later(Duration.ofDays(1));
        people().accept(slug);
        unlessSame("status", "Accepted", oscar.row(oscar.feed(), slug).path("status"));
        unlessSame("referral", "Referred", statusOf(slug));
        unlessSame("updated_at", before, client(slug).updatedAt());
        oscar.upsert(update(slug)).is(200);
        unlessSame("referral", "Accepted", statusOf(slug));
    }

    private String statusOf(String slug) {
        return oscar.row(oscar.feed(), slug)
                .path("services")
                .path(0)
                .path("referral_status")
                .asText();
    }

    @Clause(
            id = "O352",
            section = "3.5",
            says = "Once the client is enrolled, nothing is copied to its referral any more")
    void notCopied() {
        administered().admin("cif").addProgram("Education", "School support");
        String slug = takenUp(oscar.externalId());
        people().accept(slug);
        people().enrol(slug, "Education");
        people().editClient(slug, form -> form.reason("Other"));
        var referral = oscar.row(oscar.feed(), slug).path("services").path(1);
        unlessSame("referral", "Referred", referral.path("referral_status"));
    }

    @Clause(
            id = "O348",
            section = "12",
            says = "At OSCaR's head an update whose copy fires saves the client and is then 500, each time")
    void copyAtHead() {
        OscarSimulator simulator = oscar.simulator("a switch to OSCaR's head");
        String slug = takenUp(oscar.externalId());
        people().accept(slug);
        simulator.switches().headRegression(true);
        raised(oscar.upsert(update(slug).put("given_name", "Other")));
        raised(oscar.upsert(update(slug).put("given_name", "Other")));
        unlessSame("given_name", "Other", oscar.row(oscar.feed(), slug).path("given_name"));
        unlessSame("referral", "Referred", statusOf(slug));
    }

    @Clause(
            id = "O349",
            section = "3.5 T34",
            says = "A referral_status sent along overwrites older linked referrals of both directions, not the new one")
    void overwrites() {
        String externalId = oscar.externalId();
        String slug = takenUp(externalId);
        int received = firstReferral(externalId);
        int outward = people().referToMinistry(slug, Outward.of("low", "Kinship care"));
        people().setReferralStatus(received, "Accepted");
        people().setReferralStatus(outward, "Accepted");
        ObjectNode body = update(slug).put("is_referred", true).put("referral_status", "Exited");
        oscar.upsert(body).is(200);
        unlessSame("received", "Exited", checks().referral("cif", received).status());
        unlessSame("delivered", "Exited", checks().referral("cif", outward).status());
        unlessSame(
                "new",
                "Referred",
                checks().referrals("cif", body.path("external_id").asText())
                        .get(0)
                        .status());
    }

    @Clause(
            id = "O350",
            section = "3.5 T12",
            says = "A referral_status of \"\" or Active is 422 after everything was saved")
    void badStatus() {
        String slug = newChild();
        oscar.needsReferrals();
        for (String status : new String[] {"", "Active"}) {
            ObjectNode body = update(slug).put("is_referred", true).put("referral_status", status);
            Answer answer = oscar.upsert(body).is(422);
            unless("message a text", answer.json().path("message").isTextual());
            unlessSame("referrals", 1, referrals(body.path("external_id").asText()));
        }
        unlessSame("given_name", "Vanna", oscar.row(oscar.feed(), slug).path("given_name"));
    }

    @Clause(
            id = "O351",
            section = "9",
            says = "An update that changes a column bumps the client, and synced_date changes with each day")
    void bumps() {
        String slug = newChild();
        ObjectNode body = update(slug);
        oscar.later(Duration.ofDays(1));
        oscar.upsert(body).is(200);
        unlessSame("rows", true, oscar.shows(oscar.feed("2026-03-11T00:00:00Z"), slug));
        var sameDay = client(slug).updatedAt();
        oscar.later(Duration.ofHours(1));
        oscar.upsert(body).is(200);
        unlessSame("updated_at", sameDay, client(slug).updatedAt());
        oscar.later(Duration.ofDays(1));
        oscar.upsert(body).is(200);
        unless("a later updated_at", client(slug).updatedAt().isAfter(sameDay));
    }
}
