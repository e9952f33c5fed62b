package dev.tandem.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.primero.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The integration before us, as far as it leaves traces (mapping-facts 1 to 4): it writes what the jobs write, over HTTP, one
 * job at a time, so that a test can leave the next one out.
 */
final class Incumbent {
    private static final Map<String, String> ROW_STATUS =
            Map.of("accepted", "accepted_340953", "rejected", "rejected_936484");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Bench bench;

    Incumbent(Bench bench) {
        this.bench = bench;
    }

    /** The referral of one row: a new one at OSCaR each time. */
    void sends(String caseId, String row) {
        JsonNode theCase = theCase(caseId);
        JsonNode service = row(theCase, row);
        ObjectNode body = Json.object()
                .put("external_id", theCase.path("case_id").asText())
                .put("external_id_display", theCase.path("case_id_display").asText())
                .put("level_of_risk", theCase.path("risk_level").asText().replace('_', ' '))
                .put("mosvy_number", "")
                .put("given_name", theCase.path("name_first").asText())
                .put("family_name", theCase.path("name_last").asText())
                .put("gender", theCase.path("sex").asText())
                .put("date_of_birth", theCase.path("date_of_birth").asText())
                .put(
                        "location_current_village_code",
                        "0" + theCase.path("location_current").asText())
                .put("reason_for_referral", "Example note")
                .put("external_case_worker_name", theCase.path("owned_by").asText())
                .put("external_case_worker_mobile", "000000000")
                .put("is_referred", true)
                .put("organization_name", ngo(service));
        body.putArray("services")
                .addObject()
                .put("uuid", row)
                .put("name", serviceName(service.path("service_subtype").path(0).asText()));
        oscar("POST", "/organizations/clients/upsert", Json.object().set("organization", body));
    }

    /** What an NGO decided: the referral, and, unless the run died in between, its row. */
    void decides(String ngo, String slug, String caseId, String row, String status, boolean rowToo) {
        String referral = bench.primero.referrals(caseId).stream()
                .filter(each -> each.serviceRow().equals(row))
                .findFirst()
                .orElseThrow()
                .id();
        primero(
                "PATCH",
                "/cases/" + caseId + "/referrals/" + referral,
                Json.object().put("status", status));
        if (!rowToo) {
            return;
        }
        JsonNode client = client(ngo, slug);
        ObjectNode data = ids(client);
        ObjectNode decided = data.putArray("services_section").addObject();
        decided.put("unique_id", row)
                .put("referral_status_edf41f2", ROW_STATUS.get(status))
                .put("oscar_referral_id_a4ac8a5", referralId(client))
                .setAll(worker(client));
        primero("PATCH", "/cases/" + caseId, data);
    }

    /** Writes on a referred row what OSCaR calls its referral, before the NGO has decided anything. */
    void names(String ngo, String slug, String caseId, String row) {
        JsonNode client = client(ngo, slug);
        ObjectNode data = ids(client);
        data.putArray("services_section")
                .addObject()
                .put("unique_id", row)
                .put("oscar_referral_id_a4ac8a5", referralId(client))
                .setAll(worker(client));
        primero("PATCH", "/cases/" + caseId, data);
    }

    /** A case for a client that an NGO referred, its rows under the catalogue's ids. @return its id */
    String creates(String ngo, String slug, String subtype) {
        JsonNode client = client(ngo, slug);
        ObjectNode data = ids(client)
                .put("module_id", "primeromodule-cp")
                .put("name_first", client.path("given_name").asText())
                .put("name_last", client.path("family_name").asText())
                .put("sex", "female")
                .put("age", 9)
                .put("date_of_birth", client.path("date_of_birth").asText())
                .put("protection_status", "oscar_referral")
                .put("interview_subject", "other")
                .put("risk_level", "no_action")
                .put("owned_by", "mgrstg")
                .put("consent_for_services", true)
                .put("disclosure_other_orgs", true);
        data.putArray("services_section").add(ownRow(client, subtype));
        primero("POST", "/cases", data);
        return bench.primero
                .caseByOscarNumber(client.path("global_id").asText())
                .get(0)
                .path("id")
                .asText();
    }

    /** A further referral of the same service: it lands on the row of the first, under the same id (defect D43). */
    void sendsAgain(String ngo, String slug, String caseId, String subtype) {
        ObjectNode data = Json.object();
        data.putArray("services_section").add(ownRow(client(ngo, slug), subtype));
        primero("PATCH", "/cases/" + caseId, data);
    }

    /** Tells OSCaR the ids of a case. */
    void links(String caseId) {
        JsonNode theCase = theCase(caseId);
        ObjectNode link = Json.object()
                .put("external_id", theCase.path("case_id").asText())
                .put("external_id_display", theCase.path("case_id_display").asText())
                .put("global_id", theCase.path("oscar_number").asText())
                .put("is_referred", false);
        oscar(
                "PUT",
                "/organizations/clients/update_links",
                Json.object().set("data", Json.array().add(link)));
    }

    private ObjectNode ownRow(JsonNode client, String subtype) {
        Map<String, String> listed = listed("primero_subtype", subtype);
        ObjectNode row = Json.object()
                .put("unique_id", listed.get("oscar_uuid"))
                .put("service_type", listed.get("primero_type"))
                .put("service_type_text", listed.get("primero_type"))
                .put("service_type_details_text", "n/a")
                .put("service_response_type", "referral_from_oscar")
                .put(
                        "oscar_referring_organization",
                        "agency-" + client.path("organization_name").asText())
                .put(
                        "service_implementing_agency",
                        "agency-" + client.path("organization_name").asText())
                .put("oscar_referral_id_a4ac8a5", referralId(client))
                .put(
                        "referral_notes_from_oscar_2e787b8",
                        client.path("reason_for_referral").asText())
                .put("referral_status_edf41f2", "pending_310366");
        row.putArray("service_subtype").add(subtype);
        row.setAll(worker(client));
        return row;
    }

    private static ObjectNode worker(JsonNode client) {
        return Json.object()
                .put("oscar_case_worker_name", client.path("case_worker_name").asText())
                .put(
                        "oscar_case_worker_telephone",
                        client.path("case_worker_mobile").asText());
    }

    private static ObjectNode ids(JsonNode client) {
        return Json.object()
                .put("oscar_number", client.path("global_id").asText())
                .put("oscar_short_id", client.path("slug").asText())
                .put("oscar_status", client.path("status").asText());
    }

    private static String referralId(JsonNode client) {
        String newest = "";
        for (JsonNode service : client.path("services")) {
            newest = service.path("referral_id").asText(newest);
        }
        return newest;
    }

    private JsonNode client(String ngo, String slug) {
        for (JsonNode client : oscar("GET", "/organizations/clients", null).path("data")) {
            if (client.path("organization_name").asText().equals(ngo)
                    && client.path("slug").asText().equals(slug)) {
                return client;
            }
        }
        throw new IllegalArgumentException("the feed does not show " + ngo + "/" + slug);
    }

    private ObjectNode theCase(String id) {
        return bench.primero.caseById(id).orElseThrow();
    }

    private static JsonNode row(JsonNode theCase, String uniqueId) {
        for (JsonNode row : theCase.path("services_section")) {
            if (row.path("unique_id").asText().equals(uniqueId)) {
                return row;
            }
        }
        throw new IllegalArgumentException("no such row");
    }

    private static String ngo(JsonNode service) {
        return service.path("service_implementing_agency").asText().substring("agency-".length());
    }

    private static String serviceName(String subtype) {
        return listed("primero_subtype", subtype).get("oscar_service");
    }

    private static Map<String, String> listed(String column, String value) {
        return Configuration.rows("services").stream()
                .filter(row -> row.get(column).equals(value))
                .findFirst()
                .orElseThrow();
    }

    private void primero(String method, String path, ObjectNode data) {
        String login = Base64.getEncoder().encodeToString("tandem:synthetic-password".getBytes(StandardCharsets.UTF_8));
        send(
                HttpRequest.newBuilder(URI.create(bench.primero.url() + "/api/v2" + path))
                        .header("Authorization", "Basic " + login),
                method,
                Optional.of(Json.object().set("data", data)));
    }

    private JsonNode oscar(String method, String path, JsonNode body) {
        HttpResponse<String> in = send(
                HttpRequest.newBuilder(URI.create(bench.oscar.url() + "/api/v1/admin_auth/sign_in")),
                "POST",
                Optional.of(Json.object().put("email", "sync@example.org").put("password", "secret")));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(bench.oscar.url() + "/api/v1" + path));
        for (String name : new String[] {"access-token", "client", "uid"}) {
            request.header(name, in.headers().firstValue(name).orElseThrow());
        }
        return Json.read(send(request, method, Optional.ofNullable(body)).body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String method, Optional<JsonNode> body) {
        HttpRequest complete = request.header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        method,
                        body.map(json -> BodyPublishers.ofString(json.toString()))
                                .orElse(BodyPublishers.noBody()))
                .build();
        try {
            HttpResponse<String> answer = http.send(complete, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + complete.uri().getPath() + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
