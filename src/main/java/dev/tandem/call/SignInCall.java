package dev.tandem.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.call.Destinations.Origin;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * The sign-in on the wire. It takes no turn of its own, because the call that needs it has one, and asks no gate. The
 * answer's body holds a secret (contract oscar-interop §1.1) and is not read at all.
 */
final class SignInCall implements ExecChainHandler {
    /** OSCaR's own lifespan, should an answer not name its end. */
    private static final Duration LIFESPAN = Duration.ofDays(7);

    private static final int LONGEST_REFUSAL = 64 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final CalledSystem system;
    private final OscarSignIn signIn;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;

    SignInCall(CalledSystem system, OscarSignIn signIn, ScheduledExecutorService timer, InstantSource clock) {
        this.system = system;
        this.signIn = signIn;
        this.timer = timer;
        this.clock = clock;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException {
        SystemAccess access = system.access();
        Origin target = Origin.of(scope.route.getTargetHost());
        if (!target.equals(Origin.of(access.url()))) {
            throw new Refused("host-not-allowed", "the sign-in may not go to " + target, 0, List.of());
        }
        scope.clientContext.setCookieStore(new BasicCookieStore());
        String credentials = credentials(access);
        Duration total = signIn.deadline().map(Deadline::left).orElse(access.callTimeout());
        try (Deadline deadline = Deadline.start(
                timer, total, Exchanged.cancellable(scope), access.callTimeout(), Deadline.CALL_TIMEOUT)) {
            ClassicHttpResponse response =
                    Exchanged.send(() -> signIn(scope, credentials), scope, chain, access.name(), deadline);
            try {
                signIn.signedIn(judged(response));
            } finally {
                Exchanged.drop(response);
            }
            return new BasicClassicHttpResponse(HttpStatus.SC_NO_CONTENT);
        }
    }

    private static ClassicHttpRequest signIn(ExecChain.Scope scope, String credentials) {
        ClassicHttpRequest request = GuardedCall.copy(scope);
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        request.setEntity(new StringEntity(credentials, ContentType.APPLICATION_JSON));
        return request;
    }

    private static String credentials(SystemAccess access) throws IOException {
        return JSON.writeValueAsString(
                Map.of("email", access.user(), "password", access.password().reveal()));
    }

    private OscarSignIn.Tokens judged(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        String name = system.access().name();
        if (status == HttpStatus.SC_UNAUTHORIZED && refusesPassword(response)) {
            throw system.refusedLogin("sign-in-http-401");
        }
        Optional<Duration> wait = RetryAfter.of(
                status, value(response, HttpHeaders.RETRY_AFTER), value(response, HttpHeaders.DATE), clock.instant());
        if (wait.isPresent()) {
            throw NotSent.after("http-" + status, name + " asked to come back later", wait.get());
        }
        String token = value(response, "access-token");
        String client = value(response, "client");
        String uid = value(response, "uid");
        if (status != HttpStatus.SC_OK || token == null || client == null || uid == null) {
            throw signInFailed(status, name);
        }
        return new OscarSignIn.Tokens(token, client, uid, expiry(value(response, "expiry")));
    }

    /** Told by its keys; a 401 of a gateway before it says nothing about the password. */
    private static boolean refusesPassword(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return false;
        }
        try (InputStream content = entity.getContent()) {
            JsonNode body = JSON.readTree(content.readNBytes(LONGEST_REFUSAL));
            return body.path("success").isBoolean() && !body.path("success").booleanValue();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private static Setback signInFailed(int status, String name) {
        return new AnswerLost("http-" + status, "the sign-in to " + name + " was answered with " + status);
    }

    private Instant expiry(String epochSeconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(epochSeconds));
        } catch (NumberFormatException | DateTimeException unreadable) {
            return clock.instant().plus(LIFESPAN);
        }
    }

    private static String value(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
