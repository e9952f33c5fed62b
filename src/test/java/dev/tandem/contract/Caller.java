package dev.tandem.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Sends requests as they are, one at a time, and follows no redirect. */
public final class Caller {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String base;
    private final Map<String, String> headers;
    private final UnaryOperator<Answer> received;
    private final Duration pause;

    public Caller(String base, Map<String, String> headers) {
        this(base, headers, UnaryOperator.identity(), Duration.ZERO);
    }

    private Caller(String base, Map<String, String> headers, UnaryOperator<Answer> received, Duration pause) {
        this.base = base;
        this.headers = new TreeMap<>(headers);
        this.received = received;
        this.pause = pause;
    }

    /** Another caller that sees other answers than came: how a test shows that a clause can fail. */
    Caller distorted(UnaryOperator<Answer> distortion) {
        return new Caller(base, headers, distortion, pause);
    }

    /** One that waits before each call. */
    public Caller paced(Duration before) {
        return new Caller(base, headers, received, before);
    }

    /** Asks for a page that needs no sign-in; whatever it answers, it answers. */
    public void reach(String path) {
        try {
            send("GET", path, (String) null);
        } catch (Different noAnswer) {
            throw Stop.unreachable(URI.create(base).getHost() + " does not answer");
        }
    }

    public Caller with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Caller(base, more, received, pause);
    }

    public Caller without(String header) {
        Map<String, String> less = new TreeMap<>(headers);
        less.remove(header);
        return new Caller(base, less, received, pause);
    }

    public Answer send(String method, String path, String body) {
        return send(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    public Answer send(String method, String path, byte[] body) {
        return send(method, path, BodyPublishers.ofByteArray(body));
    }

    /** Without {@code Content-Length}. */
    public Answer sendInChunks(String method, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(method, path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
    }

    private Answer send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body);
        if (body.contentLength() != 0) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::setHeader);
        try {
            Thread.sleep(pause.toMillis());
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            Map<String, String> seen = new TreeMap<>();
            response.headers().map().forEach((name, values) -> seen.put(name, values.get(0)));
            return received.apply(new Answer(response.statusCode(), seen, response.body()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw Stop.unreachable("no connection to " + URI.create(base).getHost());
        } catch (IOException e) {
            throw new Different("an answer", "none: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Stop.refused("interrupted");
        }
    }
}
