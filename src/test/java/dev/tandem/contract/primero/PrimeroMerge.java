package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Clause;
import java.util.UUID;

/** How a sent record and the stored one become one, and what follows from its service rows. */
final class PrimeroMerge extends PrimeroClauses {
    private final String one = UUID.randomUUID().toString();
    private final String two = UUID.randomUUID().toString();

    PrimeroMerge(Primero primero) {
        super(primero);
    }

    private String caseWithTwoRows() {
        String id = primero.newCase("");
        write(
                id,
                row(one, "\"service_type_text\":\"a\",\"service_referral_notes\":\"one\""),
                row(two, "\"service_type_text\":\"b\""));
        return id;
    }

    @Clause(id = "P341", section = "3.7", says = "A row that is not sent stays, and so does a column that is not sent")
    void stays() {
        String id = caseWithTwoRows();
        write(id, row(one, "\"service_type_text\":\"c\""));
        JsonNode services = services(id);
        unlessSame("rows", 2, services.size());
        unlessSame("type", "c", services.path(0).path("service_type_text"));
        unlessSame("notes", "one", services.path(0).path("service_referral_notes"));
        unlessSame("second row", two, services.path(1).path("unique_id"));
    }

    @Clause(id = "P342", section = "3.7 10.9", says = "An empty list deletes no row")
    void emptyList() {
        String id = caseWithTwoRows();
        write(id);
        unlessSame("rows", 2, services(id).size());
    }

    @Clause(id = "P343", section = "3.7", says = "_destroy deletes a row, _delete does not")
    void destroy() {
        String id = caseWithTwoRows();
        write(id, row(one, "\"_delete\":true"));
        unlessSame("rows", 2, services(id).size());
        write(id, row(one, "\"_destroy\":true"));
        unlessSame("rows", 1, services(id).size());
        unlessSame("row", two, services(id).path(0).path("unique_id"));
    }

    @Clause(
            id = "P344",
            section = "3.7 10.9",
            says = "A row without unique_id is appended each time it is sent, with an id of its own")
    void appended() {
        String id = primero.newCase("");
        write(id, "{\"service_type_text\":\"a\"}");
        write(id, "{\"service_type_text\":\"a\"}");
        JsonNode services = services(id);
        unlessSame("rows", 2, services.size());
        unlessSame(
                "length of unique_id",
                36,
                services.path(0).path("unique_id").asText().length());
        unless(
                "two ids",
                !services.path(0).path("unique_id").equals(services.path(1).path("unique_id")));
    }

    @Clause(
            id = "P345",
            section = "3.7",
            says = "A row with an unused id of the caller's is inserted under it, and the same again changes nothing")
    void ownId() {
        String id = primero.newCase("");
        write(id, row(one, "\"service_type_text\":\"a\""));
        write(id, row(one, "\"service_type_text\":\"a\""));
        unlessSame("rows", 1, services(id).size());
        unlessSame("unique_id", one, services(id).path(0).path("unique_id"));
    }

    @Clause(id = "P346", section = "3.7", says = "Two new rows with one new id in one call are both inserted")
    void doubled() {
        String id = caseWithTwoRows();
        String same = UUID.randomUUID().toString();
        write(id, row(same, ""), row(same, ""));
        unlessSame("rows", 4, services(id).size());
    }

    @Clause(id = "P347", section = "3.4", says = "A changed subform is answered whole")
    void answeredWhole() {
        String id = caseWithTwoRows();
        JsonNode data = primero.patch(at(id), rows(row(one, "\"service_type_text\":\"c\"")))
                .is(200)
                .data();
        unlessSame("rows", 2, data.path("services_section").size());
    }

    @Clause(
            id = "P348",
            section = "3.5 3.7",
            says = "A list of texts is replaced whole, cleared by an empty one, and nulls in it go")
    void listsOfTexts() {
        String id = primero.newCase("\"protection_concerns\":[\"neglect\",\"separated\"]");
        primero.patch(at(id), "{\"protection_concerns\":[null,\"trafficked\"]}").is(200);
        unlessSame("list", "[\"trafficked\"]", primero.read(id).path("protection_concerns"));
        primero.patch(at(id), "{\"protection_concerns\":[]}").is(200);
        unlessSame("length", 0, primero.read(id).path("protection_concerns").size());
    }

    @Clause(
            id = "P349",
            section = "3.9",
            says = "A row with a type is not_implemented until service_implemented_day_time is set")
    void implemented() {
        String id = primero.newCase("");
        write(id, row(one, "\"service_type\":\"social_work_case_work\""));
        unlessSame("before", "not_implemented", services(id).path(0).path("service_implemented"));
        write(id, row(one, "\"service_implemented_day_time\":\"2026-03-01T00:00:00Z\""));
        unlessSame("after", "implemented", services(id).path(0).path("service_implemented"));
    }

    @Clause(
            id = "P350",
            section = "3.9",
            says =
                    "workflow is the response type of the newest row that is not implemented, and services_implemented when all are")
    void workflow() {
        String id = primero.newCase("");
        String type = "\"service_type\":\"social_work_case_work\",\"service_response_type\":";
        write(
                id,
                row(one, type + "\"referral_to_oscar\",\"service_response_day_time\":\"2026-02-02T00:00:00Z\""),
                row(two, type + "\"referral_from_oscar\",\"service_response_day_time\":\"2026-01-01T00:00:00Z\""));
        unlessSame("workflow", "referral_to_oscar", primero.read(id).path("workflow"));
        write(id, row(one, "\"service_implemented_day_time\":\"2026-03-01T00:00:00Z\""));
        unlessSame("workflow", "referral_from_oscar", primero.read(id).path("workflow"));
        write(id, row(two, "\"service_implemented_day_time\":\"2026-03-01T00:00:00Z\""));
        unlessSame("workflow", "services_implemented", primero.read(id).path("workflow"));
    }

    @Clause(id = "P351", section = "3.7", says = "_destroy in a record that has no such rows yet is stored as it is")
    void destroyStored() {
        JsonNode data = primero.create("\"services_section\":[" + row(one, "\"_destroy\":true") + "]");
        unlessSame("_destroy", true, data.path("services_section").path(0).path("_destroy"));
    }
}
