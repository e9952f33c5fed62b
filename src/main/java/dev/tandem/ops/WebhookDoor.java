package dev.tandem.ops;

import dev.tandem.live.Door;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
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

    /** Longer than any request may take: see {@link WebhookPort}. */
    private static final long LONGEST_INSIDE_MILLIS = 35_000;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int inside;
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
            inside++;
        }
        request.addEndHandler(answered -> left());
        request.next();
    }

    private synchronized void left() {
        inside--;
        notifyAll();
    }

    /** Returns once all who came in before have been answered: a body may still be on its way to its route. */
    @Override
    public synchronized void shut() {
        shut = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_INSIDE_MILLIS);
        while (inside > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
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
