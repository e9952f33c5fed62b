package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** The client half of an upsert (contract oscar-interop §3.5): what was not sent becomes null. */
final class ClientUpdate {
    static final String ALLOWED = "Referral status must be one of ['Accepted', 'Exited', 'Referred'].";

    private final Oscar oscar;
    private final ReferralRecords referrals;
    private final ClientRecords clients;

    ClientUpdate(Oscar oscar, ReferralRecords referrals, ClientRecords clients) {
        this.oscar = oscar;
        this.referrals = referrals;
        this.clients = clients;
    }

    Answer run(Tenant tenant, Client client, JsonNode sent, Caller caller) {
        if (client.deleted) {
            throw new Raised("undefined method referral_source_category_id for nil");
        }
        Client draft = draft(tenant, client, sent);
        Faulty faults = ClientRecords.check(draft, caller.messages());
        if (!faults.none()) {
            return Answer.unprocessable(Text.of(sent, "external_id"), faults.json());
        }
        List<Object> before = client.columns();
        client.take(draft);
        client.upserts++;
        clients.save(tenant, client, before, referrals::saveHook);
        String status = Text.of(sent, "referral_status");
        if (status == null) {
            return Answer.saved(client.externalId);
        }
        if (!Upsert.LINKING_STATUSES.contains(status)) {
            return Answer.unprocessable(Text.of(sent, "external_id"), TextNode.valueOf(ALLOWED));
        }
        overwriteLast(tenant, client, status, caller);
        return Answer.saved(client.externalId);
    }

    private Client draft(Tenant tenant, Client client, JsonNode sent) {
        Client draft = client.draft();
        draft.mosvyNumber = Text.of(sent, "mosvy_number");
        draft.givenName = Text.of(sent, "given_name");
        draft.familyName = Text.of(sent, "family_name");
        draft.gender = Text.of(sent, "gender");
        draft.dateOfBirth = ReferralValues.date(Text.of(sent, "date_of_birth"));
        draft.externalCaseWorkerId = Text.of(sent, "external_case_worker_id");
        draft.externalCaseWorkerName = Text.of(sent, "external_case_worker_name");
        draft.localGivenName = null;
        draft.localFamilyName = null;
        draft.reasonForReferral = null;
        draft.relevantReferralInformation = null;
        String address = Text.of(sent, "address_current_village_code");
        draft.address = tenant.locations.resolve(
                address != null ? address : Text.of(sent, "location_current_village_code"), client.address);
        draft.sourceCategory = sourceCategory(tenant, client);
        if (!Text.blank(Text.of(sent, "external_id"))) {
            draft.externalId = Text.of(sent, "external_id");
            draft.externalIdDisplay = Text.of(sent, "external_id_display");
            draft.syncedDate = oscar.today();
        }
        return draft;
    }

    private static Integer sourceCategory(Tenant tenant, Client client) {
        if (client.sourceCategory == null) {
            return tenant.sourceCategories.stream().min(Integer::compareTo).orElse(null);
        }
        if (!tenant.sourceCategories.contains(client.sourceCategory)) {
            throw new Raised("Couldn't find ReferralSourceCategory");
        }
        return client.sourceCategory;
    }

    /** Linked referrals only: the one just created keeps its status, older ones lose theirs (T34). */
    private static void overwriteLast(Tenant tenant, Client client, String status, Caller caller) {
        Referral received = null;
        Referral delivered = null;
        for (Referral referral : ReferralRecords.with(client, caller.externalSystem())) {
            if (tenant.name.equals(referral.referredTo) && (received == null || referral.id > received.id)) {
                received = referral;
            }
            if (tenant.name.equals(referral.referredFrom) && (delivered == null || referral.id > delivered.id)) {
                delivered = referral;
            }
        }
        if (received != null) {
            ReferralRecords.setStatusDirectly(tenant, received, status);
        }
        if (delivered != null) {
            ReferralRecords.setStatusDirectly(tenant, delivered, status);
        }
    }
}
