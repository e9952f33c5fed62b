package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.oscar.Identity.Registration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST clients/upsert}: the decision table of contract oscar-interop §3.2 to §3.4. No transaction around it. */
final class Upsert {
    static final Set<String> LINKING_STATUSES = Set.of("Accepted", "Exited", "Referred");

    private final Oscar oscar;
    private final ReferralRecords referrals;
    private final ClientUpdate update;

    Upsert(Oscar oscar, ReferralRecords referrals, ClientRecords clients) {
        this.oscar = oscar;
        this.referrals = referrals;
        this.update = new ClientUpdate(oscar, referrals, clients);
    }

    Answer run(JsonNode body, Caller caller) {
        JsonNode sent = body.path("organization");
        if (sent.isTextual() && !Text.blank(sent.textValue())) {
            throw new Raised("undefined method permit");
        }
        String organization = Text.of(sent, "organization_name");
        if (Text.blank(organization)) {
            return Answer.unprocessable(Answer.object().put("message", Answer.SEE_LOGS));
        }
        Tenant tenant = oscar.schema(organization);
        Identity known = oscar.identity(Text.of(sent, "global_id"));
        if (known == null) {
            return findReferral(tenant, sent, caller);
        }
        Client held = tenant.clientOf(known.id);
        if (held != null && Text.truthy(sent.get("is_referred"))) {
            Optional<Answer> refused = createReferral(tenant, held, sent, caller);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return first(known)
                .map(at -> update.run(at.tenant(), at.client(), sent, caller))
                .orElseGet(() -> findReferral(tenant, sent, caller));
    }

    /** The person's first organization, not the one that was named (T2). */
    private static Optional<Registration> first(Identity identity) {
        return identity.registrations.stream()
                .filter(at -> !at.tenant().removed)
                .min(Comparator.comparing(at -> at.tenant().organizationId));
    }

    private Answer findReferral(Tenant tenant, JsonNode sent, Caller caller) {
        String globalId = Text.of(sent, "global_id");
        String externalId = Text.of(sent, "external_id");
        boolean fresh = Text.blank(globalId);
        Referral referral = ReferralValues.of(oscar, tenant, sent, fresh ? oscar.newIdentity().id : globalId, caller);
        List<Referral> found = tenant.referralsOf(externalId).stream()
                .filter(each -> !caller.unseen().contains(each))
                .toList();
        if (!found.isEmpty() && found.get(0).client != null) {
            return wasFound(externalId, fresh);
        }
        if (!found.isEmpty()) {
            referral.clientGlobalId = found.get(0).clientGlobalId;
        }
        Faulty faults = referrals.check(tenant, referral, caller.messages());
        if (!faults.none()) {
            return Answer.unprocessable(externalId, faults.json());
        }
        referral.refereeId = ReferralValues.refereeId(referral.externalCaseWorkerId);
        insert(tenant, referral);
        caller.unseen().add(referral);
        if (found.isEmpty()) {
            link(referral.clientGlobalId, externalId);
        }
        return Answer.saved(externalId);
    }

    private static Answer wasFound(String externalId, boolean fresh) {
        ObjectNode body = Answer.object().put("external_id", externalId).put("message", "Record was found.");
        ObjectNode errors = body.putObject("errors");
        if (fresh) {
            errors.put("global_id", "global_id must exist.");
            errors.put("referral_status", "referral_status must be present.");
        }
        return Answer.unprocessable(body);
    }

    private Optional<Answer> createReferral(Tenant tenant, Client client, JsonNode sent, Caller caller) {
        Referral referral = ReferralValues.of(oscar, tenant, sent, client.globalId, caller);
        referral.slug = client.slug;
        referral.refereeId = referee(tenant, client);
        Faulty faults = referrals.check(tenant, referral, caller.messages());
        if (!faults.none()) {
            return Optional.of(Answer.unprocessable(Text.of(sent, "external_id"), faults.json()));
        }
        insert(tenant, referral);
        if (LINKING_STATUSES.contains(Text.orEmpty(Text.of(sent, "referral_status")))) {
            link(client.globalId, Text.of(sent, "external_id"));
        }
        return Optional.empty();
    }

    private static int referee(Tenant tenant, Client client) {
        if (client.referee != null) {
            return client.referee;
        }
        if (client.receivedBy != null) {
            return client.receivedBy;
        }
        if (tenant.users.isEmpty()) {
            throw new Raised("undefined method id for nil");
        }
        return tenant.users.get(tenant.users.size() - 1).id;
    }

    private void insert(Tenant tenant, Referral referral) {
        referrals.saveHook();
        referrals.insert(tenant, referral);
    }

    private void link(String globalId, String externalId) {
        if (oscar.identity(globalId) == null) {
            throw new Raised("Couldn't find GlobalIdentity, after the write");
        }
        oscar.systemLinks.add(new Oscar.SystemLink(globalId, externalId));
    }
}
