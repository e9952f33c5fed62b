package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.mapping.Mappings;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What matching needs of the code lists, from the version in force; an unlisted value gives the empty answer. */
public final class EntryCodes {
    private static final String STATUSES = "referral-statuses";

    private final Mappings mappings;

    public EntryCodes(Mappings mappings) {
        this.mappings = mappings;
    }

    /** The Primero agency of an NGO: agencies list, else {@code agency-} and the name (mapping-facts R4). */
    String agencyOf(String ngo) {
        return code("agencies", "to-primero", ngo, "primero_agency", "agency-" + ngo);
    }

    /** The OSCaR name of a row's service (services list, to OSCaR; {@code ""} is no subtype), or {@code ""}. */
    String serviceNameOf(String subtype) {
        return code("services", "to-oscar", subtype, "oscar_service", "");
    }

    /** Every subtype code whose OSCaR name this is; {@code ""} stands for "no subtype"; empty if unlisted. */
    Set<String> subtypesOf(String serviceName) {
        return mappings.current().rows("services").stream()
                .filter(row -> Fields.text(row, "oscar_service").equals(serviceName))
                .map(row -> Fields.text(row, "primero_subtype"))
                .collect(Collectors.toSet());
    }

    /** What a {@code referral_status} of OSCaR decides: {@code Accepted} or {@code Exited}, or {@code ""} for no decision. */
    String decisionOf(String oscarStatus) {
        return mappings.current()
                .code(STATUSES, "to-primero", oscarStatus)
                .map(row -> decisionOfRow(Fields.text(row, "primero_service_status")))
                .orElse("");
    }

    /** The decision, in the same words, that a row's {@code referral_status_edf41f2} shows, or {@code ""}. */
    public String decisionOfRow(String rowStatus) {
        return decision(row -> Fields.text(row, "primero_service_status").equals(rowStatus));
    }

    /** The decision, in the same words, that a Primero referral's {@code status} shows, or {@code ""}. */
    String decisionOfReferral(String referralStatus) {
        return decision(row -> Fields.text(row, "primero_referral_status").equals(referralStatus));
    }

    /** OSCaR's word on the row that is used both ways; a referral still in progress is no decision. */
    private String decision(Predicate<JsonNode> which) {
        return mappings.current().rows(STATUSES).stream()
                .filter(row -> Fields.text(row, "direction").equals("both"))
                .filter(which)
                .filter(row -> !Fields.text(row, "primero_referral_status").equals("in_progress"))
                .map(row -> Fields.text(row, "oscar_status"))
                .findFirst()
                .orElse("");
    }

    private String code(String list, String direction, String key, String column, String unlisted) {
        return mappings.current()
                .code(list, direction, key)
                .map(row -> Fields.text(row, column))
                .orElse(unlisted);
    }
}
