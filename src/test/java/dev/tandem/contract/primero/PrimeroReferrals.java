package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.CASES;
import static dev.tandem.contract.primero.Primero.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Referrals of a case: made, moved, listed. */
final class PrimeroReferrals extends PrimeroClauses {
    PrimeroReferrals(Primero primero) {
        super(primero);
    }

    private String to(String more) {
        return "{\"transitioned_to\":\"" + primero.recipient() + "\",\"notes\":\"" + primero.mark() + "\""
                + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private String referred(String caseId) {
        return primero.post(referrals(caseId), to("")).is(200).data().path("id").asText();
    }

    private String referredCase() {
        return primero.newCase(CONSENT);
    }

    private Answer move(String caseId, String referral, String status) {
        return primero.patch(referrals(caseId) + "/" + referral, "{\"status\":\"" + status + "\"}");
    }

    private String names(String caseId) {
        return primero.read(caseId).path("associated_user_names").toString();
    }

    @Clause(
            id = "P401",
            section = "4.1 4.3",
            says =
                    "A referral is 200 in_progress, stamps the case, marks its service row and gives the recipient scope")
    void referral() {
        String id = referredCase();
        String row = UUID.randomUUID().toString();
        write(id, row(row, "\"service_type_text\":\"a\""));
        String before = stamp(id);
        primero.tick();
        JsonNode data = primero.post(referrals(id), to("\"service_record_id\":\"" + row + "\""))
                .is(200)
                .data();
        unlessSame("status", "in_progress", data.path("status"));
        unlessSame("record_type", "case", data.path("record_type"));
        unlessSame("record_id", id, data.path("record_id"));
        unlessSame("service_record_id", row, data.path("service_record_id"));
        unlessSame("transitioned_to", primero.recipient(), data.path("transitioned_to"));
        unless("no responded_at", !data.has("responded_at"));
        unless("a later last_updated_at", stamp(id).compareTo(before) > 0);
        unlessSame("service_status_referred", true, services(id).path(0).path("service_status_referred"));
        unless("recipient among the associated", names(id).contains(primero.recipient()));
    }

    @Clause(id = "P402", section = "4.2", says = "The list of referrals has no metadata")
    void list() {
        String id = referredCase();
        String referral = referred(id);
        Answer answer = primero.get(referrals(id)).is(200);
        unlessSame("ids", List.of(referral), answer.values("id"));
        unless("no metadata", !answer.json().has("metadata"));
    }

    @Clause(id = "P403", section = "4.2", says = "Referrals are listed in no order")
    void noOrder() {
        primero.simulator("many referrals");
        String id = referredCase();
        for (int i = 0; i < 8; i++) {
            referred(id);
        }
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            List<String> order = primero.get(referrals(id)).is(200).values("id");
            unlessSame("referrals", 8, order.size());
            orders.add(order);
        }
        unless("more than one order", orders.size() > 1);
    }

    @Clause(id = "P404", section = "4.3 10.12", says = "The same referral again is a second referral")
    void notIdempotent() {
        String id = referredCase();
        unless("two ids", !referred(id).equals(referred(id)));
        unlessSame("referrals", 2, primero.get(referrals(id)).data().size());
    }

    @Clause(
            id = "P405",
            section = "4.3",
            says = "Without both consents it is 422 for consent, unless consent_overridden is sent")
    void consent() {
        String id = primero.newCase("\"consent_for_services\":true");
        Answer answer = primero.post(referrals(id), to("")).is(422);
        unlessSame("detail", List.of("consent"), answer.detail());
        unless("an array", answer.json().at("/errors/0/message").isArray());
        primero.post(referrals(id), to("\"consent_overridden\":true")).is(200);
    }

    @Clause(id = "P406", section = "4.3", says = "An unknown recipient, or none, is 500, and no referral is made")
    void unknownRecipient() {
        String id = referredCase();
        primero.post(referrals(id), "{\"transitioned_to\":\"nobody-of-this-name\"}")
                .is(500);
        primero.post(referrals(id), "{}").is(500);
        unlessSame("referrals", 0, primero.get(referrals(id)).data().size());
    }

    @Clause(id = "P407", section = "4.3", says = "Oneself as the recipient is 422 for transitioned_to")
    void self() {
        String id = referredCase();
        Answer answer = primero.post(referrals(id), "{\"transitioned_to\":\"" + primero.user() + "\"}")
                .is(422);
        unlessSame("detail", List.of("transitioned_to"), answer.detail());
    }

    @Clause(id = "P408", section = "4.3", says = "A disabled recipient is 422 for transitioned_to")
    void disabledRecipient() {
        primero.simulator("an account that may be disabled").disableUser(primero.recipient());
        unlessSame(
                "detail",
                List.of("transitioned_to"),
                primero.post(referrals(referredCase()), to("")).is(422).detail());
    }

    @Clause(
            id = "P409",
            section = "4.3",
            says = "A service_record_id that is not there is ignored; in a case without service rows it is 500")
    void unknownService() {
        String id = referredCase();
        String wish = to("\"service_record_id\":\"" + UUID.randomUUID() + "\"");
        primero.post(referrals(id), wish).is(500);
        write(id, "{\"service_type_text\":\"a\"}");
        primero.post(referrals(id), wish).is(200);
    }

    @Clause(id = "P410", section = "4.4", says = "in_progress becomes accepted or rejected, with responded_at")
    void decisions() {
        for (String status : List.of("accepted", "rejected")) {
            String id = referredCase();
            JsonNode data = move(id, referred(id), status).is(200).data();
            unlessSame("status", status, data.path("status"));
            unless("responded_at", data.hasNonNull("responded_at"));
        }
    }

    @Clause(
            id = "P411",
            section = "4.4 10.13",
            says =
                    "Every other move is 200, changes nothing and does not stamp the case: done before accepted, anything after rejected, done or revoked, unknown words")
    void noOps() {
        String id = referredCase();
        String referral = referred(id);
        unmoved(id, referral, "in_progress", "done", "nonsense");
        move(id, referral, "accepted").is(200);
        unmoved(id, referral, "accepted", "accepted", "rejected", "nonsense");
        move(id, referral, "done").is(200);
        unmoved(id, referral, "done", "accepted", "rejected", "done");
        String other = referred(id);
        move(id, other, "rejected").is(200);
        unmoved(id, other, "rejected", "accepted", "rejected", "done");
        String revoked = referred(id);
        primero.delete(referrals(id) + "/" + revoked).is(200);
        unmoved(id, revoked, "revoked", "accepted", "rejected", "done");
    }

    private void unmoved(String id, String referral, String now, String... wishes) {
        for (String wish : wishes) {
            String before = stamp(id);
            primero.tick();
            unlessSame(
                    "status after " + wish + " of",
                    now,
                    move(id, referral, wish).is(200).data().path("status"));
            unlessSame("last_updated_at after " + wish, before, stamp(id));
        }
    }

    @Clause(
            id = "P412",
            section = "4.4 10.6",
            says = "Accepting stamps the case and does not name who did; rejecting names them")
    void whoMoved() {
        PrimeroSimulator simulator = primero.simulator("a second account's edit");
        String id = referredCase();
        String first = referred(id);
        String second = referred(id);
        simulator.worker().edit(id, java.util.Map.of("age", 3));
        String before = stamp(id);
        primero.tick();
        move(id, first, "accepted").is(200);
        unless("a later last_updated_at", stamp(id).compareTo(before) > 0);
        unlessSame("last_updated_by", "mgrpnh", primero.read(id).path("last_updated_by"));
        move(id, second, "rejected").is(200);
        unlessSame("last_updated_by", primero.user(), primero.read(id).path("last_updated_by"));
    }

    @Clause(
            id = "P413",
            section = "4.4",
            says = "Rejecting takes the recipient from the case, unless another referral needs them there")
    void unassigned() {
        String id = referredCase();
        String first = referred(id);
        String second = referred(id);
        move(id, first, "rejected").is(200);
        unless("recipient among the associated", names(id).contains(primero.recipient()));
        move(id, second, "rejected").is(200);
        unless("recipient gone", !names(id).contains(primero.recipient()));
    }

    @Clause(
            id = "P414",
            section = "4.4",
            says = "done after accepted implements the service row and copies rejection_note into it")
    void done() {
        String id = referredCase();
        String row = UUID.randomUUID().toString();
        write(id, row(row, "\"service_type_text\":\"a\""));
        String referral = primero.post(referrals(id), to("\"service_record_id\":\"" + row + "\""))
                .is(200)
                .data()
                .path("id")
                .asText();
        move(id, referral, "accepted").is(200);
        primero.patch(referrals(id) + "/" + referral, "{\"status\":\"done\",\"rejection_note\":\"all good\"}")
                .is(200);
        JsonNode service = services(id).path(0);
        unlessSame("service_implemented", "implemented", service.path("service_implemented"));
        unless("service_implemented_day_time", service.hasNonNull("service_implemented_day_time"));
        unlessSame("note", "all good", service.path("note_on_referral_from_provider"));
    }

    @Clause(
            id = "P415",
            section = "4.4 10.14",
            says = "With consent withdrawn a real move is 422 for consent and changes nothing; a no-op stays 200")
    void consentWithdrawn() {
        String id = referredCase();
        String referral = referred(id);
        primero.patch(at(id), "{\"consent_for_services\":false,\"disclosure_other_orgs\":false}")
                .is(200);
        unlessSame(
                "detail",
                List.of("consent"),
                move(id, referral, "accepted").is(422).detail());
        primero.delete(referrals(id) + "/" + referral).is(422);
        move(id, referral, "done").is(200);
        unlessSame("status", List.of("in_progress"), primero.get(referrals(id)).values("status"));
    }

    @Clause(
            id = "P416",
            section = "11",
            says = "Accepting with a recipient who has been disabled is 422 for transitioned_to and stays in progress")
    void recipientGone() {
        PrimeroSimulator simulator = primero.simulator("an account that may be disabled");
        String id = referredCase();
        String referral = referred(id);
        simulator.disableUser(primero.recipient());
        unlessSame(
                "detail",
                List.of("transitioned_to"),
                move(id, referral, "accepted").is(422).detail());
        unlessSame("status", List.of("in_progress"), primero.get(referrals(id)).values("status"));
    }

    @Clause(id = "P417", section = "4.4", says = "An update without data is 422, an unknown referral 404")
    void badMoves() {
        String id = referredCase();
        primero.call("PATCH", referrals(id) + "/" + referred(id), "{}").is(422);
        move(id, UUID.randomUUID().toString(), "accepted").is(404);
    }

    @Clause(id = "P418", section = "4.4", says = "A referral is found through the path of any case")
    void anyPath() {
        String id = referredCase();
        String other = referredCase();
        unlessSame(
                "status",
                "accepted",
                move(other, referred(id), "accepted").is(200).data().path("status"));
    }

    @Clause(id = "P419", section = "4.4", says = "DELETE revokes, whatever the status was")
    void revoke() {
        String id = referredCase();
        String referral = referred(id);
        move(id, referral, "accepted").is(200);
        primero.delete(referrals(id) + "/" + referral).is(200);
        unlessSame("status", List.of("revoked"), primero.get(referrals(id)).values("status"));
    }

    @Clause(
            id = "P420",
            section = "4.5 11",
            says = "Many at once go in the order of the ids and stop at the first that fails; what was made stays")
    void bulk() {
        String good = referredCase();
        String bad = primero.newCase("");
        String never = referredCase();
        primero.post(CASES + "/referrals", to("\"ids\":[\"" + good + "\",\"" + bad + "\",\"" + never + "\"]"))
                .is(422);
        unlessSame(
                "referrals of the first", 1, primero.get(referrals(good)).data().size());
        unlessSame(
                "referrals of the last", 0, primero.get(referrals(never)).data().size());
    }

    @Clause(
            id = "P421",
            section = "4.5 11",
            says =
                    "Many at once: an unknown case is 404 for all, an unknown recipient 500, no ids 200 with an empty list")
    void bulkRefused() {
        String good = referredCase();
        primero.post(CASES + "/referrals", to("\"ids\":[\"" + good + "\",\"" + UUID.randomUUID() + "\"]"))
                .is(404);
        unlessSame("referrals", 0, primero.get(referrals(good)).data().size());
        primero.post(CASES + "/referrals", "{\"ids\":[\"" + good + "\"],\"transitioned_to\":\"nobody-of-this-name\"}")
                .is(500);
        unlessSame(
                "data",
                "[]",
                primero.post(CASES + "/referrals", to("\"ids\":[]")).is(200).data());
    }

    @Clause(
            id = "P422",
            section = "4.6 11",
            says = "A transfer leaves the referrals' status, the NGO's access and record_owned_by as they were")
    void transfer() {
        primero.simulator("a second account that accepts the transfer");
        String id = primero.newCase(CONSENT + ",\"owned_by\":\"mgrpnh\"");
        referred(id);
        JsonNode transfer = primero.post(at(id) + "/transfers", "{\"transitioned_to\":\"mgrkep\"}")
                .is(200)
                .data();
        primero.patch(at(id) + "/transfers/" + transfer.path("id").asText(), "{\"status\":\"accepted\"}")
                .is(200);
        unlessSame("owned_by", "mgrkep", primero.read(id).path("owned_by"));
        JsonNode referral = primero.get(referrals(id)).is(200).data().path(0);
        unlessSame("status", "in_progress", referral.path("status"));
        unlessSame("record_owned_by", "mgrpnh", referral.path("record_owned_by"));
        unless("recipient among the associated", names(id).contains(primero.recipient()));
    }

    @Clause(
            id = "P423",
            section = "4.1",
            says = "user_can_accept_or_reject is true for the recipient only, and forbids nobody else")
    void whoMayDecide() {
        primero.simulator("a second account");
        String id = referredCase();
        String referral = referred(id);
        unlessSame(
                "to the recipient",
                true,
                primero.as(primero.recipient(), PrimeroSimulator.HUMAN_PASSWORD)
                        .send("GET", referrals(id), (String) null)
                        .data()
                        .path(0)
                        .path("user_can_accept_or_reject"));
        unlessSame("to others", false, primero.get(referrals(id)).data().path(0).path("user_can_accept_or_reject"));
        move(id, referral, "accepted").is(200);
    }
}
