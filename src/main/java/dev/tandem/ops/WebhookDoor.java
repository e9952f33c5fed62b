package dev.tandem.ops;

import dev.tandem.live.Door;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Stands before the routes of the webhooks. Camel takes a route's path away while it swaps it, and would answer 404: so
 * requests wait here meanwhile, unread, and go on when the door opens.
 */
final class WebhookDoor implements Door {
    private static final String WEBHOOKS = "/webhooks/*";
    private static final int BEFORE_ALL_ROUTES = -1000;
    private static final int MOST_WAITING = 2000;

    private record Waiting(RoutingContext request, Context thread) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean shut;

    /** Puts one before the running server of this context; {@code port} is the one that was configured. */
    static Door before(CamelContext context, int port) {
        WebhookDoor door = new WebhookDoor();
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        router.route(WEBHOOKS).order(BEFORE_ALL_ROUTES).handler(door::arrive);
        return door;
    }

    private void arrive(RoutingContext request) {
        synchronized (this) {
            if (shut && waiting.size() < MOST_WAITING) {
                request.request().pause();
                waiting.add(new Waiting(request, Vertx.currentContext()));
                return;
            }
            if (shut) {
                request.response()
                        .setStatusCode(503)
                        .putHeader("Retry-After", "5")
                        .putHeader("Connection", "close")
                        .end();
                return;
            }
        }
        request.next();
    }

    @Override
    public synchronized void shut() {
        shut = true;
    }

    @Override
    public synchronized void open() {
        shut = false;
        // From the top: it had been looking at the routes as they were.
        for (Waiting one : waiting) {
            one.thread().runOnContext(now -> {
                one.request().request().resume();
                one.request().reroute(one.request().request().path());
            });
        }
        waiting.clear();
    }
}
