package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.Optional;

/** {@code /api/v2/cases} (contract primero-v2 §2, §3, §5.5). */
final class CasesApi {
    private final Cases cases;
    private final CaseView view;
    private final Listing listing;
    private final Webhooks webhooks;
    private final Version version;

    CasesApi(Cases cases, CaseView view, Listing listing, Webhooks webhooks, Version version) {
        this.version = version;
        this.cases = cases;
        this.view = view;
        this.listing = listing;
        this.webhooks = webhooks;
    }

    Reply list(Request request, Account user) {
        require(user, "read");
        if (request.query().containsKey("id[]")) {
            return Reply.empty(500); // contract primero-v2 §11
        }
        return Reply.json(200, listing.list(request.query(), user));
    }

    Reply show(Request request, Account user) {
        Stored row = scoped(request, user, "read");
        ObjectNode data = view.full(row, user, request.query("fields"));
        if (user.role().may("sync_external")) {
            webhooks.syncStatus(row.id()).ifPresent(status -> data.put("sync_status", status));
            webhooks.syncedAt(row.id()).ifPresent(at -> data.put("synced_at", at));
        }
        return data(data);
    }

    Reply create(Request request, Account user) {
        require(user, "create");
        ObjectNode sent = sent(request);
        Cases.Saved saved = cases.create(sent, user);
        request.note("id", saved.row().id());
        return sent.hasNonNull("id") ? Reply.empty(204) : data(view.created(saved.row(), user));
    }

    Reply update(Request request, Account user) {
        Stored row = scoped(request, user, "write");
        ObjectNode sent = sent(request);
        if (user.role().may("sync_external") && isAcknowledgement(sent)) {
            String otherwise = sent.path("mark_synced").asBoolean() ? "synced" : "failed";
            webhooks.acknowledge(
                    row.id(),
                    sent.path("mark_synced_url").asText(""),
                    sent.path("mark_synced_status").asText(otherwise));
            sent.remove(WriteMask.SYNC);
        }
        return data(view.changed(cases.patch(row.id(), sent, user), user));
    }

    /** {@code mark_synced: false} without a status is none, and is stored as if it were a field (§5.5). */
    private static boolean isAcknowledgement(ObjectNode sent) {
        return sent.path("mark_synced").asBoolean() || sent.hasNonNull("mark_synced_status");
    }

    /** Up to 2.14 no scope is asked for (contract primero-v2 §11). */
    Reply disable(Request request, Account user) {
        Stored row = cases.get(request.pathValue("id"));
        require(user, "enable_disable_record");
        if (version.atLeast(Version.V2_15) && !Scope.covers(user, row.data())) {
            throw ApiError.forbidden();
        }
        cases.save(row.id(), Write.Kind.UPDATE, user.userName(), data -> data.put("record_state", false));
        return data(Json.object().put("id", row.id()));
    }

    Reply sync(Request request, Account user) {
        Stored row = scoped(request, user, "sync_external");
        webhooks.enqueue("case.post", row.id());
        ObjectNode data = Json.object()
                .put("record_id", row.id())
                .put("record_type", "case")
                .put("synced_at", webhooks.syncedAt(row.id()).orElse(null))
                .put("sync_status", "sending");
        return data(data);
    }

    Stored scoped(Request request, Account user, String action) {
        Stored row = cases.get(request.pathValue("id"));
        require(user, action);
        if (!Scope.covers(user, row.data())) {
            throw ApiError.forbidden();
        }
        return row;
    }

    static void require(Account user, String action) {
        if (!user.role().may(action)) {
            throw ApiError.forbidden();
        }
    }

    static Reply data(JsonNode data) {
        ObjectNode body = Json.object();
        body.set("data", data);
        return Reply.json(200, body);
    }

    /** A missing or empty {@code data} is an empty record, not an error (§3.3, §3.4). */
    static ObjectNode sent(Request request) {
        return wish(request).orElseGet(Json::object);
    }

    static Optional<ObjectNode> wish(Request request) {
        JsonNode body;
        try {
            body = request.body().length == 0 ? Json.object() : request.json();
        } catch (IllegalArgumentException malformed) {
            throw ApiError.broken("ParseError"); // contract primero-v2 §11
        }
        return body.path("data") instanceof ObjectNode data ? Optional.of(data) : Optional.empty();
    }
}
