package dev.tandem.engine.port;

import dev.tandem.live.RouteTexts;
import dev.tandem.settings.Settings;
import dev.tandem.webhook.Headers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * What the port of the webhooks answers where no route does, or before one could: one line of JSON, never a trace. Nobody's body
 * is read whose headers show already that it is not from whom it should be; of one that a signature vouches for, only the body
 * shows it, so that one is small and counted ({@link PortGuard}).
 */
public final class WebhookPort {
    /** In bytes. Primero sends all fields of a case that the webhook's role reads. */
    public static final long LARGEST_BODY = 1024 * 1024;
    /** Of a body that is read before its sender is known. A thousand names are half of it. */
    static final long LARGEST_UNKNOWN_BODY = 64 * 1024;

    private static final String WEBHOOKS = "/webhooks/";
    /** Before the door, where an unknown caller would wait; and after it, where a body is read. */
    private static final int FIRST = -2000;

    private static final int AFTER_THE_DOOR = -900;
    private static final int TOO_LARGE = 413;
    private static final Map<Integer, String> WORDS = Map.of(
            401, "the secret is missing or is not the one set here",
            404, "there is nothing at this path, or its webhook has no secret set",
            405, "only POST",
            408, "the body did not come in time",
            413, "the body is larger than what is taken here",
            415, "the content type must be application/json",
            503, "not taken: send it again later");

    /** The path of a webhook, its route, and the method of {@link Headers} that the route begins with. */
    private record Check(String path, String route, String method) {}

    private record Checks(List<RouteDefinition> routes, List<Check> all) {
        static Checks of(List<RouteDefinition> routes) {
            return new Checks(
                    routes,
                    routes.stream()
                            .filter(route -> route.getInput() != null)
                            .map(route -> new Check(path(route), route.getRouteId(), method(route)))
                            .filter(check -> !check.path().isEmpty())
                            .toList());
        }
    }

    private final ModelCamelContext context;
    private volatile Checks checks = new Checks(List.of(), List.of());
    private final Headers headers;
    private final Ports ports;
    private final Set<String> expected;

    private WebhookPort(ModelCamelContext context, Headers headers, Ports ports, Set<String> expected) {
        this.context = context;
        this.headers = headers;
        this.ports = ports;
        this.expected = expected;
    }

    /** Adds this to the running server of the context. */
    public static void mount(ModelCamelContext context, Router router, Ports ports, Settings settings) {
        WebhookPort webhooks = new WebhookPort(
                context,
                new Headers(settings.primero().webhookSecrets()),
                ports,
                settings.webhooks().stream().map(WEBHOOKS::concat).collect(Collectors.toSet()));
        BodyHandler small = BodyHandler.create(false).setBodyLimit(LARGEST_UNKNOWN_BODY);
        router.route().order(FIRST).handler(webhooks::admit);
        router.route().order(AFTER_THE_DOOR).handler(exchange -> {
            if (webhooks.vouchedForByBody(exchange)) {
                small.handle(exchange);
            } else {
                exchange.next();
            }
        });
        router.route().last().handler(exchange -> answer(exchange.request(), webhooks.unmatched(router, exchange)));
        router.route().failureHandler(WebhookPort::failed);
    }

    /** Whether it is meant for a webhook. */
    static boolean isOne(HttpServerRequest request) {
        return request.path() != null && request.path().startsWith(WEBHOOKS);
    }

    private void admit(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Optional<Check> check = request.method().equals(HttpMethod.POST) ? check(request) : Optional.empty();
        Optional<String> refusal = check.flatMap(by -> headers.refusal(by.method(), request.headers()));
        boolean byBody = vouchedForByBody(exchange);
        if (refusal.isPresent()) {
            answer(request, 401, refusal.get());
        } else if (length(request) > (byBody ? LARGEST_UNKNOWN_BODY : LARGEST_BODY)) {
            answer(request, TOO_LARGE);
        } else {
            if (byBody) {
                ports.isUnknown(request);
            }
            exchange.next();
        }
    }

    /** Nothing else than its body does; also of a route whose check is not known here. */
    private boolean vouchedForByBody(RoutingContext exchange) {
        return exchange.request().method().equals(HttpMethod.POST)
                && check(exchange.request())
                        .filter(check -> !Headers.suffice(check.method()))
                        .isPresent();
    }

    /** Of the running route at the path of the request. */
    private Optional<Check> check(HttpServerRequest request) {
        List<RouteDefinition> routes = List.copyOf(context.getRouteDefinitions());
        // A swap makes new ones. Each event asks, and to read all routes for it costs more than all else that is done
        // here.
        if (!routes.equals(checks.routes())) {
            checks = Checks.of(routes);
        }
        return checks.all().stream()
                .filter(check -> check.path().equals(request.path()))
                .filter(check -> context.getRoute(check.route()) != null
                        && context.getRouteController()
                                .getRouteStatus(check.route())
                                .isStarted())
                .findFirst();
    }

    private static String path(RouteDefinition route) {
        String address = RouteTexts.address(route.getInput().getEndpointUri());
        return address.startsWith("platform-http:") ? address.substring("platform-http:".length()) : "";
    }

    private static String method(RouteDefinition route) {
        List<ProcessorDefinition<?>> steps = route.getOutputs();
        return !steps.isEmpty()
                        && steps.get(0) instanceof BeanDefinition bean
                        && "authenticity".equals(bean.getRef())
                        && bean.getMethod() != null
                ? bean.getMethod()
                : "";
    }

    private static long length(HttpServerRequest request) {
        try {
            return Long.parseLong(request.headers().get(HttpHeaders.CONTENT_LENGTH));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** A route of this path refused it for its method or its content type, or there is none. */
    private int unmatched(Router router, RoutingContext exchange) {
        String path = exchange.request().path();
        boolean served = router.getRoutes().stream().anyMatch(route -> path.equals(route.getPath()));
        if (!served) {
            // It should be there: its route could not be started, or is being started.
            return expected.contains(path) ? 503 : 404;
        }
        return exchange.request().method().equals(HttpMethod.POST) ? 415 : 405;
    }

    private static void failed(RoutingContext exchange) {
        answer(exchange.request(), exchange.statusCode() >= 400 ? exchange.statusCode() : 500);
    }

    static void answer(HttpServerRequest request, int status) {
        answer(request, status, WORDS.getOrDefault(status, "the request was not taken"));
    }

    private static void answer(HttpServerRequest request, int status, String words) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten() || response.closed()) {
            return;
        }
        if (status == 503) {
            response.putHeader("Retry-After", "5");
        } else if (status == 401) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"tandem\", charset=\"UTF-8\"");
        }
        // What it still has to send is not wanted.
        response.setStatusCode(status)
                .putHeader("Connection", "close")
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer("{\"error\":\"" + words + "\"}"));
        // Vert.x only says that it closes. Who has more to send has until the guard's next look to read the answer.
        if (request.isEnded()) {
            request.connection().close();
        } else {
            request.endHandler(all -> request.connection().close());
        }
    }
}
