package dev.tandem.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.OscarSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OSCaR's whole feed as anybody may read it. */
final class FeedRows {
    private FeedRows() {}

    static List<JsonNode> of(OscarSimulator oscar) {
        return of(oscar, "");
    }

    static List<JsonNode> of(OscarSimulator oscar, String query) {
        HttpClient http = HttpClient.newHttpClient();
        try {
            var login = Json.of(Map.of("email", "sync@example.org", "password", "secret"));
            var headers = http.send(
                            HttpRequest.newBuilder(URI.create(oscar.url() + "/api/v1/admin_auth/sign_in"))
                                    .POST(BodyPublishers.ofString(login.toString()))
                                    .build(),
                            BodyHandlers.discarding())
                    .headers();
            var request = HttpRequest.newBuilder(URI.create(oscar.url() + "/api/v1/organizations/clients" + query));
            for (String name : List.of("access-token", "client", "uid")) {
                request.header(name, headers.firstValue(name).orElseThrow());
            }
            List<JsonNode> rows = new ArrayList<>();
            Json.MAPPER
                    .readTree(
                            http.send(request.build(), BodyHandlers.ofString()).body())
                    .path("data")
                    .forEach(rows::add);
            return rows;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
