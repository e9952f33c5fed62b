package dev.tandem.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One call as it came in. Its text form names method and path only. */
public final class Request {
    /** User and password of a Basic header. */
    public record Basic(String user, String password) {
        @Override
        public String toString() {
            return "Basic[" + user + "]";
        }
    }

    private final String method;
    private final String path;
    private final Map<String, List<String>> query;
    private final Headers headers;
    private final byte[] body;
    private final String template;
    private final Map<String, String> pathValues;
    private final Map<String, String> notes;

    Request(String method, URI uri, Headers headers, byte[] body, Router.Match match) {
        this.method = method;
        this.path = uri.getPath();
        this.query = parse(uri.getRawQuery());
        this.headers = headers;
        this.body = body;
        this.template = match.template();
        this.pathValues = match.values();
        this.notes = Collections.synchronizedMap(new LinkedHashMap<>(pathValues));
    }

    private Request(Request other) {
        this.method = other.method;
        this.path = other.path;
        this.query = other.query;
        this.headers = other.headers;
        this.body = new byte[0];
        this.template = other.template;
        this.pathValues = other.pathValues;
        this.notes = other.notes;
    }

    /** The same call, its body not read. */
    public Request withoutBody() {
        return new Request(this);
    }

    /** Form decoding: a plus sign is a blank, as Rack has it. */
    static Map<String, List<String>> parse(String raw) {
        Map<String, List<String>> parsed = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return parsed;
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parsed.computeIfAbsent(decode(key), k -> new ArrayList<>()).add(decode(value));
        }
        return parsed;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    /** The route's pattern, such as {@code /api/v2/cases/:id}; the path itself if no route matched. */
    public String template() {
        return template;
    }

    /** A part of the path, by its name in the template without the colon. */
    public String pathValue(String name) {
        return pathValues.get(name);
    }

    /** All parameters in the order of their first mention, decoded. */
    public Map<String, List<String>> query() {
        return query;
    }

    /** The last value of a parameter. */
    public Optional<String> query(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    public byte[] body() {
        return body;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON; an empty body is a missing node.
     *
     * @throws IllegalArgumentException if the body is not JSON
     */
    public JsonNode json() {
        return Json.read(body);
    }

    public Optional<Basic> basic() {
        return header("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .flatMap(Request::basicOf);
    }

    private static Optional<Basic> basicOf(String header) {
        try {
            String decoded = new String(
                    Base64.getDecoder()
                            .decode(header.substring("Basic ".length()).trim()),
                    StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Basic(decoded.substring(0, colon), decoded.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Adds an id that the call log is to keep, never a personal value. */
    public void note(String name, String id) {
        notes.put(name, id);
    }

    Map<String, String> notes() {
        synchronized (notes) {
            return Map.copyOf(notes);
        }
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
