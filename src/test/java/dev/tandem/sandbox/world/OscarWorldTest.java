package dev.tandem.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.oscar.OscarSettings;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.world.OscarWorld.Child;
import dev.tandem.sandbox.world.OscarWorld.Kind;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OscarWorldTest {
    private final HttpClient http = HttpClient.newHttpClient();

    private static OscarSimulator oscar() {
        return OscarSimulator.start(OscarSettings.standard(), SimClock.frozenAt(Instant.parse("2026-03-10T12:00:00Z")));
    }

    /** Reads the feed row by row, as a caller with little memory does. */
    private void feed(OscarSimulator oscar, Consumer<ObjectNode> row) throws Exception {
        URI signIn = URI.create(oscar.url() + "/api/v1/admin_auth/sign_in");
        var headers = http.send(
                        HttpRequest.newBuilder(signIn)
                                .POST(BodyPublishers.ofString(
                                        Json.of(Map.of("email", "sync@example.org", "password", "secret"))
                                                .toString()))
                                .build(),
                        BodyHandlers.discarding())
                .headers();
        var request = HttpRequest.newBuilder(URI.create(oscar.url() + "/api/v1/organizations/clients"));
        for (String name : List.of("access-token", "client", "uid")) {
            request.header(name, headers.firstValue(name).orElseThrow());
        }
        try (InputStream body =
                        http.send(request.build(), BodyHandlers.ofInputStream()).body();
                JsonParser json = Json.MAPPER.createParser(body)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            assertThat(json.nextFieldName()).isEqualTo("data");
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            while (json.nextToken() == JsonToken.START_OBJECT) {
                row.accept(json.<ObjectNode>readValueAsTree());
            }
            assertThat(json.nextToken()).isEqualTo(JsonToken.END_OBJECT);
        }
    }

    @Test
    void the_feed_holds_every_kind_of_value_it_is_known_for() throws Exception {
        try (OscarSimulator oscar = oscar()) {
            List<Child> children = OscarWorld.populate(oscar, 4800, 7);
            List<JsonNode> rows = new ArrayList<>();
            feed(oscar, rows::add);

            Map<Kind, Long> kinds = OscarWorld.count(children);
            assertThat(kinds).containsOnlyKeys(Kind.values());
            assertThat(rows).hasSize((int) (4800 - kinds.get(Kind.INVISIBLE)));
            assertThat(rows.stream().filter(r -> r.has("level_of_risk")))
                    .hasSize(kinds.get(Kind.REFERRED_OUTWARD).intValue());
            assertThat(values(rows, "level_of_risk")).contains("high", "medium", "low", "no action", "");
            assertThat(values(rows, "gender"))
                    .contains("lgbt", "unknown", "prefer_not_to_say", "other", "Male", "FEMALE");
            assertThat(values(rows, "date_of_birth")).anyMatch(date -> date.length() == 11);
            assertThat(values(rows, "location_current_village_code"))
                    .contains("0004")
                    .extracting(String::length)
                    .contains(0, 2, 4, 6, 8);
            assertThat(values(rows, "case_worker_name")).anyMatch(names -> names.contains(", "));
            assertThat(values(rows, "case_worker_mobile")).contains("");
            assertThat(values(rows, "given_name")).anyMatch(name -> name.codePointAt(0) > 0x1780);
            Set<String> services = new TreeSet<>();
            rows.forEach(row ->
                    row.get("services").forEach(s -> services.add(s.get("name").asText())));
            assertThat(services).containsAll(oscar.admin("cif").services());
        }
    }

    @Test
    void same_seed_same_world() throws Exception {
        List<List<ObjectNode>> worlds = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (OscarSimulator oscar = oscar()) {
                OscarWorld.populate(oscar, 500, 3);
                List<ObjectNode> rows = new ArrayList<>();
                feed(oscar, rows::add);
                worlds.add(rows);
            }
        }

        assertThat(worlds.get(0)).isEqualTo(worlds.get(1)).isNotEmpty();
    }

    @Test
    void a_hundred_thousand_clients_fit_and_stream() throws Exception {
        try (OscarSimulator oscar = oscar()) {
            long invisible =
                    OscarWorld.count(OscarWorld.populate(oscar, 100_000, 1)).get(Kind.INVISIBLE);
            int[] rows = new int[1];
            feed(oscar, row -> rows[0]++);

            assertThat(rows[0]).isEqualTo((int) (100_000 - invisible));
        }
    }

    private static Set<String> values(List<JsonNode> rows, String field) {
        Set<String> values = new TreeSet<>();
        rows.stream()
                .filter(row -> row.has(field))
                .forEach(row -> values.add(row.get(field).asText()));
        return values;
    }
}
