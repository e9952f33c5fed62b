package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Control;
import dev.tandem.sandbox.http.Json;
import java.util.List;
import java.util.Map;

/** The simulator's own part of {@code /_control}: what it holds, and the acts of a social worker. */
final class SimulatorControl {
    private final PrimeroSimulator primero;

    SimulatorControl(PrimeroSimulator primero) {
        this.primero = primero;
    }

    void register(Control control) {
        control.view("cases", () -> Json.MAPPER.valueToTree(primero.cases()));
        control.view("referrals", this::referrals);
        control.view("totals", this::totals);
        control.act("case", wish -> primero.caseById(text(wish, "case")).orElseGet(Json::object));
        control.act("writes", wish -> writes(primero.writesTo(text(wish, "case"))));
        control.act("newCase", wish -> id(worker(wish).newCase(fields(wish))));
        control.act("addService", wish -> id(worker(wish).addService(text(wish, "case"), fields(wish))));
        control.act("edit", wish -> {
            worker(wish).edit(text(wish, "case"), fields(wish));
            return Json.object();
        });
        control.act("editService", wish -> {
            worker(wish).editService(text(wish, "case"), text(wish, "service"), fields(wish));
            return Json.object();
        });
        control.act("refer", this::refer);
        control.act("moveReferral", this::moveReferral);
        control.act("massBump", wish -> Json.object().put("cases", primero.massBump(text(wish, "user"))));
        control.act("disableUser", wish -> {
            primero.disableUser(text(wish, "user"));
            return Json.object();
        });
        control.act("configurationLock", wish -> {
            primero.configurationLock(wish.path("on").asBoolean());
            return Json.object();
        });
        control.act("deliverWebhooks", wish -> Json.object().put("sent", primero.deliverWebhooks()));
        control.act("registerWebhook", this::registerWebhook);
    }

    private SocialWorker worker(JsonNode wish) {
        return wish.has("as") ? primero.worker(text(wish, "as")) : primero.worker();
    }

    private JsonNode refer(JsonNode wish) {
        SocialWorker worker = worker(wish);
        String to = text(wish, "to");
        String notes = wish.path("notes").asText("");
        return id(
                wish.has("service")
                        ? worker.refer(text(wish, "case"), text(wish, "service"), to, notes)
                        : worker.referWithoutService(text(wish, "case"), to, notes));
    }

    private JsonNode moveReferral(JsonNode wish) {
        SocialWorker worker = worker(wish);
        String referral = text(wish, "referral");
        switch (text(wish, "to")) {
            case "accepted" -> worker.accept(referral);
            case "rejected" -> worker.reject(referral);
            case "done" -> worker.done(referral);
            default -> worker.revoke(referral);
        }
        return Json.object();
    }

    private JsonNode registerWebhook(JsonNode wish) {
        Webhook hook = Webhook.of(text(wish, "event"), text(wish, "url"));
        primero.webhooks().register(wish.has("apiKey") ? hook.withApiKey(text(wish, "apiKey")) : hook);
        return id(hook.id());
    }

    private ArrayNode referrals() {
        ArrayNode all = Json.array();
        primero.referrals().forEach(referral -> all.add(referral.json("")));
        return all;
    }

    private ObjectNode totals() {
        return Json.object()
                .put("cases", primero.caseCount())
                .put("referrals", primero.referrals().size())
                .put("effectiveWrites", primero.effectiveWrites())
                .put("webhooksPending", primero.webhooks().pending())
                .put("webhooksSent", primero.webhooks().sent());
    }

    private static ArrayNode writes(List<Write> writes) {
        ArrayNode all = Json.array();
        for (Write write : writes) {
            all.addObject()
                    .put("at", write.at().toString())
                    .put("kind", write.kind().name())
                    .put("user", write.user())
                    .set("changed", Json.strings(write.changed()));
        }
        return all;
    }

    private static Map<String, ?> fields(JsonNode wish) {
        return Json.MAPPER.convertValue(wish.path("fields"), new TypeReference<Map<String, Object>>() {});
    }

    private static ObjectNode id(String id) {
        return Json.object().put("id", id);
    }

    private static String text(JsonNode wish, String name) {
        return wish.path(name).asText();
    }
}
