package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.oscar.OscarServer.CLIENTS;
import static dev.tandem.contract.oscar.OscarServer.NOON;
import static dev.tandem.contract.oscar.OscarServer.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.contract.Different;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** What since_date and end_date mean. */
final class OscarSince extends OscarClauses {
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

    OscarSince(OscarServer oscar) {
        super(oscar);
    }

    private String at(String updated) {
        String slug = newChild();
        people().backdate(slug, OLD, Instant.parse(updated));
        return slug;
    }

    private String referredAt(String updated) {
        String slug = newChild();
        referredToUs(slug);
        people().backdate(slug, OLD, Instant.parse(updated));
        return slug;
    }

    private void shows(String slug, String since, boolean wanted) {
        if (oscar.shows(oscar.feed(since), slug) != wanted) {
            throw new Different(since + (wanted ? " shows the client" : " does not show the client"), "the contrary");
        }
    }

    @Clause(
            id = "O221",
            section = "2.1",
            says = "A since_date in the future is 200 with no rows, and one that cannot be read 500")
    void parsed() {
        unlessSame(
                "body",
                "{\"data\":[]}",
                oscar.feed("2099-01-01T00:00:00Z").is(200).text());
        raised(oscar.feed("yesterday"));
        raised(oscar.feed("2026-13-01"));
    }

    @Clause(
            id = "O222",
            section = "2.1",
            says = "since_date is read leniently: bare dates, blanks, quotes, slashes, offsets")
    void lenient() {
        for (String text : List.of(
                "2099-01-01",
                "2099-01-01 00:00:00",
                "\"2099-01-01 00:00:00\"",
                "2099/1/1",
                "1 January 2099",
                "2099-01-01T00:00:00.000Z",
                "2099-01-01T00:00:00+07:00")) {
            unlessSame("rows", 0, oscar.feed(text).is(200).data().size());
        }
    }

    @Clause(id = "O223", section = "2.1 2.3", says = "Block B goes by the day that since_date is written with")
    void byTheDay() {
        String slug = at("2026-03-01T05:00:00Z");
        shows(slug, "2026-03-01T23:59:59Z", true);
        shows(slug, "2026-03-02T00:00:00Z", false);
        String late = at("2026-03-01T20:00:00Z");
        shows(late, "2026-03-02T00:00:00+07:00", false);
        shows(late, "2026-03-01T23:00:00-07:00", true);
    }

    @Clause(
            id = "O224",
            section = "2.3 T8",
            says = "Block A goes by the instant: with a time later the same day a referred client comes in shape B")
    void shapeFlip() {
        String slug = referredAt("2026-03-01T05:00:00Z");
        unless(
                "shape A at midnight",
                oscar.row(oscar.feed("2026-03-01T00:00:00Z"), slug).has("level_of_risk"));
        JsonNode flipped = oscar.row(oscar.feed("2026-03-01T06:00:00Z"), slug);
        unless("shape B later", !flipped.has("level_of_risk"));
        unlessSame("is_referred", true, flipped.path("is_referred"));
        shows(slug, "2026-03-01T13:00:00+07:00", true);
        shows(slug, "2026-03-02T13:00:00+07:00", false);
    }

    @Clause(id = "O225", section = "2.1", says = "Without a zone the server's own applies")
    void zone() {
        var simulator = oscar.simulator("the server's zone");
        String slug = referredAt("2026-03-01T20:00:00Z");
        shows(slug, "2026-03-02 00:00:00", false);
        simulator.switches().zone(ZoneId.of("Asia/Phnom_Penh"));
        shows(slug, "2026-03-02 00:00:00", true);
        shows(slug, "2026-03-02 00:00:00Z", false);
    }

    @Clause(id = "O226", section = "2.3", says = "Created or updated since then is enough")
    void created() {
        String slug = newChild();
        people().backdate(slug, Instant.parse("2026-03-05T00:00:00Z"), OLD);
        shows(slug, "2026-03-05T00:00:00Z", true);
    }

    @Clause(id = "O227", section = "2.1", says = "No since_date, or a blank one, is everything of all time")
    void everything() {
        String slug = at("2001-01-01T00:00:00Z");
        unless("the client", oscar.shows(oscar.feed(), slug));
        shows(slug, " ", true);
    }

    @Clause(
            id = "O228",
            section = "2.4 12",
            says =
                    "With end_date clients come by created_at, both ends included, oldest first, in shape B, deleted ones too")
    void historical() {
        String deleted = newChild();
        people().backdate(deleted, Instant.parse("2026-02-03T00:00:00Z"), NOON);
        people().softDelete(deleted);
        String referred = referredAt("2026-03-01T00:00:00Z");
        people().backdate(referred, Instant.parse("2026-02-02T10:00:00Z"), NOON);
        Answer answer = window("2026-02-02T10:00:00", "2026-02-03");
        unlessSame("slugs", List.of(referred, deleted), answer.values("slug"));
        unless("shape B", !answer.data().path(0).has("level_of_risk"));
        unlessSame("rows", 0, window("2026-02-02T10:00:01", "2026-02-02").data().size());
    }

    private Answer window(String since, String end) {
        return oscar.get(CLIENTS + "?since_date=" + encoded(since) + "&end_date=" + encoded(end))
                .is(200);
    }

    @Clause(
            id = "O229",
            section = "2.4",
            says = "An empty window is 200 with no rows; end_date without since_date is 500")
    void windows() {
        unlessSame(
                "body",
                "{\"data\":[]}",
                window("2099-01-01T00:00:00Z", "2099-01-02T00:00:00Z").text());
        raised(oscar.get(CLIENTS + "?end_date=2099-01-01"));
    }
}
