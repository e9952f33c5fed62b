package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.contract.NotTestable;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.oscar.ReferralBody;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The decision table of an upsert: which referral comes into being, and what is answered. */
final class OscarUpserts extends OscarClauses {
    OscarUpserts(OscarServer oscar) {
        super(oscar);
    }

    private List<ReferralFacts> facts(String externalId) {
        return checks().referrals("cif", externalId);
    }

    @Clause(
            id = "O301",
            section = "3.2",
            says = "U0: without organization_name it is 422 with message only, and nothing happens")
    void u0() {
        Answer empty = oscar.upsert(Json.object()).is(422);
        unlessSame("keys", "[message]", Answer.keys(empty.json()));
        unless("a text", empty.json().path("message").isTextual());
        String externalId = oscar.externalId();
        for (String ngo : new String[] {"", " "}) {
            oscar.upsert(oscar.referral(ngo, externalId, "")).is(422);
        }
    }

    @Clause(id = "O302", section = "3.2", says = "U1: an organization_name that is no NGO is 500")
    void u1() {
        raised(oscar.upsert(oscar.referral("nobody-of-this-name", oscar.externalId(), "")));
    }

    @Clause(id = "O320", section = "3.2 2", says = "U1: an NGO that is not in the feed is sent referrals all the same")
    void notIntegrated() {
        oscar.simulator("an NGO that is not in the feed").admin("gpc").integrated(false);
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        oscar.upsert(oscar.referral("gpc", externalId, "")).is(200);
        unlessSame("referrals", 1, checks().referrals("gpc", externalId).size());
    }

    @Clause(
            id = "O303",
            section = "3.3",
            says =
                    "R1: an unknown child is 200 with external_id and message only; a pending referral comes to be that no feed shows")
    void r1() {
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        saved(externalId, oscar.upsert(oscar.referral(externalId, "")));
        oscar.behind().ifPresent(simulator -> {
            unlessSame("referrals", 1, referrals(externalId));
            unlessSame("status", "Referred", facts(externalId).get(0).status());
            unless("pending", facts(externalId).get(0).pending());
            unless(
                    "not in the feed",
                    !oscar.feed().is(200).values("external_id").contains(externalId));
        });
    }

    @Clause(
            id = "O304",
            section = "3.3 T1",
            says = "R2: the same again while it is pending is 200 and another referral, of the same person")
    void r2() {
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        oscar.upsert(oscar.referral(externalId, "")).is(200);
        saved(externalId, oscar.upsert(oscar.referral(externalId, "")));
        oscar.behind().ifPresent(simulator -> {
            unlessSame("referrals", 2, referrals(externalId));
            unlessSame(
                    "global_id",
                    facts(externalId).get(0).globalId(),
                    facts(externalId).get(1).globalId());
        });
    }

    @Clause(
            id = "O305",
            section = "3.3 8",
            says =
                    "R3: once the NGO has taken the child up it is 422 Record was found., with the keys errors.global_id and errors.referral_status, and nothing saved")
    void r3() {
        String externalId = oscar.externalId();
        takenUp(externalId);
        Answer answer = oscar.upsert(oscar.referral(externalId, "")).is(422);
        unlessSame("keys", "[external_id, message, errors]", Answer.keys(answer.json()));
        unlessSame("message", "Record was found.", answer.json().path("message"));
        unlessSame(
                "errors",
                "[global_id, referral_status]",
                Answer.keys(answer.json().path("errors")));
        unlessSame("referrals", 1, referrals(externalId));
        unlessSame(
                "errors with a global_id",
                "{}",
                oscar.upsert(oscar.referral(externalId, UNKNOWN)).is(422).json().path("errors"));
    }

    @Clause(
            id = "O306",
            section = "3.3 3.8 T17",
            says = "A referral that is refused is 422 by attribute, and leaves an identity behind and no referral")
    void refused() {
        String externalId = oscar.externalId();
        int before = oscar.behind().map(sim -> sim.checks().identities()).orElse(0);
        Answer answer = oscar.upsert(oscar.referral(externalId, "").put("level_of_risk", "severe"))
                .is(422);
        unlessSame("keys", "[external_id, message]", Answer.keys(answer.json()));
        unlessSame("attributes", "[level_of_risk]", Answer.keys(answer.json().path("message")));
        oscar.behind().ifPresent(simulator -> {
            unlessSame("referrals", 0, referrals(externalId));
            unlessSame("identities more", 1, simulator.checks().identities() - before);
        });
    }

    @Clause(
            id = "O307",
            section = "3.3 T15",
            says = "R1x: an unknown global_id is 500 after the referral was saved, and a repeat makes another")
    void r1x() {
        checks();
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        raised(oscar.upsert(oscar.referral(externalId, UNKNOWN)));
        unlessSame("referrals", 1, referrals(externalId));
        oscar.upsert(oscar.referral(externalId, UNKNOWN)).is(200);
        unlessSame("referrals", 2, referrals(externalId));
        String slug = people().takeUp(facts(externalId).get(0).id());
        unless("another global_id for the client", !globalId(slug).equals(UNKNOWN));
    }

    @Clause(id = "O308", section = "3.3", says = "The same child referred to another NGO is a referral there")
    void anotherNgo() {
        String externalId = oscar.externalId();
        takenUp(externalId);
        oscar.upsert(oscar.referral("gpc", externalId, "")).is(200);
        unlessSame("referrals", 1, checks().referrals("gpc", externalId).size());
    }

    @Clause(
            id = "O309",
            section = "3.3 T16",
            says = "A missing external_id is taken for that of any referral between NGOs")
    void missingExternalId() {
        String slug = newChild();
        people().referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));
        otherPeople().takeUp(otherPeople().pending().get(0));
        ObjectNode body = oscar.referral("gpc", oscar.externalId(), "");
        body.remove("external_id");
        unlessSame(
                "message",
                "Record was found.",
                oscar.upsert(body).is(422).json().path("message"));
    }

    @Clause(
            id = "O310",
            section = "3.4 3.8",
            says =
                    "U3: a known client gets another pending referral with each call; the feed shows none of them, the client is updated")
    void u3() {
        String externalId = oscar.externalId();
        String slug = takenUp(externalId);
        ObjectNode again = oscar.referral(externalId, globalId(slug)).put("given_name", "Other");
        saved(externalId, oscar.upsert(again));
        saved(externalId, oscar.upsert(again));
        unlessSame("referrals", 3, referrals(externalId));
        unlessSame(
                "pending",
                2,
                facts(externalId).stream().filter(ReferralFacts::pending).count());
        JsonNode row = oscar.row(oscar.feed(), slug);
        unlessSame("service rows", 1, row.path("services").size());
        unlessSame("given_name", "Other", row.path("given_name"));
    }

    @Clause(id = "O311", section = "3.4", says = "U3: a referral that is refused leaves the client as it was")
    void u3Refused() {
        String externalId = oscar.externalId();
        String slug = newChild();
        ObjectNode body = oscar.referral(externalId, globalId(slug)).put("given_name", "Other");
        body.set("services", ReferralBody.services("No such service"));
        unlessSame(
                "attributes",
                "[services]",
                Answer.keys(oscar.upsert(body).is(422).json().path("message")));
        unlessSame("given_name", "Sok", oscar.row(oscar.feed(), slug).path("given_name"));
    }

    @Clause(id = "O312", section = "3.4", says = "U3: with nobody who could be the referee it is 500 and no referral")
    void u3NoReferee() {
        OscarSimulator simulator = oscar.simulator("an NGO without users");
        String slug = people().newClient(ClientForm.named("Sok", "Testa").withoutReceiver());
        simulator.admin("cif").withoutUsers();
        String externalId = oscar.externalId();
        raised(oscar.upsert(oscar.referral(externalId, globalId(slug))));
        unlessSame("referrals", 0, referrals(externalId));
    }

    @Clause(
            id = "O313",
            section = "3.2",
            says =
                    "U4: with is_referred false or null a known client is updated and no referral made; the text \"false\" is true")
    void u4() {
        String slug = newChild();
        String externalId = oscar.externalId();
        saved(
                externalId,
                oscar.upsert(oscar.referral(externalId, globalId(slug)).put("is_referred", false)));
        saved(
                externalId,
                oscar.upsert(oscar.referral(externalId, globalId(slug)).putNull("is_referred")));
        unlessSame("referrals", 0, referrals(externalId));
        unlessSame("external_id", externalId, oscar.row(oscar.feed(), slug).path("external_id"));
        oscar.needsReferrals();
        oscar.upsert(oscar.referral(externalId, globalId(slug)).put("is_referred", "false"))
                .is(200);
        unlessSame("referrals", 1, referrals(externalId));
    }

    @Clause(
            id = "O314",
            section = "3.5 T2",
            says = "U4: a person of another NGO is 200 without any referral, and the first NGO's client is overwritten")
    void u4Stranger() {
        String slug = newChild();
        String externalId = oscar.externalId();
        saved(externalId, oscar.upsert(oscar.referral("gpc", externalId, globalId(slug))));
        unlessSame("referrals", 0, checks().referrals("gpc", externalId).size());
        unlessSame("given_name", "Vanna", oscar.row(oscar.feed(), slug).path("given_name"));
    }

    @Clause(
            id = "O315",
            section = "3.5",
            says = "A referral to a person's second NGO goes there, and the first NGO's client is overwritten")
    void secondNgo() {
        String first = newChild();
        String second = otherPeople().sameChild(people(), first, ClientForm.named("Sok", "Testa"));
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        oscar.upsert(oscar.referral("gpc", externalId, globalId(first))).is(200);
        unlessSame("referrals", 1, checks().referrals("gpc", externalId).size());
        Answer feed = oscar.feed();
        unlessSame("first", "Vanna", oscar.row(feed, first).path("given_name"));
        unlessSame("second", "Sok", oscar.row(feed, second).path("given_name"));
    }

    @Clause(
            id = "O316",
            section = "3.2",
            says =
                    "U5: a person known from a pending referral only is searched by external_id, and no identity is made")
    void u5() {
        checks();
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        oscar.upsert(oscar.referral(externalId, "")).is(200);
        String globalId = facts(externalId).get(0).globalId();
        int before = checks().identities();
        oscar.upsert(oscar.referral(externalId, globalId)).is(200);
        unlessSame("referrals", 2, referrals(externalId));
        unlessSame("identities", before, checks().identities());
    }

    @Clause(
            id = "O317",
            section = "3.5",
            says = "A known client that has been archived is 500, and no referral is made")
    void archived() {
        String slug = newChild();
        String globalId = globalId(slug);
        people().softDelete(slug);
        String externalId = oscar.externalId();
        raised(oscar.upsert(oscar.referral(externalId, globalId)));
        unlessSame("referrals", 0, referrals(externalId));
    }

    @Clause(
            id = "O318",
            section = "12",
            says = "Identical R1 calls at once make as many referrals, each of a person of its own; two U3 calls two")
    void atOnce() {
        checks();
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        together(oscar.referral(externalId, ""), 3);
        unlessSame("referrals", 3, referrals(externalId));
        Set<String> people = new HashSet<>();
        facts(externalId).forEach(each -> people.add(each.globalId()));
        unlessSame("persons", 3, people.size());
        String slug = newChild();
        String other = oscar.externalId();
        together(oscar.referral(other, globalId(slug)), 2);
        unlessSame("referrals", 2, referrals(other));
    }

    private void together(ObjectNode body, int calls) {
        oscar.simulator("calls at once, which a server is spared").switches().upsertsAtOnce(calls);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> oscar.upsert(body)));
        }
        answers.forEach(each -> each.join().is(200));
    }

    @Clause(
            id = "O319",
            section = "0.3 12",
            says =
                    "At OSCaR's head as shipped R1, U3 and update_statuses are 500 and save nothing but an identity; U4, update_links and reading work")
    void head() {
        String externalId = oscar.externalId();
        Answer first = oscar.upsert(oscar.referral(externalId, ""));
        if (first.status() == 200) {
            throw new NotTestable("this server saves referrals: it is not OSCaR's head as shipped");
        }
        raised(first);
        oscar.behind().ifPresent(simulator -> {
            String slug = newChild();
            int referral = referredToUs(slug);
            raised(oscar.upsert(oscar.referral(externalId, globalId(slug))));
            raised(oscar.put(OscarServer.STATUSES, decision(globalId(slug), referral, "Accepted")));
            unlessSame("referrals", 0, referrals(externalId));
            unlessSame("status", "Referred", checks().referral("cif", referral).status());
            oscar.upsert(oscar.referral(externalId, globalId(slug)).put("is_referred", false))
                    .is(200);
            oscar.put(OscarServer.LINKS, link(globalId(slug), externalId)).is(200);
            oscar.feed().is(200);
        });
    }
}
