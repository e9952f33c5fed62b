package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** {@code /api/v2/cases/:id/referrals} (contract primero-v2 §4). */
final class ReferralsApi {
    private final Referrals referrals;
    private final Cases cases;
    private final CasesApi casesApi;
    private final CaseView view;
    private final long seed;
    private final AtomicLong reads = new AtomicLong();

    ReferralsApi(Referrals referrals, Cases cases, CasesApi casesApi, CaseView view, long seed) {
        this.referrals = referrals;
        this.cases = cases;
        this.casesApi = casesApi;
        this.view = view;
        this.seed = seed;
    }

    /** No metadata, no paging, no order. */
    Reply list(Request request, Account user) {
        Stored row = casesApi.scoped(request, user, "read");
        List<Referral> all = new ArrayList<>(referrals.of(row.id()));
        Collections.shuffle(all, new Random(seed * 31 + reads.incrementAndGet()));
        boolean onlyOwn = user.role().scope().equals("self") && !row.ownedBy().equals(user.userName());
        ArrayNode data = Json.array();
        for (Referral referral : all) {
            if (!onlyOwn || referral.recipient().equals(user.userName())) {
                data.add(referral.json(user.userName()));
            }
        }
        return CasesApi.data(data);
    }

    Reply create(Request request, Account user) {
        ObjectNode wish = CasesApi.wish(request).orElseThrow(() -> ApiError.unprocessable("data is missing"));
        Stored row = casesApi.scoped(
                request, user, wish.hasNonNull("service_record_id") ? "referral_from_service" : "referral");
        return CasesApi.data(answer(referrals.create(row.id(), wish, user), user));
    }

    /** All cases must exist and be permitted up front; then one by one, so what fails late leaves the earlier (§4.5). */
    Reply createMany(Request request, Account user) {
        CasesApi.require(user, "referral");
        ObjectNode wish = CasesApi.wish(request).orElseThrow(() -> ApiError.unprocessable("data is missing"));
        List<Stored> rows = new ArrayList<>();
        for (JsonNode id : wish.path("ids")) {
            rows.add(cases.get(id.asText()));
        }
        if (!rows.stream().allMatch(row -> Scope.covers(user, row.data()))) {
            throw ApiError.forbidden();
        }
        ArrayNode data = Json.array();
        rows.forEach(row -> data.add(answer(referrals.create(row.id(), wish, user), user)));
        return CasesApi.data(data);
    }

    /** The referral is found by its id alone; whether it belongs to the case in the path is not asked. */
    Reply update(Request request, Account user) {
        permitted(request, user);
        ObjectNode wish = CasesApi.wish(request).orElseThrow(() -> ApiError.unprocessable("data is missing"));
        return CasesApi.data(answer(referrals.update(request.pathValue("referral"), wish, user), user));
    }

    Reply revoke(Request request, Account user) {
        permitted(request, user);
        return CasesApi.data(answer(referrals.revoke(request.pathValue("referral"), user), user));
    }

    private void permitted(Request request, Account user) {
        casesApi.scoped(request, user, user.role().may("write") ? "write" : "receive_referral");
    }

    private ObjectNode answer(Referrals.Outcome outcome, Account user) {
        ObjectNode out = outcome.referral().json(user.userName());
        outcome.saved()
                .filter(saved -> Scope.covers(user, saved.row().data()))
                .ifPresent(saved -> out.set("record", view.changed(saved, user)));
        return out;
    }
}
