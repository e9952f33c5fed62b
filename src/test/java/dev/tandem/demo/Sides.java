package dev.tandem.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.ReferralFacts;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.SocialWorker;
import dev.tandem.sandbox.primero.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Both systems, to work in and to look at. */
final class Sides implements AutoCloseable {
    static final String PROGRAM = "Youth programme";
    static final String FROM_OSCAR = "referral_from_oscar";
    static final String PROVIDED = "service_being_provided_by_oscar_partner_47618";

    final PrimeroSimulator primero = PrimeroSimulator.start();
    final OscarSimulator oscar = OscarSimulator.start();

    /** From now on Primero tells each change to a case, once; its worker looks more often than the real one's 5 seconds. */
    void tellEvents(String url, String secret) {
        for (String event : List.of("case.create", "case.update")) {
            primero.webhooks().register(Webhook.of(event, url + "?e=" + event).withApiKey(secret));
        }
        primero.webhooks().startWorker(Duration.ofMillis(500));
    }

    SocialWorker ministry(String user) {
        return primero.worker(user);
    }

    NgoWorker ngo(String name) {
        return oscar.worker(name);
    }

    JsonNode caseOf(String id) {
        return primero.caseById(id).orElseThrow();
    }

    String field(String caseId, String name) {
        return caseOf(caseId).path(name).asText("");
    }

    Optional<String> caseByNumber(String oscarNumber) {
        return primero.caseByOscarNumber(oscarNumber).stream().findFirst().map(found -> found.path("id")
                .asText());
    }

    List<JsonNode> rows(String caseId) {
        return StreamSupport.stream(caseOf(caseId).path("services_section").spliterator(), false)
                .toList();
    }

    /** The first row of that kind of service. */
    Optional<JsonNode> row(String caseId, String responseType) {
        return rows(caseId).stream()
                .filter(row -> row.path("service_response_type").asText().equals(responseType))
                .findFirst();
    }

    /** What an NGO has received for that case, oldest first. */
    List<ReferralFacts> received(String ngo, String caseId) {
        return oscar.checks().referrals(ngo, field(caseId, "case_id"));
    }

    ClientFacts client(String ngo, String slug) {
        return oscar.checks().client(ngo, slug);
    }

    @Override
    public void close() {
        primero.close();
        oscar.close();
    }
}
