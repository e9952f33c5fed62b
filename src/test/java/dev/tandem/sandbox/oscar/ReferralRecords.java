package dev.tandem.sandbox.oscar;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a referral is validated and saved (contract oscar-interop §3.6, §9). */
final class ReferralRecords {
    static final Set<String> RISKS = Set.of("high", "medium", "low", "no action");
    static final Set<String> STATUSES = Set.of("Accepted", "Active", "Exited", "Referred");

    private final Oscar oscar;

    ReferralRecords(Oscar oscar) {
        this.oscar = oscar;
    }

    Faulty check(Tenant tenant, Referral referral, Messages messages) {
        Faulty faults = new Faulty();
        if (tenant.organizationId == null || tenant.removed) {
            throw new Raised("the schema has no organization");
        }
        present(faults, "client_name", referral.clientName, messages);
        present(faults, "client_global_id", referral.clientGlobalId, messages);
        present(faults, "referred_from", referral.referredFrom, messages);
        present(faults, "referred_to", referral.referredTo, messages);
        if (referral.slug != null && referral.refereeId == null) {
            faults.add("referee_id", messages.blank("referral", "referee_id"));
        }
        present(faults, "name_of_referee", referral.nameOfReferee, messages);
        present(faults, "referral_phone", referral.phone, messages);
        present(faults, "level_of_risk", referral.levelOfRisk, messages);
        if (!RISKS.contains(Text.orEmpty(referral.levelOfRisk))) {
            faults.add("level_of_risk", messages.notIncluded("referral", "level_of_risk"));
        }
        if (referral.services.length == 0) {
            faults.add("services", messages.blank("referral", "services"));
        }
        return faults;
    }

    private static void present(Faulty faults, String attribute, String value, Messages messages) {
        if (Text.blank(value)) {
            faults.add(attribute, messages.blank("referral", attribute));
        }
    }

    /** The check of an update looks into the addressee's schema, unless its name says that it is external (§5). */
    void switchToAddressee(Tenant tenant, Referral referral) {
        String addressee = Text.orEmpty(referral.referredTo);
        if (!addressee.toLowerCase(Locale.ROOT).contains("external") && !addressee.equals(tenant.name)) {
            oscar.schema(addressee);
        }
    }

    void insert(Tenant tenant, Referral referral) {
        referral.createdAt = oscar.now();
        referral.updatedAt = referral.createdAt;
        tenant.add(referral);
        tenant.written(referral);
        touch(referral);
    }

    /** A save with its callbacks: the linked client's clock moves. */
    void setStatus(Tenant tenant, Referral referral, String status) {
        referral.status = status;
        referral.updatedAt = oscar.now();
        tenant.written(referral);
        touch(referral);
    }

    /** A direct write: no clock moves. */
    static void setStatusDirectly(Tenant tenant, Referral referral, String status) {
        referral.status = status;
        tenant.written(referral);
    }

    private void touch(Referral referral) {
        if (referral.client != null && !referral.client.deleted) {
            referral.client.updatedAt = oscar.now();
        }
    }

    /** The hook that raises at this head, in API requests only (§0.3). */
    void saveHook() {
        if (oscar.switches.headRegression()) {
            throw new Raised("undefined method for nil");
        }
    }

    /** The last of a client's live referrals with that partner: the highest id. */
    static Referral last(Client client, String ngoName) {
        Referral last = null;
        for (Referral referral : client.referrals) {
            if (!referral.deleted && ngoName.equals(referral.ngoName) && (last == null || referral.id > last.id)) {
                last = referral;
            }
        }
        return last;
    }

    static List<Referral> with(Client client, String ngoName) {
        return client.referrals.stream()
                .filter(r -> !r.deleted && ngoName.equals(r.ngoName))
                .toList();
    }
}
