package dev.tandem.engine.port;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one server's callers may take of it before anybody knows who they are. Who is slow or idle is closed after a while, and at
 * once when its place is needed: the newest caller is always let in, so that a crowd of idle ones shuts nobody out.
 */
public final class PortGuard {
    /**
     * How much, and how long.
     *
     * @param connections at once
     * @param bodies of callers that are not known yet, on their way at once
     * @param head from connecting, or from the last answer, to the end of a request's head
     * @param body from there to the end of its body
     * @param answer from there to the answer of a webhook
     */
    public record Limits(int connections, int bodies, Duration head, Duration body, Duration answer) {
        public static final Limits DEFAULTS =
                new Limits(4000, 100, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));

        /** Until those have gone that make room. */
        int mostBriefly() {
            return connections + connections / 4;
        }
    }

    /** One connection. Its request is kept until the next look after its answer. */
    private static final class Caller {
        final HttpConnection connection;
        Situation now = new Situation(null, null, System.nanoTime(), false);

        Caller(HttpConnection connection) {
            this.connection = connection;
        }
    }

    /**
     * What a caller is at.
     *
     * @param request null: none yet, or none any more
     * @param thread where it is handled
     * @param held it waits for us and not we for it
     */
    private record Situation(HttpServerRequest request, Context thread, long since, boolean held) {
        boolean longer(Duration limit) {
            return System.nanoTime() - since > limit.toNanos();
        }

        /** Unless its body has come meanwhile, and it waits for its answer. */
        void makeRoom() {
            thread.runOnContext(then -> {
                if (!request.isEnded() || request.response().ended()) {
                    WebhookPort.answer(request, 503);
                    request.connection().close();
                }
            });
        }

        /** And reads no more of it. */
        void answer(int status) {
            thread.runOnContext(then -> {
                WebhookPort.answer(request, status);
                request.connection().close();
            });
        }
    }

    private final Limits limits;
    // Vert.x calls with its lock on a connection held, and each question to a request takes that lock: so with this one
    // held,
    // nothing is asked of any.
    // The one whose request began longest ago first.
    private final Map<HttpConnection, Caller> callers = new LinkedHashMap<>();
    private final Set<Caller> idle = new LinkedHashSet<>();
    private final Set<Caller> unknown = new LinkedHashSet<>();

    PortGuard(Limits limits) {
        this.limits = limits;
    }

    void connected(HttpConnection connection) {
        connection.closeHandler(closed -> left(connection));
        HttpConnection tooMany = null;
        Situation slowest = null;
        synchronized (this) {
            if (callers.size() >= limits.connections()) {
                if (!idle.isEmpty()) {
                    tooMany = idle.iterator().next().connection;
                } else {
                    Caller oldest = callers.values().iterator().next();
                    renew(oldest);
                    slowest = oldest.now;
                    tooMany = callers.size() < limits.mostBriefly() ? null : connection;
                }
                left(tooMany);
            }
            if (tooMany != connection) {
                Caller caller = new Caller(connection);
                callers.put(connection, caller);
                idle.add(caller);
            }
        }
        if (tooMany != null) {
            tooMany.close();
        }
        if (slowest != null && !slowest.held()) {
            slowest.makeRoom();
        }
    }

    private void renew(Caller caller) {
        callers.remove(caller.connection);
        callers.put(caller.connection, caller);
    }

    private synchronized void left(HttpConnection connection) {
        Caller caller = callers.remove(connection);
        if (caller != null) {
            idle.remove(caller);
            unknown.remove(caller);
        }
    }

    /** Stands before what handles the requests of the server. */
    Handler<HttpServerRequest> before(Handler<HttpServerRequest> handler) {
        return request -> {
            synchronized (this) {
                Caller caller = callers.get(request.connection());
                if (caller != null) {
                    idle.remove(caller);
                    unknown.remove(caller);
                    renew(caller);
                    caller.now = new Situation(request, Vertx.currentContext(), System.nanoTime(), false);
                }
            }
            handler.handle(request);
        };
    }

    synchronized boolean has(HttpServerRequest request) {
        return callers.containsKey(request.connection());
    }

    /** Only its body will tell who sends this. If there are too many of the kind, the one that takes longest makes room. */
    void isUnknown(HttpServerRequest request) {
        Situation slowest = null;
        synchronized (this) {
            Caller caller = callers.get(request.connection());
            if (caller != null && unknown.add(caller) && unknown.size() > limits.bodies()) {
                Caller oldest = unknown.iterator().next();
                unknown.remove(oldest);
                slowest = oldest.now;
            }
        }
        if (slowest != null) {
            slowest.makeRoom();
        }
    }

    /** It waits for us and not we for it, or no longer. */
    synchronized void hold(HttpServerRequest request, boolean held) {
        Caller caller = callers.get(request.connection());
        if (caller != null) {
            unknown.remove(caller);
            caller.now = new Situation(request, caller.now.thread(), System.nanoTime(), held);
        }
    }

    /** Closes what took too long; now and then. */
    void look() {
        Map<Caller, Situation> seen = new HashMap<>();
        synchronized (this) {
            callers.values().forEach(caller -> seen.put(caller, caller.now));
        }
        seen.forEach((caller, now) -> {
            if (now.request() == null) {
                if (now.longer(limits.head())) {
                    caller.connection.close();
                }
            } else if (now.request().response().ended()) {
                if (now.request().response().headers().contains("Connection", "close", true)) {
                    caller.connection.close();
                }
                isAnswered(caller, now);
            } else if (now.held()) {
                return;
            } else if (!now.request().isEnded()) {
                if (now.longer(limits.body())) {
                    now.answer(408);
                }
            } else {
                hasCome(caller, now);
                if (WebhookPort.isOne(now.request()) && now.longer(limits.answer())) {
                    now.answer(503);
                }
            }
        });
    }

    /** Of that very situation, not of one that looks like it. */
    @SuppressWarnings("ReferenceEquality")
    private synchronized void isAnswered(Caller caller, Situation then) {
        if (then.equals(caller.now) && callers.containsKey(caller.connection)) {
            unknown.remove(caller);
            caller.now = new Situation(null, null, System.nanoTime(), false);
            idle.add(caller);
        }
    }

    /** Of that very situation, not of one that looks like it. */
    @SuppressWarnings("ReferenceEquality")
    private synchronized void hasCome(Caller caller, Situation then) {
        if (then.equals(caller.now)) {
            unknown.remove(caller);
        }
    }
}
