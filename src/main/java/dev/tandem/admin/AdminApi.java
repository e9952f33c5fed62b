package dev.tandem.admin;

import dev.tandem.json.ReportJson;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.AdminSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin API on the management port, beside Camel's own health and metrics: docs/reference/admin-api.md. */
public final class AdminApi {
    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
    private static final String ALL = "/api/*";
    private static final long LARGEST_BODY = 64 * 1024;

    private final AdminGuard guard;
    private final String caller;
    private final List<AdminCalls.Endpoint> endpoints;

    private AdminApi(AdminSettings settings, List<AdminCalls.Endpoint> endpoints) {
        this.guard = new AdminGuard(settings);
        this.caller = settings.user().map(user -> "admin API, " + user).orElse("admin API");
        this.endpoints = endpoints;
    }

    /** Adds the API to the running management server of this context; {@code port} is the one that was configured. */
    public static void mount(CamelContext context, int port, AdminSettings settings, AdminCalls calls) {
        AdminApi api = new AdminApi(settings, calls.endpoints());
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        // In this order: nobody's body is read who may not come in.
        router.route(ALL).handler(api::admit);
        router.route(ALL).handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        router.route(ALL).blockingHandler(api::answer, false);
        router.route(ALL).failureHandler(AdminApi::failed);
    }

    private void admit(RoutingContext exchange) {
        Optional<AdminGuard.Refusal> refusal = guard.refuses(exchange.request());
        if (refusal.isEmpty()) {
            exchange.next();
            return;
        }
        if (refusal.get().status() == 401) {
            exchange.response().putHeader("WWW-Authenticate", "Basic realm=\"tandem\", charset=\"UTF-8\"");
        }
        // What it still has to send is not wanted.
        exchange.response().putHeader("Connection", "close");
        refuse(exchange, refusal.get());
    }

    private void answer(RoutingContext exchange) {
        try {
            String method = exchange.request().method().name();
            boolean known = false;
            for (AdminCalls.Endpoint endpoint : endpoints) {
                Matcher path = endpoint.path().matcher(exchange.request().path());
                if (path.matches()) {
                    known = true;
                    if (endpoint.method().equals(method)) {
                        send(
                                exchange.response(),
                                200,
                                ReportJson.bytes(endpoint.answer().apply(request(exchange, path))));
                        return;
                    }
                }
            }
            throw known
                    ? new AdminRequest.Wrong(405, "method", "not with this method")
                    : new AdminRequest.Wrong(404, "no-such-path", "there is nothing at this path");
        } catch (AdminRequest.Wrong wrong) {
            refuse(exchange, wrong.refusal());
        } catch (OperationFailed failed) {
            refuse(exchange, new AdminGuard.Refusal(503, "failed", failed.getMessage()));
        } catch (RuntimeException defect) {
            // Its message may quote a record: where it happened is what helps.
            LOG.error("The admin API failed: {} at {}", defect.getClass().getName(), where(defect));
            refuse(exchange, new AdminGuard.Refusal(500, "defect", "this is a defect in Tandem: the log says where"));
        }
    }

    private AdminRequest request(RoutingContext exchange, Matcher path) {
        Map<String, String> query = new HashMap<>();
        exchange.queryParams().forEach(parameter -> query.put(parameter.getKey(), parameter.getValue()));
        Buffer body = exchange.body().buffer();
        return new AdminRequest(path.toMatchResult(), query, body == null ? new byte[0] : body.getBytes(), caller);
    }

    /** A body that is too long, and what Vert.x itself refuses. */
    private static void failed(RoutingContext exchange) {
        int status = exchange.statusCode() >= 400 ? exchange.statusCode() : 500;
        exchange.response().putHeader("Connection", "close");
        refuse(
                exchange,
                new AdminGuard.Refusal(status, status == 413 ? "too-long" : "failed", "the request was not answered"));
    }

    private static void refuse(RoutingContext exchange, AdminGuard.Refusal refusal) {
        if (!exchange.response().ended()) {
            send(
                    exchange.response(),
                    refusal.status(),
                    ReportJson.bytes(AdminCalls.failure(refusal.code(), refusal.words())));
        }
    }

    private static void send(HttpServerResponse response, int status, byte[] json) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(Buffer.buffer(json));
    }

    private static String where(Throwable defect) {
        for (StackTraceElement frame : defect.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.tandem.")) {
                return frame.toString();
            }
        }
        return "?";
    }
}
