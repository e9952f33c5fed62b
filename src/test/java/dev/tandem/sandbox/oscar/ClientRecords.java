package dev.tandem.sandbox.oscar;

import java.util.List;
import java.util.Set;

/** How a client is validated and saved (contract oscar-interop §3.5, §9). */
final class ClientRecords {
    static final Set<String> GENDERS = Set.of("female", "male", "lgbt", "unknown", "prefer_not_to_say", "other");

    private final Oscar oscar;
    private final ReferralRecords referrals;

    ClientRecords(Oscar oscar, ReferralRecords referrals) {
        this.oscar = oscar;
        this.referrals = referrals;
    }

    static Faulty check(Client client, Messages messages) {
        Faulty faults = new Faulty();
        if (Text.blank(client.gender)) {
            faults.add("gender", "Blank");
        } else if (!GENDERS.contains(client.gender)) {
            faults.add("gender", messages.notIncluded("client", "gender"));
        }
        if (client.users.isEmpty() && client.status.equals("Active")) {
            faults.add("user_ids", messages.blank("client", "user_ids"));
        }
        if (client.initialReferralDate == null) {
            faults.add("initial_referral_date", messages.blank("client", "initial_referral_date"));
        }
        if (client.receivedBy == null) {
            faults.add("received_by_id", messages.blank("client", "received_by_id"));
        }
        if (client.sourceCategory == null) {
            faults.add("referral_source_category_id", messages.blank("client", "referral_source_category_id"));
        }
        return faults;
    }

    /** @param before the columns before the change: only a real one moves the clock */
    void save(Tenant tenant, Client client, List<Object> before, Runnable referralHook) {
        if (!client.columns().equals(before)) {
            client.updatedAt = oscar.now();
        }
        followUp(tenant, client, referralHook);
    }

    /** {@code update_first_referral_status}: runs after any save of a client that a referral brought. */
    private void followUp(Tenant tenant, Client client, Runnable referralHook) {
        Referral first = client.fromReferral == null ? null : tenant.referral(client.fromReferral);
        if (first == null
                || !first.status.equals(Referral.REFERRED)
                || !client.enrolments.isEmpty()
                || first.status.equals(client.status)) {
            return;
        }
        referralHook.run();
        referrals.setStatus(tenant, first, client.status);
    }
}
