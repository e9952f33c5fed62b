package dev.tandem.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server for a simulator, on the loopback address. Register routes, then {@link #start}. Every call passes the
 * faults first, then what was put around the routes, then the route's handler.
 */
public final class SimServer implements AutoCloseable {
    static {
        // Without it each answer waits for the client's delayed acknowledgement, some 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Router router = new Router();
    private final List<Handler.Around> around = new CopyOnWriteArrayList<>();
    private final CallLog calls = new CallLog();
    private final Faults faults = new Faults();
    private final SimClock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sandbox-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final Control control;
    private Handler otherwise = request -> Reply.empty(404);
    private int port;
    private HttpServer http;

    public SimServer(SimClock clock) {
        this(clock, 0);
    }

    /** @param port 0 for any free one */
    public SimServer(SimClock clock, int port) {
        this.clock = clock;
        this.port = port;
        this.control = new Control(this);
    }

    /** A parameter in the path is written {@code :name}. */
    public void route(String method, String template, Handler handler) {
        router.add(method, template, handler);
    }

    /** The first one added is the outermost. It is not put around {@code /_control}. */
    public void around(Handler.Around filter) {
        around.add(filter);
    }

    /** Answers what no route matches; 404 without a body unless set. */
    public void otherwise(Handler handler) {
        otherwise = handler;
    }

    public SimServer start() {
        up();
        return this;
    }

    public int port() {
        return port;
    }

    /** Without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public CallLog calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    public SimClock clock() {
        return clock;
    }

    public Control control() {
        return control;
    }

    /** Stops listening: connections are refused until {@link #up}. Calls under way are cut off. */
    public synchronized void down() {
        if (http != null) {
            http.stop(0);
            http = null;
        }
    }

    /** Listens (again), on the same port as before. */
    public synchronized void up() {
        if (http != null) {
            return;
        }
        try {
            http = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = http.getAddress().getPort();
        http.createContext("/", this::serve);
        http.setExecutor(threads);
        http.start();
    }

    /** Refuses connections for that long, for a caller in another process. */
    void downFor(Duration time) {
        threads.execute(() -> {
            pause(Duration.ofMillis(20));
            down();
            pause(time);
            up();
        });
    }

    @Override
    public void close() {
        faults.clear();
        down();
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Router.Match match = router.match(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath());
        try (exchange) {
            if (Control.owns(exchange.getRequestURI().getPath())) {
                send(exchange, answer(read(exchange, match), match, false));
                return;
            }
            Instant at = clock.now();
            Request head = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new byte[0],
                    match);
            Optional<Fault> fault = faults.strike(head);
            if (fault.isPresent() && fault.get().shape() == Fault.Shape.UNREAD) {
                calls.add(at, head, 0, 0, Optional.of(fault.get().name()));
                return;
            }
            Request request = read(exchange, match);
            if (fault.isPresent()) {
                misbehave(exchange, at, request, match, fault.get());
            } else {
                Reply reply = answer(request, match, true);
                calls.add(at, request, reply.status(), reply.status(), Optional.empty());
                send(exchange, reply);
            }
        }
    }

    private static Request read(HttpExchange exchange, Router.Match match) throws IOException {
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes(),
                match);
    }

    private void misbehave(HttpExchange exchange, Instant at, Request request, Router.Match match, Fault fault)
            throws IOException {
        if (!fault.effect()) {
            fault.hold().ifPresent(Hold::pass);
        }
        Reply right = fault.runsHandler() ? answer(request, match, true) : null;
        int outcome = right == null ? 0 : right.status();
        if (fault.effect()) {
            fault.hold().ifPresent(Hold::pass);
        }
        pause(fault.delay());
        if (fault.losesAnswer() && outcome < 400) {
            faults.lostAnswer(request);
        }
        Reply reply = fault.answer().orElse(right);
        int status = fault.shape() == Fault.Shape.DROPPED ? 0 : reply.status();
        calls.add(at, request, status, outcome, Optional.of(fault.name()));
        switch (fault.shape()) {
            case RIGHT, REPLACED -> send(exchange, reply);
            case EMPTIED -> send(exchange, reply.withContent(new byte[0]));
            case MALFORMED -> send(exchange, reply.withContent(broken(reply.content())));
            case TRUNCATED -> cut(exchange, reply);
            case DROPPED, UNREAD -> {
                // Closing the exchange without an answer closes the connection.
            }
        }
    }

    private Reply answer(Request request, Router.Match match, boolean withFilters) {
        try {
            Handler handler = match.handler() == null ? otherwise : match.handler();
            return withFilters ? chain(0, handler).handle(request) : handler.handle(request);
        } catch (RuntimeException e) {
            return Reply.json(500, Json.object().put("error", e.getClass().getSimpleName()));
        }
    }

    private Handler chain(int from, Handler handler) {
        if (from == around.size()) {
            return handler;
        }
        return request -> around.get(from).handle(request, chain(from + 1, handler));
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        long length = reply.body().length();
        if (reply.status() == 204 || length == 0) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), length < 0 ? 0 : length);
        try (var out = exchange.getResponseBody()) {
            reply.body().writeTo(out);
        }
    }

    private static void cut(HttpExchange exchange, Reply reply) throws IOException {
        byte[] content = reply.content();
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), content.length + 1L);
        exchange.getResponseBody().write(content, 0, content.length / 2);
        exchange.getResponseBody().flush();
    }

    private static byte[] broken(byte[] content) {
        return content.length == 0 ? new byte[] {'{'} : Arrays.copyOf(content, content.length - 1);
    }

    private static void pause(Duration time) {
        if (time.isZero()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
