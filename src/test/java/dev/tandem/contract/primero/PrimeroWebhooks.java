package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.http.SimServer;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.Role;
import dev.tandem.sandbox.primero.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Events that Primero sends, and the receiver's mark. A receiver is set up by console, so most need the simulator. */
final class PrimeroWebhooks extends PrimeroClauses {
    private static final String RECEIVER = "a receiver of events";

    PrimeroWebhooks(Primero primero) {
        super(primero);
    }

    /** One that keeps what it is sent. */
    private static final class Receiver implements AutoCloseable {
        final SimServer server = new SimServer(SimClock.real());
        final List<JsonNode> received = new CopyOnWriteArrayList<>();
        final List<String> authorizations = new CopyOnWriteArrayList<>();

        Receiver() {
            server.route("POST", "/hook", request -> {
                received.add(request.json().path("data"));
                authorizations.add(request.header("x-api-key")
                        .or(() -> request.header("authorization"))
                        .orElse("none"));
                return Reply.empty(202);
            });
            server.start();
        }

        String url(String more) {
            return server.url() + "/hook" + more;
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Clause(
            id = "P501",
            section = "3.4 5.2",
            says =
                    "Every save fires case.update, also one without effect and a referral's; a create fires case.create only")
    void everySave() {
        PrimeroSimulator simulator = primero.simulator(RECEIVER);
        try (Receiver receiver = new Receiver()) {
            simulator.webhooks().register(Webhook.of("case.update", receiver.url("")));
            String id = primero.newCase(CONSENT);
            primero.patch(at(id), "{\"age\":2}").is(200);
            primero.patch(at(id), "{}").is(200);
            primero.post(referrals(id), "{\"transitioned_to\":\"" + primero.recipient() + "\"}")
                    .is(200);
            simulator.deliverWebhooks();
            unlessSame("events", 3, receiver.received.size());
        }
    }

    @Clause(
            id = "P502",
            section = "5.3",
            says = "The payload is the state at delivery, so a burst repeats the latest one")
    void latestState() {
        PrimeroSimulator simulator = primero.simulator(RECEIVER);
        try (Receiver receiver = new Receiver()) {
            simulator.webhooks().register(Webhook.of("case.update", receiver.url("")));
            String id = primero.newCase("");
            primero.patch(at(id), "{\"age\":2}").is(200);
            primero.patch(at(id), "{\"age\":3}").is(200);
            simulator.deliverWebhooks();
            unlessSame(
                    "age",
                    List.of(3, 3),
                    receiver.received.stream()
                            .map(data -> data.path("age").asInt())
                            .toList());
        }
    }

    @Clause(
            id = "P503",
            section = "5.3 11",
            says =
                    "The payload names record_id, not id; workflow, last_updated_by, record_in_scope and alert_count are in it up to 2.14")
    void payload() {
        PrimeroSimulator simulator = primero.simulator(RECEIVER);
        try (Receiver receiver = new Receiver()) {
            simulator.webhooks().register(Webhook.of("case.create", receiver.url("")));
            String id = primero.newCase("\"oscar_number\":\"N1\"");
            simulator.deliverWebhooks();
            JsonNode data = receiver.received.get(0);
            unlessSame("record_id", id, data.path("record_id"));
            unlessSame("record_type", "case", data.path("record_type"));
            unlessSame("oscar_number", "N1", data.path("oscar_number"));
            unless("last_updated_at", data.has("last_updated_at"));
            unless("no id, no enabled", !data.has("id") && !data.has("enabled"));
            for (String key : List.of("workflow", "last_updated_by", "record_in_scope", "alert_count")) {
                unlessSame(key + " in the payload", !primero.hasEnums(), data.has(key));
            }
        }
    }

    @Clause(
            id = "P504",
            section = "5.3",
            says = "The payload has the fields of the forms that the webhook's role reads")
    void roleOfTheWebhook() {
        PrimeroSimulator simulator = primero.simulator(RECEIVER);
        try (Receiver receiver = new Receiver()) {
            simulator
                    .webhooks()
                    .register(Webhook.of("case.create", receiver.url(""))
                            .withRole(Role.service().hiding("basic_identity")));
            primero.newCase("\"oscar_number\":\"N1\"");
            simulator.deliverWebhooks();
            unless("no case_id", !receiver.received.get(0).has("case_id"));
            unlessSame("oscar_number", "N1", receiver.received.get(0).path("oscar_number"));
        }
    }

    @Clause(
            id = "P505",
            section = "5.4",
            says = "An event is sent once; a refusal is logged as failed and not repeated")
    void once() {
        PrimeroSimulator simulator = primero.simulator(RECEIVER);
        try (Receiver receiver = new Receiver()) {
            simulator.webhooks().register(Webhook.of("case.create", receiver.url("")));
            receiver.server.faults().next("POST", "/hook", Fault.status(500));
            String id = primero.newCase("");
            simulator.deliverWebhooks();
            simulator.deliverWebhooks();
            unlessSame("events", 0, receiver.received.size());
            unlessSame("sync_status", "failed", primero.read(id).path("sync_status"));
        }
    }

    @Clause(
            id = "P506",
            section = "5.1 11",
            says =
                    "An api_key comes as x-api-key; a basic_auth secret is cut at the second colon, so a password with one arrives short")
    void secrets() {
        PrimeroSimulator simulator = primero.simulator(RECEIVER);
        try (Receiver receiver = new Receiver()) {
            simulator
                    .webhooks()
                    .register(Webhook.of("case.create", receiver.url("?1")).withApiKey("synthetic-key"));
            simulator
                    .webhooks()
                    .register(Webhook.of("case.create", receiver.url("?2")).withBasic("user:pass:word"));
            primero.newCase("");
            simulator.deliverWebhooks();
            String cut = Base64.getEncoder().encodeToString("user:pass".getBytes(StandardCharsets.UTF_8));
            unlessSame("authorizations", List.of("synthetic-key", "Basic " + cut), receiver.authorizations);
        }
    }

    @Clause(
            id = "P507",
            section = "5.5",
            says = "mark_synced is not stored, and is itself a save that fires case.update again")
    void mark() {
        PrimeroSimulator simulator = primero.simulator(RECEIVER);
        try (Receiver receiver = new Receiver()) {
            simulator.webhooks().register(Webhook.of("case.update", receiver.url("")));
            String id = primero.newCase("");
            primero.patch(at(id), marked(receiver.url(""))).is(200);
            unless("no mark_synced", !primero.read(id).has("mark_synced"));
            unlessSame("events that wait", 1, simulator.webhooks().pending());
            unlessSame("sync_status", "sending", primero.read(id).path("sync_status"));
        }
    }

    private static String marked(String url) {
        return "{\"mark_synced\":true,\"mark_synced_url\":\"" + url + "\"}";
    }

    @Clause(
            id = "P508",
            section = "5.5 11",
            says =
                    "synced_at is that of each URL's newest log: a mark for case.update's own URL is gone with the next event, one for another URL stays")
    void markByUrl() {
        PrimeroSimulator simulator = primero.simulator(RECEIVER);
        try (Receiver receiver = new Receiver()) {
            simulator.webhooks().register(Webhook.of("case.update", receiver.url("?update")));
            String own = primero.newCase("");
            primero.patch(at(own), marked(receiver.url("?update"))).is(200);
            simulator.deliverWebhooks();
            unless("no synced_at", !primero.read(own).hasNonNull("synced_at"));
            String other = primero.newCase("");
            primero.patch(at(other), marked(receiver.url("?elsewhere"))).is(200);
            simulator.deliverWebhooks();
            unless("synced_at", primero.read(other).hasNonNull("synced_at"));
        }
    }

    @Clause(
            id = "P509",
            section = "5.5",
            says =
                    "mark_synced false is no mark and is stored; without sync_external a mark is dropped and no sync_status shown")
    void markNeedsPermission() {
        PrimeroSimulator simulator = primero.simulator("a role without sync_external");
        String id = primero.newCase("");
        primero.patch(at(id), "{\"mark_synced\":false}").is(200);
        unlessSame("stored", false, simulator.caseById(id).orElseThrow().path("mark_synced"));
        simulator.changeUser(primero.user(), user -> user.withRole(user.role().without("sync_external")));
        primero.patch(at(id), "{\"mark_synced\":true}").is(200);
        unless("no sync_status", !primero.read(id).has("sync_status"));
    }

    @Clause(
            id = "P510",
            section = "5.1",
            says =
                    "Over the API a webhook's events is one string (an array is 422), its URL is unique (409), no secret is shown")
    void administration() {
        primero.simulator("an account that may register receivers");
        String wish = "{\"events\":\"case.update\",\"url\":\"http://example.org/h\",\"role_unique_id\":\"role-sync\"}";
        primero.post("/api/v2/webhooks", wish).is(200);
        primero.post("/api/v2/webhooks", wish.replace("case.update", "case.create"))
                .is(409);
        primero.post("/api/v2/webhooks", wish.replace("\"case.update\"", "[\"case.update\"]"))
                .is(422);
        Answer list = primero.get("/api/v2/webhooks").is(200);
        unlessSame("webhooks", 1, list.data().size());
        unless("no secret", !list.text().contains("auth"));
    }

    @Clause(
            id = "P511",
            section = "5.2 10.18",
            says = "A mass update of a user's cases stamps and fires for each, changes nothing, and names nobody new")
    void massBump() {
        PrimeroSimulator simulator = primero.simulator("a background job");
        String id = primero.newCase("\"owned_by\":\"mgrpnh\"");
        simulator.webhooks().register(Webhook.of("case.update", "http://localhost:1/hook"));
        String before = stamp(id);
        primero.tick();
        simulator.massBump("mgrpnh");
        unless("a later last_updated_at", stamp(id).compareTo(before) > 0);
        unlessSame("last_updated_by", primero.user(), primero.read(id).path("last_updated_by"));
        unlessSame("events that wait", 1, simulator.webhooks().pending());
    }
}
