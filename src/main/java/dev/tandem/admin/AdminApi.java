package dev.tandem.admin;

import dev.tandem.json.ReportJson;
import dev.tandem.operation.AdminAccess;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.ServiceCommands;
import dev.tandem.operation.report.ServiceReport;
import dev.tandem.operation.request.RequestRefused;
import dev.tandem.outcome.Defect;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin API on the management port, beside Camel's own health and metrics: docs/reference/admin-api.md. */
public final class AdminApi implements AdminAccess {
    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
    private static final String CALLER = "tandem.caller";
    private static final String ALL = "/api/*";
    private static final long LARGEST_BODY = 64 * 1024;

    @Override
    public Operations ofRunningService(Settings settings) {
        return RemoteOperations.of(settings);
    }

    @Override
    public Optional<ServiceReport> whoAnswers(Settings settings) {
        try {
            return Optional.of(new AdminClient(
                            settings.http().managementPort(),
                            settings.http().managementTls(),
                            settings.admin(),
                            AdminClient.AT_ONCE)
                    .ask(Operation.SERVICE, new Operation.Nothing()));
        } catch (OperationFailed noTandem) {
            return Optional.empty();
        }
    }

    @Override
    public void serve(CamelContext context, Settings settings, ServiceCommands commands) {
        int port = settings.http().managementPort();
        mount(
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port)),
                new AdminGuard(settings.admin()),
                commands);
    }

    /** Adds the API to a running management server. */
    public static void mount(Router router, AdminGuard guard, ServiceCommands commands) {
        // In this order: nobody's body is read who may not come in.
        router.route(ALL).handler(exchange -> {
            exchange.put(CALLER, AdminGuard.caller(exchange.request(), guard.check(exchange.request())));
            exchange.next();
        });
        router.route(ALL).handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        for (Operation<? super ServiceCommands, ?, ?> operation : Operation.all()) {
            router.routeWithRegex(HttpMethod.valueOf(operation.method()), RequestReader.pathOf(operation))
                    .blockingHandler(exchange -> answer(operation, exchange, commands, exchange.get(CALLER)), false);
        }
        for (Operation<?, ?, ?> operation : Operation.all()) {
            router.routeWithRegex(RequestReader.pathOf(operation)).handler(exchange -> {
                throw new RequestRefused(405, "method", "not with this method");
            });
        }
        router.route(ALL).handler(exchange -> {
            throw new RequestRefused(404, "no-such-path", "there is nothing at this path");
        });
        router.route(ALL).failureHandler(AdminApi::failed);
    }

    private static <Q> void answer(
            Operation<? super ServiceCommands, Q, ?> operation,
            RoutingContext exchange,
            ServiceCommands commands,
            String caller) {
        Q request = RequestReader.read(operation, exchange, caller);
        if (!operation.method().equals("GET")) {
            commands.journal(exchange.request().path(), caller);
        }
        send(exchange, 200, operation.done().apply(commands, request));
    }

    private static void failed(RoutingContext exchange) {
        if (exchange.failure() instanceof RequestRefused refused) {
            refuse(exchange, refused.status(), refused.code(), refused.getMessage());
        } else if (exchange.failure() instanceof OperationFailed failed) {
            refuse(exchange, 503, "failed", failed.getMessage());
        } else if (exchange.statusCode() == 500) {
            // The message may quote a record: where it happened is what helps.
            LOG.error("The admin API failed: {}", Defect.where(exchange.failure()));
            refuse(exchange, 500, "defect", "this is a defect in Tandem: the log says where");
        } else {
            // A body that is too long, and what Vert.x itself refuses.
            int status = exchange.statusCode();
            refuse(exchange, status, status == 413 ? "too-long" : "failed", "the request was not answered");
        }
    }

    private static void refuse(RoutingContext exchange, int status, String code, String words) {
        if (!exchange.response().ended()) {
            if (status == 401) {
                exchange.response().putHeader("WWW-Authenticate", "Basic realm=\"tandem\", charset=\"UTF-8\"");
            }
            // What the caller still has to send is not wanted.
            exchange.response().putHeader("Connection", "close");
            send(exchange, status, Map.of("error", code, "words", words));
        }
    }

    private static void send(RoutingContext exchange, int status, Object report) {
        exchange.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(Buffer.buffer(ReportJson.bytes(report)));
    }
}
