package dev.tandem.ops;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** What the port of the webhooks answers where no route does, or before one could: one line of JSON, never a trace. */
final class WebhookPort {
    /** In bytes. Primero sends all fields of a case that the webhook's role reads. */
    static final long LARGEST_BODY = 1024 * 1024;

    private static final long LONGEST_MILLIS = 30_000;
    private static final Map<Integer, String> WORDS = Map.of(
            404, "there is nothing at this path, or its webhook has no secret set",
            405, "only POST",
            413, "the body is larger than " + LARGEST_BODY + " bytes",
            415, "the content type must be application/json",
            503, "not taken: send it again later");

    private WebhookPort() {}

    /** Adds this to the running server of the context; {@code port} is the one that was configured. */
    static void mount(CamelContext context, int port) {
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        // Who sends its body too slowly does not hold a connection for ever.
        router.route().order(Integer.MIN_VALUE).handler(TimeoutHandler.create(LONGEST_MILLIS, 503));
        router.route().last().handler(exchange -> answer(exchange, unmatched(router, exchange)));
        router.route().failureHandler(WebhookPort::failed);
    }

    /** A route of this path refused it for its method or its content type, or there is none. */
    private static int unmatched(VertxPlatformHttpRouter router, RoutingContext exchange) {
        boolean served = router.getRoutes().stream()
                .anyMatch(route -> exchange.request().path().equals(route.getPath()));
        if (!served) {
            return 404;
        }
        return exchange.request().method().equals(HttpMethod.POST) ? 415 : 405;
    }

    private static void failed(RoutingContext exchange) {
        answer(exchange, exchange.statusCode() >= 400 ? exchange.statusCode() : 500);
    }

    private static void answer(RoutingContext exchange, int status) {
        if (exchange.response().ended() || exchange.response().headWritten()) {
            return;
        }
        // What it still has to send is not wanted.
        exchange.response()
                .setStatusCode(status)
                .putHeader("Connection", "close")
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer("{\"error\":\"" + WORDS.getOrDefault(status, "the request was not taken") + "\"}"));
    }
}
