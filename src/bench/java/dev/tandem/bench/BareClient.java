package dev.tandem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * The same calls without anything else: no ledger, no mapping, no retry. One {@code java.net.http} client, connections kept,
 * every body read to its end, the same limit of calls at once to each system, and as many records in work as Tandem has.
 */
final class BareClient {
    private record Child(String id, String caseId) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String primero;
    private final String oscar;
    private final int recordsAtOnce;
    private final Semaphore primeroTurns;
    private final Semaphore oscarTurns;
    private Map<String, String> token = Map.of();

    BareClient(RemoteWorld world, int callsAtOnce) {
        primero = world.bench.primero.url();
        oscar = world.bench.oscar.url();
        recordsAtOnce = RemoteWorld.recordsAtOnce(callsAtOnce);
        primeroTurns = new Semaphore(callsAtOnce);
        oscarTurns = new Semaphore(callsAtOnce);
    }

    /** Reads these pages one after another. @return the seconds it took */
    double read(List<String> pages) throws Exception {
        long began = System.nanoTime();
        for (String page : pages) {
            fromPrimero("/api/v2/cases?" + page);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Reads the feed and these pages. @return the seconds it took */
    double readAll(List<String> pages) throws Exception {
        long began = System.nanoTime();
        signIn();
        fromOscar("/api/v1/organizations/clients?locale=en");
        read(pages);
        return (System.nanoTime() - began) / 1e9;
    }

    /** Reads both systems, then each case with its referrals, and refers each child. @return the seconds it took */
    double deliver(List<String> pages) throws Exception {
        JsonNode referral = referral();
        ExecutorService threads = Executors.newFixedThreadPool(recordsAtOnce);
        try {
            long began = System.nanoTime();
            signIn();
            fromOscar("/api/v1/organizations/clients?locale=en");
            Map<String, Child> children = new LinkedHashMap<>();
            for (String page : pages) {
                for (JsonNode row : Json.read(new String(fromPrimero("/api/v2/cases?" + page), StandardCharsets.UTF_8))
                        .path("data")) {
                    Child child = new Child(
                            row.path("id").asText(), row.path("case_id").asText());
                    children.put(child.id(), child);
                }
            }
            List<Callable<Void>> records = new ArrayList<>();
            children.values()
                    .forEach(child -> records.add(() -> {
                        deliver(child, referral);
                        return null;
                    }));
            for (Future<Void> record : threads.invokeAll(records)) {
                record.get();
            }
            return (System.nanoTime() - began) / 1e9;
        } finally {
            threads.shutdown();
        }
    }

    private void deliver(Child child, JsonNode referral) throws Exception {
        fromPrimero("/api/v2/cases/" + child.id());
        fromPrimero("/api/v2/cases/" + child.id() + "/referrals");
        ObjectNode body = referral.deepCopy();
        body.withObject("organization")
                .put("external_id", child.caseId())
                .put("organization_name", RemoteWorld.NGO)
                .withArray("services")
                .forEach(service -> ((ObjectNode) service).put("uuid", child.id()));
        HttpRequest.Builder request = request(oscar + "/api/v1/organizations/clients/upsert?locale=en")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        token.forEach(request::header);
        send(request.build(), oscarTurns);
    }

    /** What the mapping makes of a case is in its examples. */
    private static JsonNode referral() throws IOException {
        return Json.read(Files.readString(
                        Path.of("mappings/examples/primero-to-oscar/referral/p1-khmer-names-no-phone.json")))
                .path("output");
    }

    private byte[] fromPrimero(String path) throws Exception {
        String login = Base64.getEncoder().encodeToString("tandem:synthetic-password".getBytes(StandardCharsets.UTF_8));
        return send(
                        request(primero + path)
                                .header("Authorization", "Basic " + login)
                                .build(),
                        primeroTurns)
                .body();
    }

    private byte[] fromOscar(String path) throws Exception {
        HttpRequest.Builder request = request(oscar + path);
        token.forEach(request::header);
        return send(request.build(), oscarTurns).body();
    }

    private void signIn() throws Exception {
        HttpRequest request = request(oscar + "/api/v1/admin_auth/sign_in")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"sync@example.org\",\"password\":\"secret\"}"))
                .build();
        Map<String, String> given = new LinkedHashMap<>();
        HttpResponse<byte[]> answer = send(request, oscarTurns);
        for (String name : List.of("access-token", "client", "uid")) {
            given.put(name, answer.headers().firstValue(name).orElseThrow());
        }
        token = given;
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json");
    }

    private HttpResponse<byte[]> send(HttpRequest request, Semaphore turns) throws Exception {
        turns.acquire();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        request.method() + " " + request.uri().getPath() + " was answered " + answer.statusCode());
            }
            return answer;
        } finally {
            turns.release();
        }
    }
}
