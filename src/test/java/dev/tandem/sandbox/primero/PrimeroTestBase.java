package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.SimClock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A simulator with a clock that stands still, and a caller with the service account. */
abstract class PrimeroTestBase {
    static final String CASES = "/api/v2/cases";
    static final String UUID_1 = "11111111-0000-4000-8000-000000000001";

    final SimClock clock = SimClock.frozenAt(Instant.parse("2026-03-01T10:20:30.456Z"));
    final PrimeroSimulator primero = PrimeroSimulator.start(options(clock));
    final PrimeroCaller api = new PrimeroCaller(primero);
    final SocialWorker worker = primero.worker();

    Options options(SimClock clock) {
        return Options.defaults().withClock(clock);
    }

    @AfterEach
    void stop() {
        primero.close();
    }

    static String at(String id) {
        return CASES + "/" + id;
    }

    static String in(String more) {
        return "{\"module_id\":\"primeromodule-cp\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    JsonNode read(String id) {
        return api.get(at(id)).data();
    }

    String consentingCase() {
        return worker.newCase(Map.of("consent_for_services", true, "disclosure_other_orgs", true));
    }
}
