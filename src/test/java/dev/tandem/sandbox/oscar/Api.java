package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A caller of the API as it is, with nothing clever about it. */
final class Api {
    /** An answer; the body is read as JSON only when asked. */
    record Got(int status, HttpResponse<String> response) {
        String text() {
            return response.body();
        }

        JsonNode json() {
            return Json.read(text());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        JsonNode data() {
            return json().get("data");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Map<String, String> headers = new TreeMap<>(Map.of("Accept", "application/json"));

    Api(OscarSimulator simulator) {
        base = simulator.url() + "/api/v1";
    }

    static Api signedIn(OscarSimulator simulator) {
        Api api = new Api(simulator);
        Got got = api.signIn("sync@example.org", "secret");
        for (String name : new String[] {"access-token", "client", "uid"}) {
            api.headers.put(name, got.header(name));
        }
        return api;
    }

    Got signIn(String email, String password) {
        return send("POST", "/admin_auth/sign_in", Json.of(Map.of("email", email, "password", password)));
    }

    Got feed() {
        return send("GET", "/organizations/clients", null);
    }

    Got upsert(ObjectNode organization) {
        return send("POST", "/organizations/clients/upsert", Json.object().set("organization", organization));
    }

    Got statuses(ObjectNode... rows) {
        return send("PUT", "/organizations/referrals/update_statuses", data(rows));
    }

    Got send(String verb, String path, JsonNode body) {
        return sendText(verb, path, body == null ? null : body.toString());
    }

    Got sendText(String verb, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base + path).normalize())
                .method(verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Got(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode data(ObjectNode... rows) {
        ArrayNode list = Json.array();
        for (ObjectNode row : rows) {
            list.add(row);
        }
        return Json.object().set("data", list);
    }
}
