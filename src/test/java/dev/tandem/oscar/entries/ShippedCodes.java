package dev.tandem.oscar.entries;

import java.util.Map;
import java.util.Set;

/** The few rows of the shipped code lists that the tests of tying need. */
final class ShippedCodes implements EntryCodes {
    private static final Map<String, String> NAMES = Map.of(
            "counselling_trauma", "Trauma counselling",
            "family_based_care_kinship", "Kinship care",
            "disability_support_therapeutic_training", "Therapeutic training",
            "mental_health_support_therapeutic_training", "Therapeutic training",
            "", "Not Specified");

    @Override
    public String agencyOf(String ngo) {
        return "agency-" + ngo;
    }

    @Override
    public String serviceNameOf(String subtype) {
        return NAMES.getOrDefault(subtype, "");
    }

    @Override
    public Set<String> subtypesOf(String serviceName) {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(serviceName))
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toSet());
    }

    @Override
    public String decisionOf(String oscarStatus) {
        return switch (oscarStatus) {
            case "Accepted", "Active", "Accetped" -> "Accepted";
            case "Exited", "Rejected" -> "Exited";
            default -> "";
        };
    }

    @Override
    public String decisionOfRow(String rowStatus) {
        return switch (rowStatus) {
            case "accepted_340953" -> "Accepted";
            case "rejected_936484" -> "Exited";
            default -> "";
        };
    }

    @Override
    public String decisionOfReferral(String referralStatus) {
        return switch (referralStatus) {
            case "accepted", "done" -> "Accepted";
            case "rejected" -> "Exited";
            default -> "";
        };
    }
}
