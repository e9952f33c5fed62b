package dev.tandem.engine.port;

import dev.tandem.live.Door;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Stands before the routes of the webhooks. Camel takes a route's path away while it swaps it, and would answer 404: so
 * requests wait here meanwhile, unread, and go on when the door opens.
 */
public final class WebhookDoor implements Door {
    private static final String WEBHOOKS = "/webhooks/*";
    private static final int BEFORE_ALL_ROUTES = -1000;
    private static final int MOST_WAITING = 2000;

    private record Waiting(RoutingContext request, Context thread) {}

    /** Longer than any request may take: see {@link PortGuard}. */
    private static final long LONGEST_INSIDE_MILLIS = 35_000;

    private final Ports ports;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int inside;
    private boolean shut;

    private WebhookDoor(Ports ports) {
        this.ports = ports;
    }

    /** Puts one before what a running server does. */
    public static WebhookDoor before(Router router, Ports ports) {
        WebhookDoor door = new WebhookDoor(ports);
        router.route(WEBHOOKS).order(BEFORE_ALL_ROUTES).handler(door::arrive);
        return door;
    }

    private void arrive(RoutingContext request) {
        if (request.response().closed()) {
            // It hung up while it waited here: nobody will ever be told that it is answered.
            return;
        }
        synchronized (this) {
            if (shut) {
                if (waiting.size() < MOST_WAITING) {
                    request.request().pause();
                    ports.hold(request.request(), true);
                    waiting.add(new Waiting(request, Vertx.currentContext()));
                } else {
                    WebhookPort.answer(request.request(), 503);
                }
                return;
            }
            inside++;
        }
        request.addEndHandler(answered -> left());
        request.next();
    }

    /** How many stand before it now. */
    synchronized int waiting() {
        return waiting.size();
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
                ports.hold(one.request().request(), false);
                one.request().request().resume();
                one.request().reroute(one.request().request().path());
            });
        }
        waiting.clear();
    }
}
