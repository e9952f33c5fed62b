package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Control;
import dev.tandem.sandbox.http.Json;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** OSCaR's part of {@code /_control}: the human acts and the state by ids, for another process. */
final class OscarControl {
    private final OscarSimulator simulator;
    private final Oscar oscar;

    OscarControl(OscarSimulator simulator, Oscar oscar) {
        this.simulator = simulator;
        this.oscar = oscar;
    }

    void on(Control control) {
        control.view("referrals", this::referrals);
        control.view("clients", this::clients);
        control.view("totals", this::totals);
        control.act("pending", body -> {
            ArrayNode ids = Json.array();
            worker(body).pending().forEach(ids::add);
            return ids;
        });
        control.act("take-up", body -> Json.object().put("slug", worker(body).takeUp(referral(body))));
        act(control, "accept", (worker, body) -> worker.accept(slug(body)));
        act(control, "exit", (worker, body) -> worker.exit(slug(body)));
        act(control, "load-notifications", (worker, body) -> worker.loadNotifications());
        act(control, "open-client-page", (worker, body) -> worker.openClientPage(slug(body)));
        act(control, "soft-delete", (worker, body) -> worker.softDelete(slug(body)));
        act(
                control,
                "set-referral-status",
                (worker, body) -> worker.setReferralStatus(
                        referral(body), body.path("status").asText()));
        act(control, "enrol", (worker, body) -> {
            String program = body.path("program").asText();
            worker.enrol(slug(body), program);
        });
        act(control, "leave-program", (worker, body) -> {
            String program = body.path("program").asText();
            worker.leaveProgram(slug(body), program);
        });
        act(
                control,
                "edit-client",
                (worker, body) -> worker.editClient(
                        slug(body), form -> form.name(Text.of(body, "given_name"), Text.of(body, "family_name"))));
        control.act("same-child", body -> {
            NgoWorker first = simulator.worker(body.path("first_tenant").asText());
            ClientForm form = ClientForm.named(Text.of(body, "given_name"), Text.of(body, "family_name"));
            return Json.object().put("slug", worker(body).sameChild(first, slug(body), form));
        });
        control.act("new-client", body -> {
            ClientForm form = ClientForm.named(Text.of(body, "given_name"), Text.of(body, "family_name"))
                    .livesAt(Text.of(body, "location"))
                    .externalId(Text.of(body, "external_id"), Text.of(body, "external_id_display"));
            return Json.object().put("slug", worker(body).newClient(form));
        });
        control.act("refer-to-ministry", body -> {
            Outward outward = Outward.of(
                    body.path("level_of_risk").asText("medium"),
                    body.path("service").asText());
            return Json.object().put("referral_id", worker(body).referToMinistry(slug(body), outward));
        });
        control.act("expire-tokens", body -> {
            simulator.expireTokens();
            return Json.object();
        });
        control.act("switch", this::turn);
    }

    private void act(Control control, String name, BiConsumer<NgoWorker, JsonNode> act) {
        control.act(name, body -> {
            act.accept(worker(body), body);
            return Json.object();
        });
    }

    /** {@code {"headRegression":true,"registered":false,"language":"km","integrated":false,"tenant":"cif"}}. */
    private ObjectNode turn(JsonNode body) {
        if (body.has("headRegression")) {
            simulator.switches().headRegression(body.get("headRegression").asBoolean());
        }
        if (body.has("registered")) {
            simulator.switches().registered(body.get("registered").asBoolean());
        }
        if (body.has("language")) {
            simulator
                    .switches()
                    .language(Locale.forLanguageTag(body.get("language").asText()));
        }
        if (body.has("integrated")) {
            simulator
                    .admin(body.path("tenant").asText())
                    .integrated(body.get("integrated").asBoolean());
        }
        if (body.has("organizationAddress")) {
            simulator
                    .admin(body.path("tenant").asText())
                    .organizationAddress(body.get("organizationAddress").asText());
        }
        return Json.object();
    }

    private NgoWorker worker(JsonNode body) {
        return simulator.worker(body.path("tenant").asText());
    }

    private static String slug(JsonNode body) {
        return body.path("slug").asText();
    }

    private static int referral(JsonNode body) {
        return body.path("referral_id").asInt();
    }

    /** Ids and states only. */
    private ArrayNode referrals() {
        ArrayNode all = Json.array();
        for (ReferralFacts referral : simulator.checks().referrals()) {
            all.addObject()
                    .put("organization", referral.organization())
                    .put("id", referral.id())
                    .put("externalId", referral.externalId())
                    .put("slug", referral.slug())
                    .put("status", referral.status())
                    .put("received", referral.received())
                    .put("createdAt", referral.createdAt().toString());
        }
        return all;
    }

    /** Ids, states and counts only. */
    private ArrayNode clients() {
        ArrayNode all = Json.array();
        for (ClientFacts client : simulator.checks().clients()) {
            all.addObject()
                    .put("organization", client.organization())
                    .put("slug", client.slug())
                    .put("globalId", client.globalId())
                    .put("externalId", client.externalId())
                    .put("status", client.status())
                    .put("deleted", client.deleted())
                    .put("updatedAt", client.updatedAt().toString())
                    .put("upserts", client.upserts())
                    .put("linkWrites", client.linkWrites())
                    .put("statusWrites", client.statusWrites());
        }
        return all;
    }

    private ObjectNode totals() {
        Map<String, Integer> referrals = new TreeMap<>();
        int clients = 0;
        synchronized (oscar) {
            for (Tenant tenant : oscar.tenants.values()) {
                clients += tenant.clients.size();
                tenant.referrals.stream()
                        .filter(r -> !r.deleted && r.externalId != null && tenant.name.equals(r.referredTo))
                        .forEach(r -> referrals.merge(tenant.name + " " + r.externalId, 1, Integer::sum));
            }
        }
        ObjectNode totals = Json.object()
                .put("clients", clients)
                .put("identities", simulator.checks().identities())
                .put("liveTokens", simulator.checks().liveTokens());
        totals.set("referralsByExternalId", Json.MAPPER.valueToTree(referrals));
        return totals;
    }
}
