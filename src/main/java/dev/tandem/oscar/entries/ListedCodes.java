package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.mapping.Mappings;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tying needs of the code lists, from the version in force. */
public final class ListedCodes implements EntryCodes {
    private static final String STATUSES = "referral-statuses";

    private final Mappings mappings;

    public ListedCodes(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    public String agencyOf(String ngo) {
        return mappings.current()
                .code("agencies", "to-primero", ngo)
                .map(row -> Fields.text(row, "primero_agency"))
                .orElse("agency-" + ngo);
    }

    @Override
    public String serviceNameOf(String subtype) {
        return mappings.current()
                .code("services", "to-oscar", subtype)
                .map(row -> Fields.text(row, "oscar_service"))
                .orElse("");
    }

    @Override
    public Set<String> subtypesOf(String serviceName) {
        return mappings.current().rows("services").stream()
                .filter(row -> Fields.text(row, "oscar_service").equals(serviceName))
                .map(row -> Fields.text(row, "primero_subtype"))
                .collect(Collectors.toSet());
    }

    @Override
    public String decisionOf(String oscarStatus) {
        return mappings.current()
                .code(STATUSES, "to-primero", oscarStatus)
                .map(row -> decisionOfRow(Fields.text(row, "primero_service_status")))
                .orElse("");
    }

    @Override
    public String decisionOfRow(String rowStatus) {
        return decision(row -> Fields.text(row, "primero_service_status").equals(rowStatus));
    }

    @Override
    public String decisionOfReferral(String referralStatus) {
        return decision(row -> Fields.text(row, "primero_referral_status").equals(referralStatus));
    }

    /** OSCaR's word on the row that is used both ways; a referral still in progress is no decision. */
    private String decision(Predicate<JsonNode> which) {
        return bothWays()
                .filter(which)
                .filter(row -> !Fields.text(row, "primero_referral_status").equals("in_progress"))
                .map(row -> Fields.text(row, "oscar_status"))
                .findFirst()
                .orElse("");
    }

    private Stream<JsonNode> bothWays() {
        return mappings.current().rows(STATUSES).stream()
                .filter(row -> Fields.text(row, "direction").equals("both"));
    }
}
