package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.oscar.OscarServer.CLIENTS;
import static dev.tandem.contract.oscar.OscarServer.LINKS;
import static dev.tandem.contract.oscar.OscarServer.UPSERT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.http.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What goes wrong before a record is looked at, and how an exception looks. */
final class OscarTransport extends OscarClauses {
    OscarTransport(OscarServer oscar) {
        super(oscar);
    }

    private String unaddressed() {
        return Json.object()
                .set("organization", oscar.referral("nobody-of-this-name", oscar.externalId(), ""))
                .toString();
    }

    @Clause(
            id = "O121",
            section = "7",
            says = "What is raised is 500 in plain text for Accept: application/json and an HTML page for others")
    void raisedPages() {
        raised(oscar.signedIn().send("POST", UPSERT, unaddressed()));
        Answer page = oscar.signedIn()
                .with("Accept", "text/html")
                .send("POST", UPSERT, unaddressed())
                .is(500);
        unless("text/html", page.header("content-type").orElse("").startsWith("text/html"));
    }

    @Clause(
            id = "O122",
            section = "0.4 12",
            says = "PATCH on a PUT route and an unknown route are the same 500 in plain text")
    void noRoute() {
        raised(oscar.signedIn().send("PATCH", LINKS, "{}"));
        raised(oscar.get("/api/v1/nothing-of-this-name"));
    }

    @Clause(id = "O123", section = "7", says = "Malformed JSON is 400 with an empty body, whatever the call")
    void malformed() {
        for (String[] call : new String[][] {{"POST", UPSERT}, {"PUT", LINKS}, {"PUT", OscarServer.STATUSES}}) {
            Answer answer = oscar.signedIn()
                    .send(call[0], call[1], "{\"organization\":")
                    .is(400);
            unless("an empty body", answer.text().isEmpty());
        }
    }

    @Clause(id = "O124", section = "12", says = "A byte order mark, and Latin-1 bytes, are 400 with an empty body")
    void badBytes() {
        ObjectNode body = Json.object();
        body.set(
                "organization",
                oscar.referral("nobody-of-this-name", oscar.externalId(), "").put("given_name", "é"));
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        marked.writeBytes(body.toString().getBytes(StandardCharsets.UTF_8));
        for (byte[] bytes :
                new byte[][] {marked.toByteArray(), body.toString().getBytes(StandardCharsets.ISO_8859_1)}) {
            unless(
                    "an empty body",
                    oscar.signedIn().send("POST", UPSERT, bytes).is(400).text().isEmpty());
        }
    }

    @Clause(
            id = "O125",
            section = "12",
            says = "An upsert whose body has no Content-Length is 422 as if it were empty: it is not parsed")
    void chunked() {
        Answer answer =
                oscar.signedIn().sendInChunks("POST", UPSERT, unaddressed()).is(422);
        unlessSame("keys", "[message]", Answer.keys(answer.json()));
    }

    @Clause(id = "O126", section = "12", says = "A NUL in a text is 500, and nothing is saved")
    void nul() {
        String externalId = oscar.externalId();
        raised(oscar.upsert(oscar.referral(externalId, "").put("given_name", "a\0b")));
        oscar.behind().ifPresent(sim -> unlessSame("referrals", 0, referrals(externalId)));
    }

    @Clause(
            id = "O127",
            section = "1",
            says = "Answers are JSON in UTF-8, and a slash at the end of a path changes nothing")
    void json() {
        Answer answer = oscar.get(CLIENTS + "/?since_date=2099-01-01T00:00:00Z").is(200);
        unlessSame("body", "{\"data\":[]}", answer.text());
        unlessSame(
                "content-type",
                "application/json; charset=utf-8",
                answer.header("content-type").orElse(""));
    }

    @Clause(id = "O128", section = "6", says = "transactions/:id is 500 with a message")
    void transactions() {
        Answer answer = oscar.get("/api/v1/organizations/transactions/1").is(500);
        unlessSame("keys", "[message]", Answer.keys(answer.json()));
    }

    @Clause(
            id = "O129",
            section = "6",
            says =
                    "GET organizations lists NGOs without sign-in, with short_name, and does not tell which are in the feed")
    void organizations() {
        var list = oscar.anonymous()
                .send("GET", "/api/v1/organizations", (String) null)
                .is(200)
                .json()
                .path("organizations");
        unless("NGOs", list.size() > 0);
        unless(
                "a short_name and no integrated",
                list.path(0).has("short_name") && !list.path(0).has("integrated"));
    }

    @Clause(id = "O130", section = "6", says = "check_duplication without an address, or without anything, is 500")
    void duplication() {
        oscar.simulator("a call that compares with every client");
        newChild();
        String path = CLIENTS + "/check_duplication";
        String child = path + "?given_name=Sok&family_name=Testa&date_of_birth=2014-09-08";
        oscar.get(path).is(500);
        oscar.get(child).is(500);
        unless(
                "similar_fields",
                oscar.get(child + "&address_current_village_code=02")
                        .is(200)
                        .json()
                        .has("similar_fields"));
    }
}
