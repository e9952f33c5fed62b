package dev.tandem.call;

import dev.tandem.call.Destinations.Origin;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * The outermost link of the HTTP client's chain: one call from its turn to the last byte of its answer. Whatever goes
 * wrong leaves it as a {@link Setback}.
 */
final class GuardedCall implements ExecChainHandler {
    /**
     * What a route gets to see of a system's answer. OSCaR repeats its tokens in every answer (contract oscar-interop
     * §1.1); as message headers they would be one log step away from a log.
     */
    private static final Set<String> SHOWN = Set.of("content-type", "retry-after", "date", "location");

    private final Destinations destinations;
    private final ScheduledExecutorService timer;
    private final Duration defaultTimeout;
    private final Optional<Duration> feedTimeout;

    /** @param feedTimeout if present, a 200 is handed on as a stream, and this is the deadline to the end of its body */
    GuardedCall(
            Destinations destinations,
            ScheduledExecutorService timer,
            Duration defaultTimeout,
            Optional<Duration> feedTimeout) {
        this.destinations = destinations;
        this.timer = timer;
        this.defaultTimeout = defaultTimeout;
        this.feedTimeout = feedTimeout;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException {
        Origin origin = Origin.of(scope.route.getTargetHost());
        Optional<CalledSystem> system = destinations.at(origin);
        Optional<byte[]> known = CallContext.current().known();
        if (known.isPresent()) {
            return known(known.get());
        }
        return system.isPresent() ? callSystem(system.get(), scope, chain) : callElsewhere(origin.host(), scope, chain);
    }

    private static ClassicHttpResponse known(byte[] answer) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(HttpStatus.SC_OK);
        response.setHeader(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_JSON.toString());
        response.setEntity(new ByteArrayEntity(answer, ContentType.APPLICATION_JSON));
        return response;
    }

    private ClassicHttpResponse callElsewhere(String host, ExecChain.Scope scope, ExecChain chain) {
        scope.clientContext.setCookieStore(new BasicCookieStore());
        Deadline deadline = Deadline.start(
                timer, defaultTimeout, Exchanged.cancellable(scope), defaultTimeout, Deadline.CALL_TIMEOUT);
        try (deadline) {
            ClassicHttpResponse response = Exchanged.send(() -> copy(scope), scope, chain, host, deadline);
            return keep(response, host, deadline);
        }
    }

    private ClassicHttpResponse callSystem(CalledSystem system, ExecChain.Scope scope, ExecChain chain)
            throws IOException {
        CalledSystem.Turn turn = system.awaitTurn();
        String name = system.access().name();
        Deadline deadline = Deadline.start(
                timer,
                left(longest(system)),
                Exchanged.cancellable(scope),
                longest(system),
                feedTimeout.isPresent() ? Deadline.FEED_TIMEOUT : Deadline.CALL_TIMEOUT);
        boolean streaming = false;
        try {
            if (deadline.passed()) {
                throw NotSent.after(
                        "too-late", "the time for this call to " + name + " was over before it began", Duration.ZERO);
            }
            ClassicHttpResponse response = sendLoggedIn(system, scope, chain, deadline);
            turn.answered(response.getCode());
            hideHeaders(response);
            if (feedTimeout.isPresent() && response.getCode() == HttpStatus.SC_OK && response.getEntity() != null) {
                response.setEntity(FeedStream.around(response.getEntity(), name, deadline, turn, scope));
                streaming = true;
                return response;
            }
            return keep(response, name, deadline);
        } finally {
            if (!streaming) {
                deadline.close();
                turn.close();
            }
        }
    }

    private Duration longest(CalledSystem system) {
        return feedTimeout.orElse(system.access().callTimeout());
    }

    private static Duration left(Duration total) {
        return CallContext.current()
                .left()
                .filter(left -> left.compareTo(total) < 0)
                .orElse(total);
    }

    private static ClassicHttpResponse sendLoggedIn(
            CalledSystem system, ExecChain.Scope scope, ExecChain chain, Deadline deadline) {
        String name = system.access().name();
        scope.clientContext.setCookieStore(system.cookies());
        AtomicReference<ClassicHttpRequest> sent = new AtomicReference<>();
        Supplier<ClassicHttpRequest> loggedIn = () -> {
            ClassicHttpRequest request = copy(scope);
            if (!request.containsHeader(HttpHeaders.ACCEPT)) {
                request.setHeader(HttpHeaders.ACCEPT, "application/json");
            }
            system.login().attach(request, deadline);
            sent.set(request);
            return request;
        };
        for (boolean again = false; ; again = true) {
            ClassicHttpResponse response = Exchanged.send(loggedIn, scope, chain, name, deadline);
            if (response.getCode() != HttpStatus.SC_UNAUTHORIZED) {
                return response;
            }
            Exchanged.drop(response);
            if (!system.login().renewable(sent.get())) {
                throw system.refusedLogin("http-401");
            }
            if (again) {
                // A token can be dead on arrival if somebody else signed in at the same moment. Final is only a refused
                // password.
                throw NotSent.unreachable("token-refused", name + " refused the token that it had just given");
            }
            SendingMark.clear(scope.clientContext);
        }
    }

    /** The request as the route made it; the one before carries what the client added while sending it. */
    static ClassicHttpRequest copy(ExecChain.Scope scope) {
        return ClassicRequestBuilder.copy(scope.originalRequest).build();
    }

    private static ClassicHttpResponse keep(ClassicHttpResponse response, String system, Deadline deadline) {
        try {
            Exchanged.readWhole(response, system, deadline);
            return response;
        } catch (Setback lost) {
            Exchanged.drop(response);
            throw lost;
        }
    }

    private static void hideHeaders(ClassicHttpResponse response) {
        for (Header header : response.getHeaders()) {
            if (!SHOWN.contains(header.getName().toLowerCase(Locale.ROOT))) {
                response.removeHeader(header);
            }
        }
    }
}
