package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.CASES;
import static dev.tandem.contract.primero.Primero.at;

import dev.tandem.contract.Answer;
import dev.tandem.contract.Caller;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.time.Duration;
import java.util.Locale;

/** Signing in and what goes wrong before a record is looked at. */
final class PrimeroTransport extends PrimeroClauses {
    PrimeroTransport(Primero primero) {
        super(primero);
    }

    @Clause(id = "P101", section = "1.1", says = "Basic authenticates each call by itself, without any cookie")
    void basic() {
        unless("a total", primero.get(CASES + "?per=1").is(200).total() >= 0);
    }

    @Clause(
            id = "P102",
            section = "1.3",
            says =
                    "A call without credentials is 401 with {\"error\"}, not the error envelope, and challenges for Bearer")
    void nothingSent() {
        Answer answer = primero.anonymous().send("GET", CASES, (String) null).is(401);
        unlessSame("keys", "[error]", Answer.keys(answer.json()));
        unless(
                "a challenge for Bearer",
                answer.header("www-authenticate").orElse("").startsWith("Bearer"));
    }

    @Clause(id = "P103", section = "1.1 1.3", says = "A wrong password is 401 with {\"error\"}")
    void wrongPassword() {
        Answer answer =
                primero.withWrongPassword().send("GET", CASES, (String) null).is(401);
        unlessSame("keys", "[error]", Answer.keys(answer.json()));
    }

    @Clause(
            id = "P104",
            section = "1.1",
            says = "The user name counts exactly as stored: in capitals or with blanks it is 401")
    void exactUserName() {
        PrimeroSimulator simulator = primero.simulator("the risk of a failed sign-in");
        String password = simulator.options().password();
        for (String name : new String[] {primero.user().toUpperCase(Locale.ROOT), " " + primero.user()}) {
            primero.as(name, password).send("GET", CASES, (String) null).is(401);
        }
    }

    @Clause(
            id = "P105",
            section = "1.1",
            says =
                    "The 6th wrong password locks the account for 30 minutes, and the right one is then 401 as a wrong one is")
    void sixLock() {
        PrimeroSimulator simulator = primero.simulator("an account that may be locked, and the clock");
        Caller wrong = primero.withWrongPassword();
        fail(wrong, 5);
        primero.get(CASES).is(200);
        fail(wrong, 6);
        unlessSame(
                "error",
                wrong.send("GET", CASES, (String) null).json().path("error"),
                primero.get(CASES).is(401).json().path("error").asText());
        simulator.clock().advance(Duration.ofMinutes(29));
        primero.get(CASES).is(401);
        simulator.clock().advance(Duration.ofMinutes(1));
        primero.get(CASES).is(200);
    }

    private static void fail(Caller wrong, int times) {
        for (int i = 0; i < times; i++) {
            wrong.send("GET", CASES, (String) null).is(401);
        }
    }

    @Clause(id = "P106", section = "1.3", says = "A disabled account is 401 with {\"error\"}")
    void disabledAccount() {
        primero.simulator("an account that may be disabled").disableUser(primero.user());
        unlessSame("keys", "[error]", Answer.keys(primero.get(CASES).is(401).json()));
    }

    @Clause(
            id = "P107",
            section = "1.3",
            says = "While a configuration is applied every route is 503 with Retry-After, after the sign-in")
    void configurationLock() {
        primero.simulator("a configuration that is being applied").configurationLock(true);
        unless("Retry-After", primero.get(CASES).is(503).header("retry-after").isPresent());
        primero.anonymous().send("GET", CASES, (String) null).is(401);
        primero.anonymous().send("GET", "/health/api", (String) null).is(503);
    }

    @Clause(id = "P108", section = "1.3", says = "GET /health/api is 204 without sign-in")
    void health() {
        primero.anonymous().send("GET", "/health/api", (String) null).is(204);
    }

    @Clause(id = "P109", section = "7 11", says = "Malformed JSON is 500, not 400")
    void malformed() {
        primero.call("POST", CASES, "{\"data\":").is(500);
    }

    @Clause(
            id = "P110",
            section = "3.2 7",
            says = "An unknown id, and one that is no UUID, is 404 in the envelope with status, resource and message")
    void unknownId() {
        for (String id : new String[] {"x", "11111111-0000-4000-8000-00000000dead"}) {
            Answer answer = primero.get(at(id)).is(404);
            unlessSame("resource", at(id), answer.json().at("/errors/0/resource"));
            unlessSame("status", 404, answer.json().at("/errors/0/status"));
            unless("a message", !answer.json().at("/errors/0/message").isMissingNode());
        }
        primero.patch(at("x"), "{}").is(404);
    }

    @Clause(id = "P111", section = "1", says = "Answers are JSON, without any Accept header")
    void json() {
        unless(
                "application/json",
                primero.get(CASES + "?per=1").header("content-type").orElse("").startsWith("application/json"));
    }

    @Clause(
            id = "P112",
            section = "1.4 11",
            says = "A case out of the caller's scope is 403 to read and write, and absent from the list")
    void scope() {
        primero.simulator("a second account");
        String id = primero.newCase("\"owned_by\":\"mgrpnh\"");
        Caller stranger = primero.as("mgrkep", PrimeroSimulator.HUMAN_PASSWORD);
        stranger.send("GET", at(id), (String) null).is(403);
        stranger.send("PATCH", at(id), "{\"data\":{}}").is(403);
        unlessSame(
                "total",
                0,
                stranger.send("GET", CASES + "?id=" + id, (String) null).total());
        unlessSame(
                "total",
                1,
                primero.as("mgrpnh", PrimeroSimulator.HUMAN_PASSWORD)
                        .send("GET", CASES + "?id=" + id, (String) null)
                        .total());
    }

    @Clause(
            id = "P113",
            section = "1.1 11",
            says =
                    "Each Basic call sets a session cookie (a 401 does not), and sent back beside Basic a write needs no CSRF token")
    void sessionRows() {
        Answer first = primero.get(CASES + "?per=1").is(200);
        String cookie = first.header("set-cookie").orElse("").replaceFirst(";.*", "");
        unless("a cookie _app_session", cookie.startsWith("_app_session="));
        unless(
                "no cookie with a 401",
                primero.anonymous()
                        .send("GET", CASES, (String) null)
                        .header("set-cookie")
                        .isEmpty());
        String id = primero.newCase("");
        primero.signedIn()
                .with("Cookie", cookie)
                .send("PATCH", at(id), "{\"data\":{}}")
                .is(200);
    }

    @Clause(
            id = "P114",
            section = "1.3",
            says = "The 7th POST /api/v2/tokens for one name within a minute is 429 in plain text")
    void throttled() {
        primero.simulator("seven sign-ins in a row");
        Caller caller = primero.anonymous();
        for (int i = 0; i < 6; i++) {
            caller.send("POST", "/api/v2/tokens", "{\"user\":{\"user_name\":\"nobody-here\",\"password\":\"x\"}}");
        }
        Answer seventh = caller.send(
                        "POST", "/api/v2/tokens", "{\"user\":{\"user_name\":\"nobody-here\",\"password\":\"x\"}}")
                .is(429);
        unless("text/plain", seventh.header("content-type").orElse("").startsWith("text/plain"));
    }

    @Clause(id = "P116", section = "11", says = "DELETE has no scope check up to 2.14; later it needs read")
    void deleteOutOfScope() {
        primero.simulator("a second account");
        String id = primero.newCase("\"owned_by\":\"mgrpnh\"");
        primero.as("mgrkep", PrimeroSimulator.HUMAN_PASSWORD)
                .send("DELETE", at(id), (String) null)
                .is(primero.hasEnums() ? 403 : 200);
        unlessSame("enabled", primero.hasEnums(), primero.read(id).path("enabled"));
    }

    @Clause(
            id = "P115",
            section = "11",
            says = "A POST that the caller's role does not allow is 403, even with a bad body or an id that exists")
    void outOfRole() {
        PrimeroSimulator simulator = primero.simulator("an account without create");
        String id = primero.newCase("");
        simulator.changeUser(primero.user(), user -> user.withRole(user.role().without("create")));
        primero.post(CASES, primero.record("\"age\":\"nine\"")).is(403);
        primero.post(CASES, primero.record("\"id\":\"" + id + "\"")).is(403);
    }
}
