package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.oscar.OscarServer.STATUSES;

import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.OscarSettings.RegistrationChoice;
import dev.tandem.sandbox.oscar.Outward;
import java.time.Duration;

/** update_statuses: decisions on referrals. */
final class OscarStatuses extends OscarClauses {
    OscarStatuses(OscarServer oscar) {
        super(oscar);
    }

    private String status(int referral) {
        return checks().referral("cif", referral).status();
    }

    @Clause(
            id = "O501",
            section = "5 9",
            says =
                    "A decision is 200 with message only; the referral's status changes, the client's does not, and the client is bumped, also by the same again")
    void decides() {
        String slug = newChild();
        int referral = referredToUs(slug);
        oscar.needsReferrals();
        for (int day = 1; day <= 2; day++) {
            oscar.later(Duration.ofDays(1));
            Answer answer = oscar.put(STATUSES, decision(globalId(slug), referral, "Accepted"))
                    .is(200);
            unlessSame("body", "{\"message\":\"Record saved.\"}", answer.text());
            var row = oscar.row(oscar.feed("2026-03-1" + day + "T00:00:00Z"), slug);
            unlessSame(
                    "referral_status", "Accepted", row.path("services").path(0).path("referral_status"));
            unlessSame("status", "Referred", row.path("status"));
        }
    }

    @Clause(id = "O502", section = "5", says = "It stops at the first bad row; rows before it stay done")
    void stops() {
        String slug = newChild();
        int first = referredToUs(slug);
        int last = referredToUs(slug);
        oscar.needsReferrals();
        Answer answer = oscar.put(
                        STATUSES,
                        decision(globalId(slug), first, "Accepted"),
                        decision(globalId(slug), 99, "Accepted"),
                        decision(globalId(slug), last, "Accepted"))
                .is(422);
        unlessSame("keys", "[error, message]", Answer.keys(answer.json()));
        unlessSame("first", "Accepted", status(first));
        unlessSame("last", "Referred", status(last));
    }

    @Clause(id = "O503", section = "5", says = "An unknown person is 422 with error and message")
    void unknownPerson() {
        Answer answer = oscar.put(STATUSES, decision("nobody-of-this-name", 1, "Accepted"))
                .is(422);
        unlessSame("keys", "[error, message]", Answer.keys(answer.json()));
        unlessSame("error", "ActiveRecord::RecordNotFound", answer.json().path("error"));
    }

    @Clause(
            id = "O504",
            section = "5 T3",
            says = "Any NGO of the person may be taken, and nobody checks whose referral the number is")
    void anyNgo() {
        var simulator = oscar.simulator("which NGO the database finds first");
        String slug = newChild();
        int ours = referredToUs(slug);
        otherPeople().sameChild(people(), slug, ClientForm.named("Sok", "Testa"));
        String stranger = otherPeople().newClient(ClientForm.named("Srey", "Sample"));
        int theirs = otherPeople().referToMinistry(stranger, Outward.of("low", "Kinship care"));
        unlessSame("the same number", ours, theirs);
        oscar.needsReferrals();
        simulator.switches().choice(RegistrationChoice.NEWEST);
        oscar.put(STATUSES, decision(globalId(slug), ours, "Exited")).is(200);
        unlessSame("theirs", "Exited", checks().referral("gpc", theirs).status());
        unlessSame("ours", "Referred", status(ours));
    }

    @Clause(
            id = "O505",
            section = "5",
            says = "An unknown status is 422, and so is any status of an old referral that lacks a level of risk")
    void invalid() {
        var simulator = oscar.simulator("a referral of older days");
        String slug = newChild();
        int referral = referredToUs(slug);
        oscar.put(STATUSES, decision(globalId(slug), referral, "accepted")).is(422);
        simulator.admin("cif").clearLevelOfRisk(referral);
        oscar.put(STATUSES, decision(globalId(slug), referral, "Accepted")).is(422);
        unlessSame("status", "Referred", status(referral));
    }

    @Clause(id = "O506", section = "5", says = "Active is allowed although the message names three others")
    void active() {
        String slug = newChild();
        int referral = referredToUs(slug);
        oscar.needsReferrals();
        oscar.put(STATUSES, decision(globalId(slug), referral, "Active")).is(200);
        unlessSame("status", "Active", status(referral));
    }

    @Clause(id = "O507", section = "5 T19", says = "No rows, or no data, is 500")
    void nothing() {
        raised(oscar.put(STATUSES));
        raised(oscar.signedIn().send("PUT", STATUSES, "{}"));
    }

    @Clause(
            id = "O508",
            section = "5",
            says = "A pending referral of a person who has a client can be decided too; the client is not bumped")
    void pending() {
        String externalId = oscar.externalId();
        String slug = takenUp(externalId);
        oscar.upsert(oscar.referral(externalId, globalId(slug))).is(200);
        int second = checks().referrals("cif", externalId).get(1).id();
        var before = client(slug).updatedAt();
        oscar.later(Duration.ofDays(1));
        oscar.put(STATUSES, decision(globalId(slug), second, "Exited")).is(200);
        unlessSame("status", "Exited", status(second));
        unlessSame("updated_at of the client", before, client(slug).updatedAt());
        unless("still pending", checks().referral("cif", second).pending());
    }
}
