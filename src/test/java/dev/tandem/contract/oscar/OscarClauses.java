package dev.tandem.contract.oscar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Different;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.OscarChecks;
import dev.tandem.sandbox.oscar.Outward;
import java.util.List;

/** The server that the clauses of a subclass ask, and what many of them need. */
abstract class OscarClauses {
    static final String UNKNOWN = "01HZX3V9K2M4N6P8Q0R2S4T6V8";
    static final String SAVED = "Record saved.";

    final OscarServer oscar;

    OscarClauses(OscarServer oscar) {
        this.oscar = oscar;
    }

    /** The people of the NGO; a test server has none that a program could play. */
    NgoWorker people() {
        return oscar.simulator("a person at the NGO").worker("cif");
    }

    NgoWorker otherPeople() {
        return oscar.simulator("a person at a second NGO").worker("gpc");
    }

    OscarChecks checks() {
        return oscar.simulator("a look into its tables").checks();
    }

    String newChild() {
        return people().newClient(ClientForm.named("Sok", "Testa"));
    }

    /** A child of ours that the NGO has taken up. */
    String takenUp(String externalId) {
        NgoWorker people = people();
        oscar.needsReferrals();
        oscar.upsert(oscar.referral(externalId, "")).is(200);
        List<Integer> pending = people.pending();
        return people.takeUp(pending.get(pending.size() - 1));
    }

    int referredToUs(String slug) {
        return people().referToMinistry(slug, Outward.of("low", "Kinship care"));
    }

    ClientFacts client(String slug) {
        return checks().client("cif", slug);
    }

    String globalId(String slug) {
        return client(slug).globalId();
    }

    /** The number of the first referral that was sent with that id. */
    int firstReferral(String externalId) {
        return checks().referrals("cif", externalId).get(0).id();
    }

    int referrals(String externalId) {
        return checks().referrals("cif", externalId).size();
    }

    ObjectNode decision(String globalId, int referral, String status) {
        return Json.object()
                .put("client_global_id", globalId)
                .put("referral_id", referral)
                .put("referral_status", status);
    }

    ObjectNode link(String globalId, String externalId) {
        return Json.object()
                .put("global_id", globalId)
                .put("external_id", externalId)
                .put("external_id_display", "0000002");
    }

    /** What is raised inside OSCaR: the fail-safe page in plain text. */
    static void raised(Answer answer) {
        answer.is(500);
        Different.unless("text/plain", answer.header("content-type").orElse("").startsWith("text/plain"));
    }

    static void saved(String externalId, Answer answer) {
        answer.is(200);
        Different.unlessSame("keys", "[external_id, message]", Answer.keys(answer.json()));
        Different.unlessSame("external_id", externalId, answer.json().path("external_id"));
        Different.unlessSame("message", SAVED, answer.json().path("message"));
    }
}
