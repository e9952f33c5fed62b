package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.CASES;
import static dev.tandem.contract.primero.Primero.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import java.util.List;

/** Which values a field takes. */
final class PrimeroValues extends PrimeroClauses {
    PrimeroValues(Primero primero) {
        super(primero);
    }

    private void refused(String fields, String... pointers) {
        unlessSame(
                "pointers for " + fields,
                List.of(pointers),
                primero.post(CASES, primero.record(fields)).is(422).detail());
    }

    @Clause(
            id = "P321",
            section = "3.6 10.10",
            says = "Wrong values are 422 with a JSON pointer for each, and nothing is stored, the good values neither")
    void allOrNothing() {
        String id = primero.newCase("\"age\":1");
        Answer answer = primero.patch(
                at(id),
                "{\"name_first\":\"Good\",\"age\":\"9\",\"date_of_birth\":\"2026/03/01\",\"consent_for_services\":null,"
                        + "\"services_section\":[{\"service_response_day_time\":\"2026-03-01\",\"unique_id\":\"X\"}]}");
        unlessSame(
                "pointers",
                List.of(
                        "/age",
                        "/consent_for_services",
                        "/date_of_birth",
                        "/services_section/0/service_response_day_time",
                        "/services_section/0/unique_id"),
                answer.is(422).detail());
        unless("no name_first", !primero.read(id).has("name_first"));
        unlessSame("age", 1, primero.read(id).path("age"));
    }

    @Clause(
            id = "P322",
            section = "3.6 11",
            says =
                    "A text shaped like a date or a timestamp is 422 in a text field, notes and workers' names in rows too")
    void dateLikeTexts() {
        for (String text : List.of("2026-03-01", "2026-03-01T00:00:00Z", "2026-3-1 10:00:00")) {
            refused("\"mosvy_number\":\"" + text + "\"", "/mosvy_number");
            refused(
                    "\"services_section\":[{\"oscar_case_worker_name\":\"" + text + "\"}]",
                    "/services_section/0/oscar_case_worker_name");
        }
    }

    @Clause(id = "P323", section = "3.6", says = "A text that only begins or ends like a date is taken")
    void almostDates() {
        for (String text : List.of("2026-03-01T00:00", "1 2026-03-01", "2026-02-31")) {
            unlessSame(
                    "mosvy_number",
                    text,
                    primero.create("\"mosvy_number\":\"" + text + "\"").path("mosvy_number"));
        }
    }

    @Clause(
            id = "P324",
            section = "3.6",
            says = "A date field takes a bare date or null, and no timestamp, blank, or day that does not exist")
    void dates() {
        refused("\"date_of_birth\":\"2026-02-31\"", "/date_of_birth");
        refused("\"date_of_birth\":\"2015-01-01T00:00:00Z\"", "/date_of_birth");
        refused("\"date_of_birth\":\"\"", "/date_of_birth");
        primero.newCase("\"date_of_birth\":null");
    }

    @Clause(
            id = "P325",
            section = "3.6",
            says = "A number field takes whole numbers of 32 bits, 9.0 too, and no text or 9.5")
    void numbers() {
        refused("\"age\":9.5", "/age");
        refused("\"age\":3000000000", "/age");
        refused("\"age\":\"9\"", "/age");
        unlessSame("age", 9, primero.create("\"age\":9.0").path("age").asInt());
    }

    @Clause(id = "P326", section = "3.6", says = "A tick box takes true and false, and neither null nor \"true\"")
    void ticks() {
        refused("\"consent_for_services\":null", "/consent_for_services");
        refused("\"consent_for_services\":\"true\"", "/consent_for_services");
    }

    @Clause(
            id = "P327",
            section = "0 3.6 11",
            says = "A select value that is not in its lookup is taken up to 2.14 and 422 from 2.15")
    void selects() {
        if (primero.hasEnums()) {
            refused("\"sex\":\"Female\"", "/sex");
            refused("\"services_section\":[{\"service_type\":\"Other\"}]", "/services_section/0/service_type");
        } else {
            unlessSame("sex", "Female", primero.create("\"sex\":\"Female\"").path("sex"));
        }
    }

    @Clause(
            id = "P328",
            section = "3.6 11",
            says = "status takes any text up to 2.14, and from 2.15 only its own words")
    void statuses() {
        if (primero.hasEnums()) {
            refused("\"status\":\"bogus\"", "/status");
        } else {
            unlessSame("status", "bogus", primero.create("\"status\":\"bogus\"").path("status"));
        }
    }

    @Clause(
            id = "P329",
            section = "3.6",
            says = "Codes of places, agencies and users are never checked, only their type")
    void unchecked() {
        String id = primero.newCase(
                "\"location_current\":\"nowhere\",\"services_section\":[{\"service_implementing_agency\":\"agency-none\"}]");
        unlessSame("location_current", "nowhere", primero.read(id).path("location_current"));
        unlessSame("agency", "agency-none", services(id).path(0).path("service_implementing_agency"));
        refused("\"location_current\":12", "/location_current");
    }

    @Clause(id = "P330", section = "3.6", says = "An unknown module_id is 422")
    void unknownModule() {
        unlessSame(
                "pointers",
                List.of("/module_id"),
                primero.post(CASES, "{\"module_id\":\"nowhere\"}").is(422).detail());
    }

    @Clause(
            id = "P331",
            section = "3.6 7",
            says = "A birth in a future year is the model's 422: detail names the attribute, message is an array")
    void futureBirth() {
        Answer answer = primero.post(CASES, primero.record("\"date_of_birth\":\"2999-01-01\""))
                .is(422);
        unlessSame("detail", List.of("date_of_birth"), answer.detail());
        unless("an array", answer.json().at("/errors/0/message").isArray());
    }

    @Clause(
            id = "P332",
            section = "2.4 3.6",
            says = "A timestamp with an offset is answered in UTC with three decimals")
    void instants() {
        String id =
                primero.newCase("\"services_section\":[{\"service_response_day_time\":\"2026-03-01T07:00:00+07:00\"}]");
        unlessSame(
                "service_response_day_time",
                "2026-03-01T00:00:00.000Z",
                services(id).path(0).path("service_response_day_time"));
    }

    @Clause(
            id = "P333",
            section = "3.6",
            says = "A row's unique_id must be a lower-case UUID: capitals and null are 422")
    void uniqueIds() {
        refused(
                "\"services_section\":[{\"unique_id\":\"AAAAAAAA-0000-4000-8000-000000000001\"}]",
                "/services_section/0/unique_id");
        refused("\"services_section\":[{\"unique_id\":null}]", "/services_section/0/unique_id");
    }

    @Clause(id = "P334", section = "3.6", says = "Khmer text is kept as it is")
    void khmer() {
        JsonNode data = primero.read(primero.newCase("\"name_first\":\"វណ្ណា\""));
        unlessSame("name_first", "វណ្ណា", data.path("name_first"));
    }
}
