package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /api/v2/cases/:id/transfers}: accepted, the recipient is the owner; referrals stay as they are (contract §4.6, §11). */
final class TransfersApi {
    private final Map<String, ObjectNode> transfers = new ConcurrentHashMap<>();
    private final Cases cases;
    private final CasesApi casesApi;
    private final Configuration configuration;

    TransfersApi(Cases cases, CasesApi casesApi, Configuration configuration) {
        this.cases = cases;
        this.casesApi = casesApi;
        this.configuration = configuration;
    }

    Reply create(Request request, Account user) {
        Stored row = casesApi.scoped(request, user, "write");
        ObjectNode wish = CasesApi.wish(request).orElseThrow(() -> ApiError.unprocessable("data is missing"));
        Account recipient = configuration
                .user(wish.path("transitioned_to").asText(""))
                .orElseThrow(() -> ApiError.broken("undefined method for nil:NilClass"));
        ObjectNode transfer = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put("type", "Transfer")
                .put("status", "in_progress")
                .put("record_id", row.id())
                .put("record_type", "case")
                .put("transitioned_by", user.userName())
                .put("transitioned_to", recipient.userName());
        cases.save(row.id(), Write.Kind.UPDATE, user.userName(), data -> data);
        transfers.put(transfer.path("id").asText(), transfer);
        return CasesApi.data(transfer);
    }

    Reply update(Request request, Account user) {
        casesApi.scoped(request, user, "write");
        ObjectNode wish = CasesApi.wish(request).orElseThrow(() -> ApiError.unprocessable("data is missing"));
        ObjectNode transfer = Optional.ofNullable(transfers.get(request.pathValue("transfer")))
                .orElseThrow(() -> ApiError.notFound("Transition with 'id'=" + request.pathValue("transfer")));
        if (transfer.path("status").asText().equals("in_progress")
                && wish.path("status").asText().equals("accepted")) {
            transfer.put("status", "accepted");
            cases.save(
                    transfer.path("record_id").asText(),
                    Write.Kind.UPDATE,
                    user.userName(),
                    data -> data.put(
                            "owned_by", transfer.path("transitioned_to").asText()));
        }
        return CasesApi.data(transfer);
    }
}
