package dev.tandem.sandbox.oscar;

import dev.tandem.sandbox.http.SimClock;
import java.time.Instant;
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

    @BeforeEach
    void startOscar() {
        oscar = OscarSimulator.start(OscarSettings.standard().withTenants("cif", "gpc"), clock);
        api = Api.signedIn(oscar);
        cif = oscar.worker("cif");
    }

    @AfterEach
    void stopOscar() {
        oscar.close();
    }

    String newChild() {
        return cif.newClient(ClientForm.named("Sok", "Testa"));
    }

    ClientFacts client(String slug) {
        return oscar.checks().client("cif", slug);
    }
}
