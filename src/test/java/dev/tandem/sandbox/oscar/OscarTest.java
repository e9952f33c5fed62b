package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An OSCaR with two NGOs, its clock standing still, and a signed-in caller. */
abstract class OscarTest {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    static final String CASE = "6f1c0000-0000-4000-8000-000000000001";

    final SimClock clock = SimClock.frozenAt(NOON);
    OscarSimulator oscar;
    Api api;
    NgoWorker cif;
    NgoWorker gpc;

    @BeforeEach
    void startOscar() {
        oscar = OscarSimulator.start(OscarSettings.standard().withTenants("cif", "gpc"), clock);
        api = Api.signedIn(oscar);
        cif = oscar.worker("cif");
        gpc = oscar.worker("gpc");
    }

    @AfterEach
    void stopOscar() {
        oscar.close();
    }

    void later(Duration by) {
        clock.advance(by);
    }

    String newChild() {
        return cif.newClient(ClientForm.named("Sok", "Testa"));
    }

    /** A child that came from the ministry and was taken up. */
    String takenUp() {
        api.upsert(Api.referral("cif", CASE, ""));
        return cif.takeUp(cif.pending().get(0));
    }

    ClientFacts client(String slug) {
        return oscar.checks().client("cif", slug);
    }

    JsonNode row(Api.Got feed, String slug) {
        for (JsonNode row : feed.data()) {
            if (row.get("slug").asText().equals(slug)) {
                return row;
            }
        }
        return null;
    }

    static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        return keys;
    }

    static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(row -> texts.add(row.path(field).asText()));
        return texts;
    }
}
