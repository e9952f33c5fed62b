package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.util.Locale;

/** A row of the case's {@code services_section}. */
record CaseRow(JsonNode json) {
    private static final String TO_OSCAR = "referral_to_oscar";
    private static final String FROM_OSCAR = "referral_from_oscar";
    private static final String PROVIDED = "service_being_provided_by_oscar_partner_47618";

    String uniqueId() {
        return Fields.text(json, "unique_id").toLowerCase(Locale.ROOT);
    }

    boolean toOscar() {
        return TO_OSCAR.equals(responseType());
    }

    boolean fromOscar() {
        return FROM_OSCAR.equals(responseType());
    }

    /** The response type that a row made for this entry would have (mapping-facts 3.4). */
    boolean isOfTheKindOf(Entry entry) {
        return responseType().equals(entry.enrolled() ? PROVIDED : FROM_OSCAR);
    }

    private String responseType() {
        return Fields.text(json, "service_response_type");
    }

    /** The first subtype, or empty. */
    String subtype() {
        JsonNode first = json.path("service_subtype").path(0);
        return first.isTextual() ? first.textValue() : "";
    }

    String agency() {
        return Fields.text(json, "service_implementing_agency");
    }

    /** The agency whose NGO issued the referral id; a row sent on may have another implementing agency. */
    String referringAgency() {
        String referring = Fields.text(json, "oscar_referring_organization");
        return Fields.isBlank(referring) ? agency() : referring;
    }

    String oscarReferralId() {
        return Fields.text(json, "oscar_referral_id_a4ac8a5");
    }

    String status() {
        return Fields.text(json, "referral_status_edf41f2");
    }
}
