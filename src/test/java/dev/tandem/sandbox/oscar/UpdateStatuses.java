package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.oscar.Identity.Registration;
import dev.tandem.sandbox.oscar.OscarSettings.RegistrationChoice;
import java.util.List;
import java.util.Optional;

/** {@code PUT referrals/update_statuses} (contract oscar-interop §5): row by row, the first bad one stops it. */
final class UpdateStatuses {
    private final Oscar oscar;
    private final ReferralRecords referrals;

    UpdateStatuses(Oscar oscar, ReferralRecords referrals) {
        this.oscar = oscar;
        this.referrals = referrals;
    }

    Answer run(JsonNode body, Messages messages) {
        JsonNode data = body.path("data");
        if (!data.isArray() || data.isEmpty()) {
            throw new Raised("undefined method each for nil");
        }
        for (JsonNode row : data) {
            Optional<Answer> refused = apply(row, messages);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return Answer.saved();
    }

    private Optional<Answer> apply(JsonNode row, Messages messages) {
        Identity identity = oscar.identity(Text.of(row, "client_global_id"));
        if (identity == null || identity.registrations.isEmpty()) {
            return refused("ActiveRecord::RecordNotFound");
        }
        Tenant tenant = anyOne(identity.registrations).tenant();
        String id = Text.orEmpty(Text.of(row, "referral_id"));
        Referral referral = tenant.referral(leadingNumber(id));
        if (referral == null) {
            return refused("Couldn't find Referral with 'id'=" + id + " [WHERE \"referrals\".\"deleted_at\" IS NULL]");
        }
        String status = Text.of(row, "referral_status");
        Faulty faults = referrals.check(tenant, referral, messages);
        if (!ReferralRecords.STATUSES.contains(Text.orEmpty(status))) {
            faults.add("referral_status", messages.notIncluded("referral", "referral_status"));
        }
        referrals.switchToAddressee(tenant, referral);
        if (!faults.none()) {
            return refused(faults.fullMessages() + ". " + ClientUpdate.ALLOWED);
        }
        referrals.saveHook();
        referrals.setStatus(tenant, referral, status);
        if (referral.client != null) {
            referral.client.statusWrites++;
        }
        return Optional.empty();
    }

    /** An unordered query: which NGO of the person it finds is nobody's choice (T3). */
    private Registration anyOne(List<Registration> registrations) {
        return oscar.switches.choice() == RegistrationChoice.OLDEST
                ? registrations.get(0)
                : registrations.get(registrations.size() - 1);
    }

    private static long leadingNumber(String id) {
        String digits = id.strip().replaceFirst("\\D.*$", "");
        return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
    }

    private static Optional<Answer> refused(String error) {
        ObjectNode body = Answer.object().put("error", error).put("message", Answer.SEE_LOGS);
        return Optional.of(Answer.unprocessable(body));
    }
}
