package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.CASES;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Clause;
import dev.tandem.contract.Different;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Which rows a filter gives, and when it is none. */
final class PrimeroFilters extends PrimeroClauses {
    PrimeroFilters(Primero primero) {
        super(primero);
    }

    private int total(String filter) {
        return primero.get(CASES + "?per=1&fields=short&" + filter).is(200).total();
    }

    private void finds(String id, String filter) {
        found(id, filter, 1);
    }

    private void found(String id, String filter, int rows) {
        int seen = total("id=" + id + "&" + filter);
        if (seen != rows) {
            throw new Different(filter + " finds " + rows, "found " + seen);
        }
    }

    @Clause(id = "P221", section = "2.2 10.1", says = "What is not recognised is no filter: the whole list with 200")
    void noFilter() {
        String id = primero.newCase("\"age\":1");
        for (String ignored : List.of(
                "remote=true",
                "case_status=open",
                "no_such_field=7",
                "last_updated_at=undefined..",
                "last_updated_at=..2020-01-01",
                "last_updated_at=..",
                "last_updated_at=2030-01-01T00:00:00+07:00..",
                "last_updated_at=2030-01-01T00:00..",
                "last_updated_at=2030-01-01T00:00:00%2B0700..")) {
            finds(id, ignored);
        }
    }

    @Clause(
            id = "P222",
            section = "2.2 10.2",
            says = "A filter that the database refuses is 200 with an empty list, as if nothing were there")
    void refusedByTheDatabase() {
        String id = primero.newCase("\"age\":1");
        for (String refused :
                List.of("last_updated_at=2026-03-01", "last_updated_at=2026-03-01T10:20:30Z", "status=7")) {
            found(id, refused, 0);
        }
        unlessSame("total", 0, total("id=nonsense"));
    }

    @Clause(id = "P223", section = "2.2", says = "A range whose end cannot be read is 500")
    void badEnd() {
        primero.get(CASES + "?last_updated_at=2026-03-01..nonsense").is(500);
    }

    @Clause(
            id = "P224",
            section = "2.2",
            says = "oscar_number and case_id are compared as they are: leading zeros count, part of one is not found")
    void identifiers() {
        String number = "00" + primero.nextName();
        JsonNode made = primero.create("\"oscar_number\":\"" + number + "\"");
        unlessSame("total", 1, total("oscar_number=" + number));
        unlessSame("total", 0, total("oscar_number=" + number.substring(1)));
        unlessSame("total", 1, total("case_id=" + made.path("case_id").asText()));
        unlessSame("total", 0, total("case_id=nobody-has-this"));
    }

    @Clause(id = "P225", section = "2.1 2.2", says = "query finds part of an identifier")
    void query() {
        String number = primero.nextName();
        primero.newCase("\"oscar_number\":\"" + number + "\"");
        unlessSame("total", 1, total("query=" + number.substring(1).toUpperCase(java.util.Locale.ROOT)));
    }

    @Clause(
            id = "P226",
            section = "2.2 10.20",
            says = "Elsewhere digits become a number: mosvy_number=0305 and a place's code find nothing")
    void digits() {
        String id = primero.newCase("\"mosvy_number\":\"0305\",\"location_current\":\"12110417\"");
        found(id, "mosvy_number=0305", 0);
        found(id, "location_current=12110417", 0);
    }

    @Clause(
            id = "P227",
            section = "2.2",
            says = "Texts match exactly, lists any of theirs, integers by value, ranges of integers both ends included")
    void coercions() {
        String id = primero.newCase("\"sex\":\"male\",\"age\":7,\"protection_concerns\":[\"neglect\"]");
        finds(id, "protection_concerns=neglect");
        found(id, "protection_concerns=separated", 0);
        finds(id, "sex=male");
        finds(id, "sex=female,male");
        found(id, "sex=female", 0);
        finds(id, "age=07");
        finds(id, "age=7..7");
        found(id, "age=8..", 0);
        finds(id, "or[age]=9&or[sex]=male".replace("[", "%5B").replace("]", "%5D"));
    }

    @Clause(id = "P228", section = "2.2", says = "false also finds what has no value, not[field] too; true does not")
    void missingValues() {
        String id = primero.newCase("\"age\":1");
        finds(id, "consent_for_services=false");
        found(id, "consent_for_services=true", 0);
        finds(id, "not%5Bsex%5D=male");
    }

    @Clause(id = "P229", section = "2.2", says = "id takes a comma list of UUIDs")
    void ids() {
        String one = primero.newCase("");
        String other = primero.newCase("");
        unlessSame("total", 2, total("id=" + one + "," + other));
    }

    @Clause(
            id = "P230",
            section = "2.3 11",
            says =
                    "A range of last_updated_at goes by whole seconds, both included; milliseconds of either end are ignored")
    void seconds() {
        String id = primero.newCase("");
        Instant second = Instant.parse(stamp(id)).truncatedTo(ChronoUnit.SECONDS);
        finds(id, "last_updated_at=" + second + "..");
        finds(id, "last_updated_at=" + second.plusMillis(999) + "..");
        finds(id, "last_updated_at=" + second.minusSeconds(30) + ".." + second.plusMillis(1));
        found(id, "last_updated_at=" + second.plusSeconds(1) + "..", 0);
        found(id, "last_updated_at=" + second.minusSeconds(30) + ".." + second.minusMillis(1), 0);
    }

    @Clause(id = "P231", section = "2.3", says = "An offset in a range counts if it is URL-encoded and has its colon")
    void offsets() {
        String id = primero.newCase("");
        Instant second = Instant.parse(stamp(id)).truncatedTo(ChronoUnit.SECONDS);
        String there = second.plus(Duration.ofHours(7)).toString().replace("Z", "%2B07:00");
        finds(id, "last_updated_at=" + there + "..");
        found(
                id,
                "last_updated_at="
                        + second.plusSeconds(1)
                                .plus(Duration.ofHours(7))
                                .toString()
                                .replace("Z", "%2B07:00") + "..",
                0);
    }

    @Clause(
            id = "P232",
            section = "2.3 11",
            says =
                    "Bare dates of last_updated_at are whole days, the last one included; after an instant a bare date is its midnight")
    void days() {
        String id = primero.newCase("");
        LocalDate day = LocalDate.ofInstant(Instant.parse(stamp(id)), ZoneOffset.UTC);
        finds(id, "last_updated_at=" + day + "..");
        finds(id, "last_updated_at=" + day + ".." + day);
        found(id, "last_updated_at=" + day.plusDays(1) + "..", 0);
        found(id, "last_updated_at=" + day.minusDays(3) + "T00:00:00Z.." + day, 0);
    }

    @Clause(
            id = "P233",
            section = "2.3 11",
            says = "created_at is compared below the second, and a bare date is its midnight")
    void createdAt() {
        String id = primero.newCase("");
        Instant created = Instant.parse(primero.read(id).path("created_at").asText());
        LocalDate day = LocalDate.ofInstant(created, ZoneOffset.UTC);
        finds(id, "created_at=" + created + "..");
        found(id, "created_at=" + created.plusMillis(1) + "..", 0);
        finds(id, "created_at=" + day + ".." + day.plusDays(1));
        found(id, "created_at=" + day.minusDays(1) + ".." + day, 0);
    }

    @Clause(id = "P234", section = "11", says = "id[]= is 500 with an empty body")
    void idList() {
        String id = primero.newCase("");
        unless(
                "an empty body",
                primero.get(CASES + "?id%5B%5D=" + id).is(500).text().isEmpty());
    }

    @Clause(
            id = "P235",
            section = "2.2",
            says =
                    "loc:location_current finds what lies below a place; a code of digits only loses its leading zeros first")
    void places() {
        primero.simulator("known places");
        String id = primero.newCase("\"location_current\":\"1010101\"");
        finds(id, "loc:location_current=0101");
        found(id, "loc:location_current=2", 0);
    }
}
