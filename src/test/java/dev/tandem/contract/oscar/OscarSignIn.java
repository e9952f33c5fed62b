package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.oscar.OscarServer.CLIENTS;
import static dev.tandem.contract.oscar.OscarServer.LINKS;
import static dev.tandem.contract.oscar.OscarServer.SIGN_IN;
import static dev.tandem.contract.oscar.OscarServer.STATUSES;
import static dev.tandem.contract.oscar.OscarServer.UPSERT;

import dev.tandem.contract.Answer;
import dev.tandem.contract.Caller;
import dev.tandem.contract.Clause;
import dev.tandem.contract.NotTestable;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Tokens: how they are had, how long they live, which calls want one. */
final class OscarSignIn extends OscarClauses {
    private static final String NOBODY = "/api/v1/organizations/clients?since_date=2099-01-01T00:00:00Z";

    OscarSignIn(OscarServer oscar) {
        super(oscar);
    }

    private Answer read(Caller caller) {
        return caller.send("GET", NOBODY, (String) null);
    }

    @Clause(
            id = "O101",
            section = "1.1",
            says = "Sign-in is 200 with access-token, client, uid, token-type Bearer, and an expiry a week from now")
    void signIn() {
        Answer answer = oscar.signIn(" " + oscar.email().toUpperCase(Locale.ROOT) + " ", oscar.password())
                .is(200);
        oscar.withTokenOf(answer);
        unlessSame("uid", oscar.email(), answer.header("uid").orElse(""));
        unlessSame("token-type", "Bearer", answer.header("token-type").orElse(""));
        Instant now = oscar.behind().map(sim -> sim.clock().now()).orElseGet(Instant::now);
        long days = Duration.between(
                        now.minusSeconds(3600),
                        Instant.ofEpochSecond(
                                Long.parseLong(answer.header("expiry").orElse("0"))))
                .toDays();
        unlessSame("days until the expiry", 7, days);
    }

    @Clause(id = "O102", section = "1.1", says = "A wrong password is 401 with success false and errors")
    void wrongPassword() {
        if (!oscar.mayUseWrongPassword()) {
            throw new NotTestable("sends a wrong password: -Dcontract.oscar.wrong-password=yes");
        }
        Answer answer = oscar.signIn(oscar.email(), "not-the-password").is(401);
        unlessSame("keys", "[success, errors]", Answer.keys(answer.json()));
        unlessSame("success", false, answer.json().path("success"));
    }

    @Clause(id = "O103", section = "1.1", says = "GET on the sign-in path is 405")
    void wrongVerb() {
        oscar.anonymous().send("GET", SIGN_IN, (String) null).is(405);
    }

    @Clause(
            id = "O104",
            section = "1.2",
            says = "Reading, upsert and update_links want all three headers, else 401 with errors only")
    void wanted() {
        for (String header : new String[] {"access-token", "client", "uid"}) {
            Answer answer = read(oscar.signedIn().without(header)).is(401);
            unlessSame("keys", "[errors]", Answer.keys(answer.json()));
        }
        oscar.anonymous().send("POST", UPSERT, "{}").is(401);
        oscar.anonymous().send("PUT", LINKS, "{}").is(401);
    }

    @Clause(id = "O105", section = "0.4 5", says = "update_statuses wants no token")
    void statusesOpen() {
        oscar.anonymous()
                .send(
                        "PUT",
                        STATUSES,
                        "{\"data\":[{\"client_global_id\":\"nobody\",\"referral_id\":1,\"referral_status\":\"Accepted\"}]}")
                .is(422);
    }

    @Clause(id = "O106", section = "1.1", says = "Tokens do not rotate, and answers repeat them with the same expiry")
    void noRotation() {
        Answer first = read(oscar.signedIn()).is(200);
        Answer second = read(oscar.signedIn()).is(200);
        for (String name : new String[] {"access-token", "client", "uid", "expiry"}) {
            unless("a header " + name, second.header(name).isPresent());
            unless("the same " + name, first.header(name).equals(second.header(name)));
        }
    }

    @Clause(id = "O107", section = "1.1 12", says = "A token lives 7 days from its sign-in, however much it is used")
    void lifespan() {
        Caller caller = oscar.signedIn();
        oscar.later(Duration.ofDays(7).minusSeconds(1));
        read(caller).is(200);
        oscar.later(Duration.ofSeconds(1));
        read(caller).is(401);
    }

    @Clause(id = "O108", section = "1.1 12", says = "A second sign-in leaves the first one's token alive")
    void second() {
        Caller first =
                oscar.withTokenOf(oscar.signIn(oscar.email(), oscar.password()).is(200));
        Caller second =
                oscar.withTokenOf(oscar.signIn(oscar.email(), oscar.password()).is(200));
        read(first).is(200);
        read(second).is(200);
    }

    @Clause(id = "O109", section = "1.1", says = "Sign-out ends its own token only; a second one is 404")
    void signOut() {
        Caller caller =
                oscar.withTokenOf(oscar.signIn(oscar.email(), oscar.password()).is(200));
        caller.send("DELETE", "/api/v1/admin_auth/sign_out", (String) null).is(200);
        caller.send("DELETE", "/api/v1/admin_auth/sign_out", (String) null).is(404);
        read(caller).is(401);
        read(oscar.signedIn()).is(200);
    }

    @Clause(id = "O110", section = "1.1", says = "validate_token is 200 with the uid, or 401 with success false")
    void validate() {
        String path = "/api/v1/admin_auth/validate_token";
        unlessSame("uid", oscar.email(), oscar.get(path).is(200).data().path("uid"));
        unlessSame(
                "success",
                false,
                oscar.anonymous()
                        .send("GET", path, (String) null)
                        .is(401)
                        .json()
                        .path("success"));
    }

    @Clause(id = "O111", section = "1.2", says = "Credentials as query parameters work too")
    void asParameters() {
        Answer in = oscar.signIn(oscar.email(), oscar.password()).is(200);
        StringBuilder query = new StringBuilder(NOBODY);
        for (String name : new String[] {"access-token", "client", "uid"}) {
            query.append('&')
                    .append(name)
                    .append('=')
                    .append(OscarServer.encoded(in.header(name).orElse("")));
        }
        oscar.anonymous().send("GET", query.toString(), (String) null).is(200);
    }

    @Clause(
            id = "O112",
            section = "12",
            says = "Of three sign-ins at once, all 200, one or two tokens are dead on arrival")
    void simultaneous() {
        oscar.simulator("sign-ins at once, which a server is spared").switches().signInsAtOnce(3);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> oscar.signIn(oscar.email(), oscar.password())));
        }
        List<Caller> callers = answers.stream()
                .map(each -> oscar.withTokenOf(each.join().is(200)))
                .toList();
        List<Integer> statuses =
                callers.stream().map(each -> read(each).status()).toList();
        unless("200 or 401 for each token", List.of(200, 401).containsAll(statuses));
        long alive = statuses.stream().filter(status -> status == 200).count();
        unless("one or two of three alive, not " + alive, alive >= 1 && alive <= 2);
    }

    @Clause(
            id = "O113",
            section = "1.2 12",
            says =
                    "An account that is no external system is served: NGOs' own referrals turn up in block A, upserts are 422 for referred_from")
    void unregistered() {
        OscarSimulator simulator = oscar.simulator("an account that is not registered");
        String slug = newChild();
        people().referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));
        simulator.switches().registered(false);
        var row = oscar.row(oscar.feed(), slug);
        unless("level_of_risk, so block A", row.has("level_of_risk"));
        unlessSame("is_referred", false, row.path("is_referred"));
        unlessSame("services", 1, row.path("services").size());
        unless(
                "a message for referred_from",
                oscar.upsert(oscar.referral(oscar.externalId(), ""))
                        .is(422)
                        .json()
                        .path("message")
                        .has("referred_from"));
    }

    @Clause(id = "O114", section = "12", says = "A sign-in whose body has no Content-Length is 401: it is not parsed")
    void chunked() {
        oscar.simulator("the risk of a failed sign-in");
        oscar.anonymous()
                .sendInChunks(
                        "POST",
                        SIGN_IN,
                        Json.of(Map.of("email", oscar.email(), "password", oscar.password()))
                                .toString())
                .is(401);
    }

    @Clause(id = "O115", section = "0.4", says = "Our token cannot make or change NGOs: 401")
    void tenants() {
        oscar.simulator("a server where nothing is risked");
        oscar.signedIn().send("POST", "/api/v1/organizations", "{}").is(401);
        oscar.signedIn()
                .send("DELETE", CLIENTS.replace("/clients", "/1"), (String) null)
                .is(401);
    }
}
