package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** {@code /admin_auth}: tokens of a fixed week, never rotated, several alive at once (contract oscar-interop §1). */
final class SignIn {
    private static final Duration LIFE = Duration.ofDays(7);

    /** What a signed-in caller holds. */
    record Session(String token, String client, String uid, long expiry) {
        Reply on(Reply reply) {
            return reply.with("access-token", token)
                    .with("client", client)
                    .with("uid", uid)
                    .with("token-type", "Bearer")
                    .with("expiry", Long.toString(expiry));
        }

        @Override
        public String toString() {
            return "Session[expiry " + expiry + "]";
        }
    }

    private final Oscar oscar;
    private final SplittableRandom random;
    private Map<String, Session> sessions = new LinkedHashMap<>();

    SignIn(Oscar oscar) {
        this.oscar = oscar;
        this.random = new SplittableRandom(oscar.settings.seed());
    }

    /** All live tokens, as they stand in their one column. */
    Map<String, Session> tokens() {
        return new LinkedHashMap<>(sessions);
    }

    /**
     * Writes the tokens as they were read, and one more: what others wrote in between is dead on arrival.
     *
     * @param tokens as read
     */
    Reply in(Request request, Map<String, Session> tokens) {
        var body = request.json();
        String email = Text.orEmpty(Text.of(body, "email")).strip().toLowerCase(Locale.ROOT);
        if (!email.equals(oscar.settings.email()) || !oscar.settings.password().equals(Text.of(body, "password"))) {
            return failed(401, "Invalid login credentials. Please try again.");
        }
        Instant now = oscar.clock.now();
        Session session = new Session(secret(), secret(), email, now.plus(LIFE).getEpochSecond());
        sessions = new LinkedHashMap<>(tokens);
        sessions.values().removeIf(each -> each.expiry() <= now.getEpochSecond());
        sessions.put(session.client(), session);
        return session.on(Reply.json(200, Answer.object().set("data", admin())));
    }

    Reply out(Request request) {
        Optional<Session> session = session(request);
        if (session.isEmpty()) {
            return failed(404, "User was not found or was not logged in.");
        }
        sessions.remove(session.get().client());
        return Reply.json(200, Answer.object().put("success", true));
    }

    Reply validate(Request request) {
        return session(request)
                .map(session -> session.on(
                        Reply.json(200, Answer.object().put("success", true).set("data", admin()))))
                .orElseGet(() -> failed(401, "Invalid login credentials"));
    }

    Reply wrongVerb() {
        return failed(405, "Use POST /sign_in to sign in. GET is not supported.");
    }

    Reply refused() {
        ObjectNode body = Answer.object();
        body.putArray("errors").add("You need to sign in or sign up before continuing.");
        return Reply.json(401, body);
    }

    /** All three headers, or query parameters of the same names. */
    Optional<Session> session(Request request) {
        String client = credential(request, "client");
        Session session = client == null ? null : sessions.get(client);
        return Optional.ofNullable(session)
                .filter(s -> s.token().equals(credential(request, "access-token")))
                .filter(s -> s.uid().equals(credential(request, "uid")))
                .filter(s -> s.expiry() > oscar.clock.now().getEpochSecond());
    }

    /** Forgets all sessions, as an administrator's change of the password does. */
    void endAll() {
        sessions.clear();
    }

    int live() {
        long now = oscar.clock.now().getEpochSecond();
        return (int) sessions.values().stream().filter(s -> s.expiry() > now).count();
    }

    private static String credential(Request request, String name) {
        return request.header(name).or(() -> request.query(name)).orElse(null);
    }

    private static Reply failed(int status, String error) {
        ObjectNode body = Answer.object().put("success", false);
        body.putArray("errors").add(error);
        return Reply.json(status, body);
    }

    private ObjectNode admin() {
        return Answer.object()
                .put("id", 4)
                .put("email", oscar.settings.email())
                .put("first_name", "Sync")
                .put("last_name", "Bot")
                .put("provider", "email")
                .put("uid", oscar.settings.email())
                .putNull("token")
                .put("role", "viewer");
    }

    private String secret() {
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < 22; i++) {
            secret.append((char) ('a' + random.nextInt(26)));
        }
        return secret.toString();
    }
}
