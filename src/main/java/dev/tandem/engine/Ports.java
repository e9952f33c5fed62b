package dev.tandem.engine;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The Vert.x that Camel makes the servers of both ports with. Camel has no settings for what a server on the open network needs:
 * HTTP/2 in clear stays off, and each server stands behind a {@link PortGuard} from its first connection on.
 */
final class Ports implements AutoCloseable {
    /** Webhooks and management share them: as many again as one alone has. */
    private static final int THREADS = 2 * VertxOptions.DEFAULT_WORKER_POOL_SIZE;

    private static final long LOOK_EVERY_MILLIS = 1000;

    private final VertxInternal real = (VertxInternal) Vertx.vertx(new VertxOptions().setWorkerPoolSize(THREADS));
    private final PortGuard.Limits limits;
    private final List<PortGuard> guards = new CopyOnWriteArrayList<>();
    private volatile boolean open;

    Ports(PortGuard.Limits limits) {
        this.limits = limits;
        real.setPeriodic(LOOK_EVERY_MILLIS, again -> look());
    }

    void look() {
        guards.forEach(PortGuard::look);
    }

    /** For Camel to make its servers with. */
    Vertx vertx() {
        return instead(VertxInternal.class, real, (method, arguments) -> {
            boolean makes = method.equals("createHttpServer") && arguments.length == 1;
            return makes ? server((HttpServerOptions) arguments[0]) : null;
        });
    }

    private HttpServer server(HttpServerOptions camels) {
        HttpServerOptions options = new HttpServerOptions(camels).setHttp2ClearTextEnabled(false);
        HttpServer server = real.createHttpServer(options);
        PortGuard guard = new PortGuard(limits);
        guards.add(guard);
        server.connectionHandler(guard::connected);
        return instead(HttpServer.class, server, (method, arguments) -> {
            if (!method.equals("requestHandler") || arguments.length != 1) {
                return null;
            }
            @SuppressWarnings("unchecked")
            Handler<HttpServerRequest> handler = (Handler<HttpServerRequest>) arguments[0];
            return server.requestHandler(guard.before(request -> {
                if (!open && WebhookPort.isOne(request)) {
                    WebhookPort.answer(request, 503);
                } else {
                    handler.handle(request);
                }
            }));
        });
    }

    /** Whether webhooks are taken. Before their routes are up, and while they are taken down, an event has to come again. */
    void take(boolean webhooks) {
        open = webhooks;
    }

    /** Only its body will tell who sends this. */
    void isUnknown(HttpServerRequest request) {
        guards.stream().filter(guard -> guard.has(request)).forEach(guard -> guard.isUnknown(request));
    }

    /** It waits for us and not we for it, or no longer. */
    void hold(HttpServerRequest request, boolean held) {
        guards.forEach(guard -> guard.hold(request, held));
    }

    private interface Own {
        /** @return null: as the real one does it */
        Object call(String method, Object[] arguments);
    }

    private static <T> T instead(Class<T> type, T real, Own own) {
        InvocationHandler calls = (proxy, method, arguments) -> {
            Object answer = arguments == null ? null : own.call(method.getName(), arguments);
            try {
                return answer != null ? answer : method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(Ports.class.getClassLoader(), new Class<?>[] {type}, calls));
    }

    /** Once the servers are closed. */
    @Override
    public void close() {
        try {
            real.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
            // The process ends in any case.
        }
    }
}
