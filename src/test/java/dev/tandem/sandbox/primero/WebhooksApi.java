package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/v2/webhooks} (contract primero-v2 §5.1). Secrets can be neither set nor seen here. */
final class WebhooksApi {
    private final Webhooks webhooks;

    WebhooksApi(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    Reply list(Request request, Account user) {
        CasesApi.require(user, "webhook");
        ArrayNode data = Json.array();
        webhooks.registered().forEach(hook -> data.add(json(hook)));
        return CasesApi.data(data);
    }

    /** {@code events} is one string; an array is dropped, and then it is missing. */
    Reply create(Request request, Account user) {
        CasesApi.require(user, "webhook");
        ObjectNode wish = CasesApi.sent(request);
        for (String needed : new String[] {"events", "url", "role_unique_id"}) {
            if (!wish.path(needed).isTextual()) {
                throw ApiError.model(needed, "errors.blank");
            }
        }
        String id = wish.hasNonNull("id")
                ? wish.get("id").asText()
                : UUID.randomUUID().toString();
        Webhook hook = new Webhook(
                id,
                wish.get("events").asText(),
                wish.get("url").asText(),
                Role.service(),
                Optional.empty(),
                Optional.empty());
        try {
            webhooks.register(hook);
        } catch (IllegalStateException taken) {
            throw ApiError.conflict();
        }
        return wish.hasNonNull("id") ? Reply.empty(204) : CasesApi.data(json(hook));
    }

    Reply delete(Request request, Account user) {
        CasesApi.require(user, "webhook");
        webhooks.unregister(request.pathValue("id"));
        return CasesApi.data(Json.object().put("id", request.pathValue("id")));
    }

    private static ObjectNode json(Webhook hook) {
        return Json.object()
                .put("id", hook.id())
                .put("events", hook.event())
                .put("url", hook.url())
                .put("role_unique_id", hook.role().uniqueId());
    }
}
