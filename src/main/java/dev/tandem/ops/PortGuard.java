package dev.tandem.ops;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one server's callers may take of it before anybody knows who they are. Who is slow or idle is closed after a while, and at
 * once when its place is needed: the newest caller is always let in, so that a crowd of idle ones shuts nobody out.
 */
final class PortGuard {
    /**
     * How much, and how long.
     *
     * @param connections at once
     * @param bodies of callers that are not known yet, on their way at once
     * @param head from connecting, or from the last answer, to the end of a request's head
     * @param body from there to the end of its body
     * @param answer from there to the answer of a webhook
     */
    record Limits(int connections, int bodies, Duration head, Duration body, Duration answer) {
        static final Limits DEFAULTS =
                new Limits(4000, 100, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    /** One connection. Its request is kept until the next look after its answer. */
    private static final class Caller {
        final HttpConnection connection;
        long since = System.nanoTime();
        HttpServerRequest request;
        Context thread;
        boolean held;

        Caller(HttpConnection connection) {
            this.connection = connection;
        }

        void begins(HttpServerRequest next) {
            request = next;
            thread = Vertx.currentContext();
            since = System.nanoTime();
            held = false;
        }

        void isAnswered() {
            request = null;
            since = System.nanoTime();
        }

        boolean idle() {
            return request == null || request.response().ended();
        }

        boolean sends() {
            return !idle() && !held && !request.isEnded();
        }

        boolean longer(Duration limit) {
            return System.nanoTime() - since > limit.toNanos();
        }

        void answer(int status) {
            HttpServerRequest answered = request;
            thread.runOnContext(now -> WebhookPort.answer(answered, status));
        }
    }

    private final Limits limits;
    private final Map<HttpConnection, Caller> callers = new LinkedHashMap<>();
    private final Set<Caller> unknown = new LinkedHashSet<>();

    PortGuard(Limits limits) {
        this.limits = limits;
    }

    void connected(HttpConnection connection) {
        connection.closeHandler(closed -> left(connection));
        HttpConnection tooMany = null;
        synchronized (this) {
            if (callers.size() >= limits.connections()) {
                tooMany = callers.values().stream()
                        .filter(Caller::idle)
                        .findFirst()
                        .map(caller -> caller.connection)
                        .orElse(connection);
                callers.remove(tooMany);
            }
            if (tooMany != connection) {
                callers.put(connection, new Caller(connection));
            }
        }
        if (tooMany != null) {
            tooMany.close();
        }
    }

    private synchronized void left(HttpConnection connection) {
        Caller caller = callers.remove(connection);
        if (caller != null) {
            unknown.remove(caller);
        }
    }

    /** Stands before what handles the requests of the server. */
    Handler<HttpServerRequest> before(Handler<HttpServerRequest> handler) {
        return request -> {
            synchronized (this) {
                Caller caller = callers.get(request.connection());
                if (caller != null) {
                    unknown.remove(caller);
                    caller.begins(request);
                }
            }
            handler.handle(request);
        };
    }

    synchronized boolean has(HttpServerRequest request) {
        return callers.containsKey(request.connection());
    }

    /** Only its body will tell who sends this. If there are too many of the kind, the one that takes longest makes room. */
    synchronized void isUnknown(HttpServerRequest request) {
        Caller caller = callers.get(request.connection());
        if (caller == null || !unknown.add(caller) || unknown.size() <= limits.bodies()) {
            return;
        }
        unknown.removeIf(one -> !one.sends());
        unknown.stream()
                .limit(Math.max(0, unknown.size() - limits.bodies()))
                .toList()
                .forEach(slow -> {
                    unknown.remove(slow);
                    slow.answer(503);
                });
    }

    /** It waits for us and not we for it, or no longer. */
    synchronized void hold(HttpServerRequest request, boolean held) {
        Caller caller = callers.get(request.connection());
        if (caller != null) {
            caller.since = System.nanoTime();
            caller.held = held;
        }
    }

    /** Closes what took too long; now and then. */
    void look() {
        List<HttpConnection> idle = new ArrayList<>();
        synchronized (this) {
            for (Caller caller : callers.values()) {
                if (caller.request != null && caller.idle()) {
                    unknown.remove(caller);
                    caller.isAnswered();
                } else if (caller.request == null) {
                    if (caller.longer(limits.head())) {
                        idle.add(caller.connection);
                    }
                } else if (caller.sends() && caller.longer(limits.body())) {
                    caller.answer(408);
                } else if (!caller.held && WebhookPort.isOne(caller.request) && caller.longer(limits.answer())) {
                    caller.answer(503);
                }
            }
        }
        idle.forEach(HttpConnection::close);
    }
}
