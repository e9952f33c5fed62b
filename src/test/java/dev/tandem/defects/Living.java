package dev.tandem.defects;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.endtoend.Bench;
import dev.tandem.endtoend.Children;
import dev.tandem.endtoend.LedgerRows;
import dev.tandem.operation.OpenTandem;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Handler;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.oscar.ReferralFacts;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.Referral;
import dev.tandem.sandbox.primero.SocialWorker;
import dev.tandem.settings.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Two systems at work and a Tandem between them, for all the tests of one class: each has children of its own and looks at
 * nobody else's.
 */
final class Living implements AutoCloseable {
    static final String UPSERT = "/api/v1/organizations/clients/upsert";
    static final String STATUSES = "/api/v1/organizations/referrals/update_statuses";
    static final String FEED = "/api/v1/organizations/clients";
    static final String CASES = "/api/v2/cases";
    static final String A_CASE = "/api/v2/cases/:id";
    static final String A_REFERRAL = "/api/v2/cases/:id/referrals/:referral";

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    final Bench bench;
    final PrimeroSimulator primero;
    final OscarSimulator oscar;
    private final OpenTandem tandem;
    private final List<Request> heard = new CopyOnWriteArrayList<>();

    Living(Path directory) {
        bench = new Bench(directory)
                .with("tandem.db.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
                .with("tandem.retry.min", "100ms")
                .with("tandem.retry.max", "200ms");
        primero = bench.primero;
        oscar = bench.oscar;
        // Neither system is ever empty: an answer that says so is not believed.
        primero.worker().newCase(Children.of("Somebody", "Else"));
        ngo("wmo").newClient(ClientForm.named("Somebody", "Else"));
        tandem = OpenTandem.adopting(SettingsReader.read(
                        Optional.of(bench.settingsFile()), Map.of(), Path.of("").toAbsolutePath())
                .settings());
        primero.server().around(this::listen);
        oscar.server().around(this::listen);
        tandem.sync();
    }

    private Reply listen(Request request, Handler next) {
        if (!request.method().equals("GET")) {
            heard.add(request);
        }
        return next.handle(request);
    }

    SyncReport sync() {
        return tandem.sync();
    }

    SyncReport syncInFull() {
        return tandem.syncInFull();
    }

    OpenTandem tandem() {
        return tandem;
    }

    SocialWorker worker() {
        return primero.worker();
    }

    NgoWorker ngo(String name) {
        return oscar.worker(name);
    }

    // ---- What people do in Primero

    String newCase() {
        return newCase(Map.of());
    }

    String newCase(Map<String, ?> fields) {
        ObjectNode child = Json.of(Children.of("Dara", "Example"));
        child.setAll(Json.of(fields));
        return worker().newCase(child);
    }

    /** Imported as it is, whatever Primero's own screens would say to it. */
    String imported(Map<String, ?> fields, ObjectNode... rows) {
        ObjectNode child = Json.of(Children.of("Dara", "Example"));
        child.setAll(Json.of(fields));
        child.putArray("services_section").addAll(List.of(rows));
        return primero.plant(child);
    }

    /** A row that asks an NGO for a service. */
    static ObjectNode row(String id, String subtype, String ngo) {
        return Json.of(Children.referral(subtype, "agency-" + ngo)).put("unique_id", id);
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** A new row, referred to its NGO. @return the row's id */
    String refer(String caseId, String subtype, String ngo) {
        return refer(caseId, subtype, ngo, "Example note");
    }

    String refer(String caseId, String subtype, String ngo, String note) {
        ObjectNode fields = row(newId(), subtype, ngo);
        if (subtype.isEmpty()) {
            fields.remove("service_subtype");
        }
        String row = worker().addService(caseId, Json.MAPPER.convertValue(fields, FIELDS));
        worker().refer(caseId, row, "agency-" + ngo + "-user", note);
        return row;
    }

    // ---- What people do at an NGO

    /** A child whom the NGO refers to the government. @return the client's slug */
    String referredClient(String ngo, String service) {
        return referredClient(ngo, service, ClientForm.named("Srey", "Sample").livesAt("19020105"));
    }

    String referredClient(String ngo, String service, ClientForm form) {
        String slug = ngo(ngo).newClient(form);
        ngo(ngo).referToMinistry(slug, Outward.of("medium", service));
        return slug;
    }

    /** The NGO makes a client of each referral of the case that waits there. @return the slug of the last */
    String takeUp(String ngo, String caseId) {
        String slug = null;
        for (ReferralFacts referral : arrived(ngo, caseId)) {
            if (referral.pending()) {
                slug = ngo(ngo).takeUp(referral.id());
            }
        }
        return slug;
    }

    void decide(String ngo, int referral, String status) {
        ngo(ngo).setReferralStatus(referral, status);
    }

    // ---- How things stand

    ObjectNode theCase(String id) {
        return primero.caseById(id).orElseThrow();
    }

    JsonNode row(String caseId, String rowId) {
        for (JsonNode row : theCase(caseId).path("services_section")) {
            if (row.path("unique_id").asText().equals(rowId)) {
                return row;
            }
        }
        throw new AssertionError("no such row");
    }

    JsonNode rows(String caseId) {
        return theCase(caseId).path("services_section");
    }

    String status(String caseId, String rowId) {
        return row(caseId, rowId).path("referral_status_edf41f2").asText();
    }

    /** The status of the referral on that row. */
    String referralStatus(String caseId, String rowId) {
        return primero.referrals(caseId).stream()
                .filter(referral -> referral.serviceRow().equals(rowId))
                .map(Referral::status)
                .findFirst()
                .orElseThrow();
    }

    /** What came from this case to that NGO, oldest first. */
    List<ReferralFacts> arrived(String ngo, String caseId) {
        return oscar.checks().referrals(ngo, theCase(caseId).path("case_id").asText());
    }

    int idOf(String ngo, String caseId) {
        return arrived(ngo, caseId).get(0).id();
    }

    /** The cases that have the client's OSCaR number. */
    List<ObjectNode> casesOf(String ngo, String slug) {
        return primero.caseByOscarNumber(oscar.checks().client(ngo, slug).globalId());
    }

    ObjectNode caseOf(String ngo, String slug) {
        List<ObjectNode> found = casesOf(ngo, slug);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " cases");
        }
        return found.get(0);
    }

    // ---- What Tandem said

    /** Bodies that were sent so since the beginning and that speak of it. */
    List<JsonNode> sent(String method, String template, String about) {
        return heard.stream()
                .filter(request -> request.method().equals(method)
                        && request.template().equals(template)
                        && (request.text().contains(about) || request.path().contains(about)))
                .map(Request::json)
                .toList();
    }

    /** The upserts of a case. */
    List<JsonNode> upserts(String caseId) {
        return sent("POST", UPSERT, theCase(caseId).path("case_id").asText()).stream()
                .map(body -> body.path("organization"))
                .toList();
    }

    int calls() {
        return heard.size();
    }

    /** Why effects of a record are listed: {@code kind code}. */
    List<String> listed(String record) {
        return bench.ledger().all().stream()
                .filter(row -> row.record().equals(record) && row.listed())
                .map(row -> row.kind() + " " + row.code())
                .toList();
    }

    List<LedgerRows.Row> effects(String record) {
        return bench.ledger().all().stream()
                .filter(row -> row.record().equals(record))
                .toList();
    }

    /** The next reading of OSCaR answers these clients, as an OSCaR of another version might. */
    void feedIs(ObjectNode... clients) {
        ObjectNode feed = Json.object();
        ArrayNode data = feed.putArray("data");
        data.addAll(List.of(clients));
        oscar.faults().next("GET", FEED, Fault.answer("feed", Reply.json(200, feed)));
    }

    @Override
    public void close() {
        tandem.close();
        bench.close();
    }
}
