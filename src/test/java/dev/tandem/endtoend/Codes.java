package dev.tandem.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.primero.Configuration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The code lists as the contract prints them, read by the tests themselves. */
final class Codes {
    private static final List<Map<String, String>> SERVICES = Configuration.rows("services");
    private static final List<Map<String, String>> AGENCIES = Configuration.rows("agencies");
    private static final List<Map<String, String>> PROVINCES = Configuration.rows("province-owners");
    private static final List<Map<String, String>> GENDERS = Configuration.rows("genders");
    private static final List<Map<String, String>> RISKS = Configuration.rows("risk-levels");

    private Codes() {}

    /** OSCaR's name of the row's first subtype. */
    static Optional<String> serviceOf(JsonNode row) {
        JsonNode first = row.path("service_subtype").path(0);
        String code = first.isTextual() ? first.asText() : "";
        return SERVICES.stream()
                .filter(each -> !each.get("direction").equals("to-primero")
                        && each.get("primero_subtype").equals(code))
                .map(each -> each.get("oscar_service"))
                .findFirst();
    }

    /** The subtype that a new row gets for that name; "" for a service without one. */
    static Optional<String> subtypeOf(String service) {
        return SERVICES.stream()
                .filter(each -> !each.get("direction").equals("to-oscar")
                        && each.get("oscar_service").equals(service))
                .map(each -> each.get("primero_subtype"))
                .findFirst();
    }

    static Optional<String> ngoOf(String agency) {
        return AGENCIES.stream()
                .filter(each -> each.get("primero_agency").equals(agency))
                .map(each -> each.get("oscar_organization"))
                .findFirst();
    }

    static String agencyOf(String ngo) {
        return AGENCIES.stream()
                .filter(each -> each.get("oscar_organization").equals(ngo))
                .map(each -> each.get("primero_agency"))
                .findFirst()
                .orElse("agency-" + ngo);
    }

    static String userOf(String agency) {
        return AGENCIES.stream()
                .filter(each -> each.get("primero_agency").equals(agency))
                .map(each -> each.get("primero_user"))
                .findFirst()
                .orElse("");
    }

    static boolean isNgoUser(String user) {
        return AGENCIES.stream().anyMatch(each -> each.get("primero_user").equals(user));
    }

    static Optional<String> provinceOwner(String place) {
        String digits = place.replaceFirst("^0+", "");
        String even = digits.length() % 2 == 1 ? "0" + digits : digits;
        return PROVINCES.stream()
                .filter(each -> each.get("province_code").equals(even.substring(0, 2)))
                .map(each -> each.get("primero_owner"))
                .findFirst();
    }

    static String sexOf(String gender) {
        return GENDERS.stream()
                .filter(each -> each.get("oscar").equals(gender.toLowerCase(Locale.ROOT)))
                .map(each -> each.get("primero"))
                .findFirst()
                .orElse("other");
    }

    static String riskOf(String level) {
        return RISKS.stream()
                .filter(each -> each.get("oscar").equals(level))
                .map(each -> each.get("primero"))
                .findFirst()
                .orElse("no_action");
    }

    static boolean isRisk(String level) {
        return RISKS.stream().anyMatch(each -> each.get("primero").equals(level));
    }

    /** Accepted, Exited, or "" for what is no decision. */
    static String decisionOf(String status) {
        return switch (status) {
            case "accepted_340953", "accepted", "Accepted", "Active", "Accetped" -> "Accepted";
            case "rejected_936484", "rejected", "Exited", "Rejected" -> "Exited";
            default -> "";
        };
    }
}
