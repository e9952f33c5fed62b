package dev.tandem.endtoend;

import java.util.List;
import java.util.Map;

/** Synthetic children, as a social worker would enter them. */
public final class Children {
    private Children() {}

    public static Map<String, Object> of(String given, String family) {
        return Map.ofEntries(
                Map.entry("module_id", "primeromodule-cp"),
                Map.entry("name_first", given),
                Map.entry("name_last", family),
                Map.entry("sex", "male"),
                Map.entry("age", 11),
                Map.entry("date_of_birth", "2015-04-09"),
                Map.entry("location_current", "1020304"),
                Map.entry("risk_level", "medium"),
                Map.entry("owned_by", "mgrbmc"),
                Map.entry("consent_for_services", true),
                Map.entry("disclosure_other_orgs", true));
    }

    public static Map<String, Object> referral(String subtype, String agency) {
        return Map.of(
                "service_response_type", "referral_to_oscar",
                "service_type", "counselling",
                "service_subtype", List.of(subtype),
                "service_implementing_agency", agency,
                "referral_status_edf41f2", "pending_310366");
    }
}
