package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The two shapes of a client, with OSCaR's key order and its null or "" (contract oscar-interop §2.5 to §2.7). */
final class FeedShapes {
    private final String externalSystem;
    private final FeedServices services;

    FeedShapes(String externalSystem) {
        this.externalSystem = externalSystem;
        this.services = new FeedServices(externalSystem);
    }

    /** Block A. */
    void referred(JsonGenerator json, Tenant tenant, Client client) throws IOException {
        Referral last = ReferralRecords.last(client, externalSystem);
        json.writeStartObject();
        json.writeStringField("slug", client.slug);
        json.writeStringField("global_id", client.globalId);
        json.writeStringField("external_id", client.externalId);
        json.writeStringField("external_id_display", client.externalIdDisplay);
        json.writeStringField("mosvy_number", client.mosvyNumber);
        json.writeStringField("given_name", latin(client.givenName, client.localGivenName));
        json.writeStringField("family_name", latin(client.familyName, client.localFamilyName));
        json.writeStringField("gender", client.gender);
        json.writeStringField("date_of_birth", client.dateOfBirth);
        json.writeStringField("location_current_village_code", client.address.deepest());
        json.writeStringField("address_current_village_code", client.address.deepest());
        json.writeNumberField("organization_id", tenant.organizationId);
        json.writeStringField("organization_name", tenant.name);
        json.writeStringField("external_case_worker_name", client.externalCaseWorkerName);
        json.writeStringField("external_case_worker_id", client.externalCaseWorkerId);
        json.writeStringField("reason_for_referral", reason(client, last));
        json.writeStringField("status", client.status);
        workers(json, client);
        json.writeBooleanField("is_referred", last != null && !externalSystem.isEmpty());
        json.writeArrayFieldStart("referral_consent_form");
        for (String file : last == null ? List.<String>of() : last.consentForm) {
            json.writeString(file);
        }
        json.writeEndArray();
        json.writeStringField("organization_address_code", organizationAddress(tenant));
        json.writeStringField("level_of_risk", last == null ? "" : Text.orEmpty(last.levelOfRisk));
        services.write(json, tenant, client);
        json.writeEndObject();
    }

    /** Block B and the historical mode. */
    void other(JsonGenerator json, Tenant tenant, Client client) throws IOException {
        boolean linked = !Text.blank(client.externalId);
        json.writeStartObject();
        json.writeStringField("given_name", latin(client.givenName, client.localGivenName));
        json.writeStringField("family_name", latin(client.familyName, client.localFamilyName));
        json.writeStringField("local_given_name", client.localGivenName);
        json.writeStringField("local_family_name", client.localFamilyName);
        json.writeStringField("gender", client.gender);
        json.writeStringField("date_of_birth", client.dateOfBirth);
        json.writeStringField("global_id", client.globalId);
        json.writeStringField("slug", client.slug);
        json.writeStringField("external_id", Text.orEmpty(client.externalId));
        json.writeStringField("external_id_display", Text.orEmpty(client.externalIdDisplay));
        json.writeStringField("status", client.status);
        json.writeStringField("mosvy_number", Text.orEmpty(client.mosvyNumber));
        json.writeStringField("location_current_village_code", client.address.deepest());
        workers(json, client);
        json.writeBooleanField(
                "is_referred", !externalSystem.isEmpty() && ReferralRecords.last(client, externalSystem) != null);
        json.writeStringField("organization_name", tenant.name);
        json.writeStringField("organization_address_code", organizationAddress(tenant));
        json.writeStringField("resource", linked ? "primero" : null);
        if (linked) {
            services.write(json, tenant, client);
        } else {
            json.writeArrayFieldStart("services");
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static String latin(String latin, String local) {
        return Text.blank(latin) ? local : latin;
    }

    private static String reason(Client client, Referral last) {
        String ofReferral = last == null ? null : last.reason;
        return ofReferral != null ? ofReferral : Text.orEmpty(client.reasonForReferral);
    }

    private static void workers(JsonGenerator json, Client client) throws IOException {
        json.writeStringField("case_worker_name", joined(client, user -> user.name));
        json.writeStringField("case_worker_mobile", joined(client, user -> user.mobile));
    }

    /** Blanks are dropped from each list by itself, so that the two may not align. */
    private static String joined(Client client, Function<User, String> part) {
        return client.users.stream().map(part).filter(text -> !Text.blank(text)).collect(Collectors.joining(", "));
    }

    private static String organizationAddress(Tenant tenant) {
        Address setting = tenant.setting;
        if (setting.commune() != null) {
            return setting.commune();
        }
        if (setting.district() != null) {
            return setting.district();
        }
        return setting.province() == null ? "" : setting.province() + "01";
    }
}
