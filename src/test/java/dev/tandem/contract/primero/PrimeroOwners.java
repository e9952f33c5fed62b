package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.primero.PrimeroSimulator;

/** Whose a case is. */
final class PrimeroOwners extends PrimeroClauses {
    PrimeroOwners(Primero primero) {
        super(primero);
    }

    @Clause(
            id = "P361",
            section = "3.8",
            says = "A known owner brings agency and scope, and the one before is kept as previously_owned_by")
    void known() {
        String recipient = primero.recipient();
        String id = primero.newCase("");
        primero.patch(at(id), "{\"owned_by\":\"" + recipient + "\"}").is(200);
        JsonNode data = primero.read(id);
        unlessSame("owned_by", recipient, data.path("owned_by"));
        unless("an agency", !data.path("owned_by_agency_id").asText().isEmpty());
        unlessSame("associated_user_names", "[\"" + recipient + "\"]", data.path("associated_user_names"));
        unlessSame("previously_owned_by", primero.user(), data.path("previously_owned_by"));
    }

    @Clause(
            id = "P362",
            section = "3.8 10.11",
            says =
                    "An unknown owner in an update is 200 and the owner stays, but the associated names are those of the unknown one")
    void unknownOnUpdate() {
        String id = primero.newCase("");
        primero.patch(at(id), "{\"owned_by\":\"Nobody-Of-This-Name\"}").is(200);
        unlessSame("owned_by", primero.user(), primero.read(id).path("owned_by"));
        unlessSame(
                "associated_user_names",
                "[\"Nobody-Of-This-Name\"]",
                primero.read(id).path("associated_user_names"));
    }

    @Clause(id = "P363", section = "3.8", says = "The real owner loses the case when an unknown owner is sent")
    void scopeLost() {
        primero.simulator("a second account");
        String id = primero.newCase("\"owned_by\":\"mgrpnh\"");
        primero.patch(at(id), "{\"owned_by\":\"MgrKep\"}").is(200);
        primero.as("mgrpnh", PrimeroSimulator.HUMAN_PASSWORD)
                .send("GET", at(id), (String) null)
                .is(403);
    }

    @Clause(id = "P364", section = "3.8", says = "An unknown owner in a create leaves the case without one")
    void unknownOnCreate() {
        JsonNode data = primero.create("\"owned_by\":\"nobody-of-this-name\"");
        unless("owned_by null", !data.hasNonNull("owned_by"));
    }

    @Clause(
            id = "P365",
            section = "11",
            says = "owned_by null in an update clears the owner and leaves owned_by_agency_id")
    void cleared() {
        String id = primero.newCase("");
        String agency = primero.read(id).path("owned_by_agency_id").asText();
        primero.patch(at(id), "{\"owned_by\":null}").is(200);
        unless("no owner", !primero.read(id).hasNonNull("owned_by"));
        unlessSame("owned_by_agency_id", agency, primero.read(id).path("owned_by_agency_id"));
    }
}
