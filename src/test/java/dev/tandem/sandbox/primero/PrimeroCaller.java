package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Speaks real HTTP to the simulator, as any client would. */
final class PrimeroCaller {
    record Answer(int status, String body) {
        JsonNode json() {
            return Json.read(body);
        }

        JsonNode data() {
            return json().path("data");
        }

        /** The {@code detail} of the first error: its pointers, or the one attribute. */
        List<String> detail() {
            JsonNode detail = json().path("errors").path(0).path("detail");
            List<String> all = new ArrayList<>();
            if (detail.isArray()) {
                detail.forEach(each -> all.add(each.asText()));
            } else {
                all.add(detail.asText());
            }
            return all;
        }

        List<String> values(String field) {
            List<String> all = new ArrayList<>();
            data().forEach(row -> all.add(row.path(field).asText()));
            return all;
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String authorization;

    PrimeroCaller(PrimeroSimulator primero) {
        this(primero.url(), primero.options().user(), primero.options().password());
    }

    PrimeroCaller(String url, String user, String password) {
        this.url = url;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    Answer get(String path) {
        return call("GET", path, "");
    }

    Answer post(String path, String data) {
        return call("POST", path, "{\"data\":" + data + "}");
    }

    Answer patch(String path, String data) {
        return call("PATCH", path, "{\"data\":" + data + "}");
    }

    Answer call(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        request.header("Authorization", authorization);
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
