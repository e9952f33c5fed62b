package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.CASES;
import static dev.tandem.contract.primero.Primero.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import java.util.List;
import java.util.UUID;

/** Creating, updating, disabling. */
final class PrimeroWrites extends PrimeroClauses {
    PrimeroWrites(Primero primero) {
        super(primero);
    }

    private static List<String> sortedKeys(JsonNode data) {
        List<String> keys = Answer.keys(data);
        keys.sort(null);
        return keys;
    }

    private static final List<String> ALWAYS = List.of("enabled", "id", "last_updated_at");

    @Clause(
            id = "P301",
            section = "3.3",
            says =
                    "A create without id is 200 with what was stored: open, new, registered today, owned and made by the caller")
    void create() {
        JsonNode data = primero.create("\"name_first\":\"Sample\"");
        unlessSame("name_first", "Sample", data.path("name_first"));
        unlessSame("status", "open", data.path("status"));
        unlessSame("workflow", "new", data.path("workflow"));
        unlessSame("record_state", true, data.path("record_state"));
        unlessSame("owned_by", primero.user(), data.path("owned_by"));
        unlessSame("created_by", primero.user(), data.path("created_by"));
        unlessSame(
                "registration_date", data.path("created_at").asText().substring(0, 10), data.path("registration_date"));
        unless("no last_updated_by, no record_in_scope", !data.has("last_updated_by") && !data.has("record_in_scope"));
    }

    @Clause(id = "P302", section = "3.1", says = "case_id is another UUID than id, and short_id its last 7 characters")
    void identifiers() {
        JsonNode data = primero.create("");
        unlessSame("length of case_id", 36, data.path("case_id").asText().length());
        unless("case_id is not id", !data.path("case_id").equals(data.path("id")));
        unlessSame(
                "short_id",
                data.path("case_id").asText().substring(29),
                data.path("short_id").asText());
        unless(
                "case_id_display ends with short_id",
                data.path("case_id_display")
                        .asText()
                        .endsWith(data.path("short_id").asText()));
    }

    @Clause(
            id = "P303",
            section = "3.3",
            says = "A create with an id of the caller's is 204 without body; the same again is 409")
    void createWithId() {
        String id = UUID.randomUUID().toString();
        primero.made(id);
        Answer made =
                primero.post(CASES, primero.record("\"id\":\"" + id + "\"")).is(204);
        unless("no body", made.text().isEmpty());
        unlessSame("id", id, primero.read(id).path("id"));
        Answer again =
                primero.post(CASES, primero.record("\"id\":\"" + id + "\"")).is(409);
        unless("errors", again.json().has("errors"));
    }

    @Clause(id = "P304", section = "3.1 3.3", says = "A case_id that exists is 409; an oscar_number that exists is not")
    void unique() {
        String name = primero.nextName();
        primero.newCase("\"case_id\":\"" + name + "\",\"oscar_number\":\"" + name + "\"");
        primero.post(CASES, primero.record("\"case_id\":\"" + name + "\"")).is(409);
        primero.newCase("\"oscar_number\":\"" + name + "\"");
        unlessSame("cases", 2, primero.get(CASES + "?oscar_number=" + name).total());
    }

    @Clause(id = "P305", section = "3.3", says = "Without module_id every form field is dropped, with 200")
    void noModule() {
        JsonNode data = primero.post(
                        CASES, "{\"name_first\":\"Sample\",\"source_case_display_id\":\"" + primero.mark() + "\"}")
                .is(200)
                .data();
        primero.made(data.path("id").asText());
        unless("an id", !data.path("id").asText().isEmpty());
        unless("no name_first", !data.has("name_first"));
    }

    @Clause(id = "P306", section = "3.3 11", says = "owned_by null on create makes the caller the owner")
    void nullOwner() {
        unlessSame(
                "owned_by", primero.user(), primero.create("\"owned_by\":null").path("owned_by"));
    }

    @Clause(
            id = "P307",
            section = "3.4",
            says = "An update answers id, enabled, last_updated_at and the fields that changed, no others")
    void update() {
        String id = primero.newCase("\"name_first\":\"Sample\",\"age\":5");
        JsonNode data = primero.patch(at(id), "{\"age\":6,\"name_first\":\"Sample\"}")
                .is(200)
                .data();
        unlessSame("keys", List.of("age", "enabled", "id", "last_updated_at"), sortedKeys(data));
    }

    @Clause(
            id = "P308",
            section = "3.4 10.6",
            says = "An update that changes nothing, even without data, still stamps the case and names the caller")
    void bump() {
        String id = primero.newCase("\"age\":5");
        String before = stamp(id);
        primero.tick();
        primero.call("PATCH", at(id), "{}").is(200);
        unless("a later last_updated_at", stamp(id).compareTo(before) > 0);
        unlessSame("last_updated_by", primero.user(), primero.read(id).path("last_updated_by"));
    }

    @Clause(
            id = "P309",
            section = "3.5 0",
            says =
                    "Unknown keys, workflow, case_id, last_updated_by and owned_by_full_name are dropped from an update with 200")
    void dropped() {
        JsonNode made = primero.create("");
        String id = made.path("id").asText();
        Answer answer = primero.patch(
                at(id),
                "{\"no_such\":1,\"workflow\":\"closed\",\"case_id\":\"other\",\"last_updated_by\":\"x\","
                        + "\"owned_by_full_name\":\"x\",\"short_id\":\"x\"}");
        unlessSame("keys", ALWAYS, sortedKeys(answer.is(200).data()));
        unlessSame("case_id", made.path("case_id").asText(), primero.read(id).path("case_id"));
        unlessSame("workflow", "new", primero.read(id).path("workflow"));
    }

    @Clause(
            id = "P310",
            section = "3.5 11",
            says = "An array for a text, a text for an array and null for an array are dropped with 200")
    void wrongShapes() {
        String id =
                primero.newCase("\"name_first\":\"Sample\",\"services_section\":[{\"service_referral_notes\":\"a\"}]");
        Answer answer = primero.patch(at(id), "{\"name_first\":[\"a\"],\"services_section\":\"x\"}");
        unlessSame("keys", ALWAYS, sortedKeys(answer.is(200).data()));
        primero.patch(at(id), "{\"services_section\":null}").is(200);
        unlessSame("name_first", "Sample", primero.read(id).path("name_first"));
        unlessSame("rows", 1, services(id).size());
    }

    @Clause(id = "P311", section = "3.5 10.7", says = "status, record_state and created_at stay writable by an update")
    void core() {
        String id = primero.newCase("");
        primero.patch(at(id), "{\"record_state\":false,\"status\":\"closed\",\"created_at\":\"2020-01-01T00:00:00Z\"}")
                .is(200);
        JsonNode data = primero.read(id);
        unlessSame("enabled", false, data.path("enabled"));
        unlessSame("status", "closed", data.path("status"));
        unlessSame("created_at", "2020-01-01T00:00:00.000Z", data.path("created_at"));
    }

    @Clause(id = "P312", section = "3.4", says = "DELETE disables the case and keeps it")
    void delete() {
        String id = primero.newCase("");
        unlessSame("id", id, primero.delete(at(id)).is(200).data().path("id"));
        unlessSame("enabled", false, primero.read(id).path("enabled"));
    }

    @Clause(
            id = "P313",
            section = "11",
            says = "Closing sets workflow closed and date_closure; a new service row reopens with workflow reopened")
    void closeAndReopen() {
        String id = primero.newCase("");
        primero.patch(at(id), "{\"status\":\"closed\"}").is(200);
        unlessSame("workflow", "closed", primero.read(id).path("workflow"));
        unless("date_closure", primero.read(id).hasNonNull("date_closure"));
        write(id, "{\"service_referral_notes\":\"again\"}");
        JsonNode data = primero.read(id);
        unlessSame("status", "open", data.path("status"));
        unlessSame("case_status_reopened", true, data.path("case_status_reopened"));
        unlessSame("workflow", "reopened", data.path("workflow"));
        unlessSame("reopened_logs", 1, data.path("reopened_logs").size());
    }

    @Clause(
            id = "P314",
            section = "3.9",
            says = "A changed row of a closed case does not reopen it, nor does a new row of a disabled one")
    void notReopened() {
        String id = primero.newCase("");
        String row = UUID.randomUUID().toString();
        write(id, row(row, "\"service_referral_notes\":\"one\""));
        primero.patch(at(id), "{\"status\":\"closed\"}").is(200);
        write(id, row(row, "\"service_referral_notes\":\"two\""));
        unlessSame("status", "closed", primero.read(id).path("status"));
        primero.patch(at(id), "{\"record_state\":false}").is(200);
        write(id, "{\"service_referral_notes\":\"three\"}");
        unlessSame("status", "closed", primero.read(id).path("status"));
    }
}
