package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Handler;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.http.SimServer;
import dev.tandem.sandbox.oscar.SignIn.Session;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The table of contract oscar-interop §0.4, and what happens around each action. */
final class Routes {
    private final Oscar oscar;
    private final SignIn signIn;
    private final Upsert upsert;
    private final UpdateLinks links;
    private final UpdateStatuses statuses;
    private final Minor minor;

    Routes(Oscar oscar, SignIn signIn) {
        this.oscar = oscar;
        this.signIn = signIn;
        ReferralRecords referrals = new ReferralRecords(oscar);
        upsert = new Upsert(oscar, referrals, new ClientRecords(oscar, referrals));
        links = new UpdateLinks(oscar);
        statuses = new UpdateStatuses(oscar, referrals);
        minor = new Minor(oscar);
    }

    void on(SimServer server) {
        String auth = "/api/v1/admin_auth";
        server.route("POST", auth + "/sign_in", request -> {
            var tokens = oscar.switches.signInsAtOnce().arrive(() -> locked(signIn::tokens));
            stand(oscar.switches.signInWindow());
            return locked(() -> signIn.in(request, tokens));
        });
        server.route("GET", auth + "/sign_in", request -> signIn.wrongVerb());
        server.route("DELETE", auth + "/sign_out", request -> locked(() -> signIn.out(request)));
        server.route("GET", auth + "/validate_token", request -> locked(() -> signIn.validate(request)));

        String organizations = "/api/v1/organizations";
        server.route("GET", organizations + "/clients", signedIn(this::feed));
        server.route("POST", organizations + "/clients/upsert", signedIn((request, session) -> {
            Caller caller = caller(request, session);
            return action(request, body -> upsert.run(body, caller));
        }));
        server.route(
                "PUT",
                organizations + "/clients/update_links",
                signedIn((request, session) -> action(request, links::run)));
        server.route(
                "PUT",
                organizations + "/referrals/update_statuses",
                request -> action(request, body -> statuses.run(body, messages(request))));
        server.route("GET", organizations + "/clients/check_duplication", request -> minor.duplication(request));
        server.route("GET", organizations + "/transactions/:tx_id", request -> minor.transaction());
        server.route("GET", organizations, request -> minor.organizations());
        server.route("GET", organizations + "/listing", ErrorPages::raised);
        server.route("POST", organizations, request -> Minor.denied());
        for (String verb : List.of("PUT", "PATCH", "DELETE")) {
            server.route(verb, organizations + "/:id", request -> Minor.denied());
        }
        server.otherwise(ErrorPages::noRoute);
        server.around(this::rescue);
    }

    /** Such a body is not parsed: the parameters are as if nothing had come (contract oscar-interop §12). */
    private static boolean isChunked(Request request) {
        return request.header("Content-Length").isEmpty();
    }

    /** The parser of parameters stands before everything else, sign-in included. */
    private Reply rescue(Request request, Handler next) {
        if (malformed(request)) {
            return Reply.empty(400);
        }
        try {
            return next.handle(isChunked(request) ? request.withoutBody() : request);
        } catch (Raised raised) {
            return ErrorPages.raised(request);
        }
    }

    private Handler signedIn(BiFunction<Request, Session, Reply> action) {
        return request -> {
            Session session = locked(() -> signIn.session(request).orElse(null));
            return session == null ? signIn.refused() : session.on(action.apply(request, session));
        };
    }

    private Reply feed(Request request, Session session) {
        String externalSystem = oscar.externalSystem(session.uid());
        List<FeedRow> rows = locked(() -> new FeedSelection(oscar, externalSystem)
                .select(
                        request.query("since_date").orElse(null),
                        request.query("end_date").orElse(null)));
        if (oscar.switches.gatewayCuts(rows.size())) {
            return Reply.html(504, "<html><head><title>504 Gateway Time-out</title></head></html>");
        }
        return Reply.streaming(
                200, "application/json; charset=utf-8", out -> new FeedWriter(oscar, externalSystem).write(rows, out));
    }

    private Reply action(Request request, Function<JsonNode, Answer> action) {
        JsonNode body = request.json();
        if (holdsNul(body)) {
            throw new Raised("string contains null byte");
        }
        note(request, body);
        Answer answer = locked(() -> action.apply(body));
        return Reply.json(answer.status(), answer.body());
    }

    private static boolean malformed(Request request) {
        try {
            request.json();
            return request.text().startsWith("\uFEFF");
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** PostgreSQL takes no NUL in a text (contract oscar-interop §12). */
    private static boolean holdsNul(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().indexOf('\0') >= 0;
        }
        for (JsonNode each : node) {
            if (holdsNul(each)) {
                return true;
            }
        }
        return false;
    }

    /** Ids for the call log, so that a test can tell the calls of one record from others. */
    private static void note(Request request, JsonNode body) {
        JsonNode one = body.has("organization")
                ? body.get("organization")
                : body.path("data").path(0);
        for (String id : List.of("organization_name", "external_id", "global_id", "client_global_id", "referral_id")) {
            String value = Text.of(one, id);
            if (value != null) {
                request.note(id, value);
            }
        }
    }

    private Caller caller(Request request, Session session) {
        return new Caller(
                oscar.externalSystem(session.uid()),
                messages(request),
                oscar.switches.upsertsAtOnce().arrive(HashSet::new));
    }

    private Messages messages(Request request) {
        return new Messages(request.query("locale").map(Locale::forLanguageTag).orElse(oscar.switches.language()));
    }

    private static void stand(Duration window) {
        try {
            TimeUnit.MILLISECONDS.sleep(window.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T locked(Supplier<T> work) {
        synchronized (oscar) {
            return work.get();
        }
    }
}
