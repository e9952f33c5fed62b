package dev.tandem.engine.port;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.KeyCertOptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The Vert.x that Camel makes the servers of both ports with. Camel has no settings for what a server on the open network needs:
 * HTTP/2 in clear stays off, and each server stands behind a {@link PortGuard} from its first connection on.
 */
public final class Ports implements AutoCloseable {
    /** Made as they are needed. So many events can wait for one commit together; see {@link dev.tandem.ledger.items.EventMarks}. */
    private static final int THREADS = 5 * VertxOptions.DEFAULT_WORKER_POOL_SIZE;

    private static final long LOOK_EVERY_MILLIS = 1000;

    private final VertxInternal real = (VertxInternal) Vertx.vertx(new VertxOptions().setWorkerPoolSize(THREADS));
    private final PortGuard.Limits limits;
    private final Map<Integer, KeyCertOptions> certificates;
    private final List<PortGuard> guards = new CopyOnWriteArrayList<>();
    private volatile boolean open;
    private volatile boolean refused;

    /** @param certificates by their ports; a port without one speaks in clear */
    public Ports(PortGuard.Limits limits, Map<Integer, KeyCertOptions> certificates) {
        this.limits = limits;
        this.certificates = certificates;
        real.setPeriodic(LOOK_EVERY_MILLIS, again -> look());
    }

    void look() {
        guards.forEach(PortGuard::look);
    }

    /** For Camel to make its servers with. */
    public Vertx vertx() {
        InvocationHandler calls = (proxy, method, arguments) ->
                method.getName().equals("createHttpServer") && arguments != null && arguments.length == 1
                        ? server((HttpServerOptions) arguments[0])
                        : called(real, method, arguments);
        return VertxInternal.class.cast(
                Proxy.newProxyInstance(Ports.class.getClassLoader(), new Class<?>[] {VertxInternal.class}, calls));
    }

    private HttpServer server(HttpServerOptions camels) {
        return HttpServer.class.cast(Proxy.newProxyInstance(
                Ports.class.getClassLoader(), new Class<?>[] {HttpServer.class}, new GuardedServer(camels)));
    }

    /** Made once its port is known: that decides what it shows itself with. */
    private final class GuardedServer implements InvocationHandler {
        private final HttpServerOptions options;
        private Handler<HttpServerRequest> handler;
        private HttpServer made;

        GuardedServer(HttpServerOptions camels) {
            options = new HttpServerOptions(camels)
                    .setHttp2ClearTextEnabled(false)
                    .setUseAlpn(false);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("requestHandler") && arguments != null) {
                handler = (Handler<HttpServerRequest>) arguments[0];
                return proxy;
            }
            if (method.getName().equals("listen") && arguments != null && arguments[0] instanceof Integer port) {
                made = made(port);
                int last = arguments.length - 1;
                if (arguments[last] instanceof Handler<?> told) {
                    Handler<AsyncResult<HttpServer>> camels = (Handler<AsyncResult<HttpServer>>) told;
                    arguments[last] = (Handler<AsyncResult<HttpServer>>) listening -> {
                        refused |= listening.failed();
                        camels.handle(listening);
                    };
                }
            }
            return called(made == null ? real.createHttpServer(options) : made, method, arguments);
        }

        private HttpServer made(int port) {
            Optional.ofNullable(certificates.get(port))
                    .ifPresent(shown -> options.setSsl(true).setKeyCertOptions(shown));
            PortGuard guard = new PortGuard(limits);
            guards.add(guard);
            return real.createHttpServer(options)
                    .connectionHandler(guard::connected)
                    .requestHandler(guard.before(request -> {
                        if (!open && WebhookPort.isOne(request)) {
                            WebhookPort.answer(request, 503);
                        } else {
                            handler.handle(request);
                        }
                    }));
        }
    }

    /** Whether each server has its port: Camel only warns of one that has not. */
    public boolean listening() {
        return !refused;
    }

    /** Whether webhooks are taken. Before their routes are up, and while they are taken down, an event has to come again. */
    public void take(boolean webhooks) {
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

    private static Object called(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
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
