package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a new referral gets from an upsert's body (contract oscar-interop §3.6). */
final class ReferralValues {
    private static final Pattern DIGITS = Pattern.compile("^\\s*(-?\\d+)");
    private static final Pattern DATE = Pattern.compile("(\\d{4,5})[-/](\\d{1,2})[-/](\\d{1,2})");
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})[-/](\\d{1,2})[-/](\\d{4})");

    private ReferralValues() {}

    static Referral of(Oscar oscar, Tenant tenant, JsonNode sent, String globalId, Caller caller) {
        Referral referral = new Referral();
        referral.dateOfReferral = oscar.today();
        referral.clientName = (Text.orEmpty(Text.of(sent, "given_name")) + " "
                        + Text.orEmpty(Text.of(sent, "family_name")))
                .strip()
                .replaceAll("\\s+", " ");
        referral.clientGlobalId = globalId;
        referral.clientGender = Text.of(sent, "gender");
        referral.clientDateOfBirth = date(Text.of(sent, "date_of_birth"));
        referral.villageCode = Text.of(sent, "location_current_village_code");
        referral.externalId = Text.of(sent, "external_id");
        referral.externalIdDisplay = Text.of(sent, "external_id_display");
        referral.mosvyNumber = Text.of(sent, "mosvy_number");
        String reason = Text.of(sent, "reason_for_referral");
        referral.reason = Text.blank(reason) ? "N/A" : reason;
        referral.nameOfReferee = Text.of(sent, "external_case_worker_name");
        referral.phone = Text.of(sent, "external_case_worker_mobile");
        referral.refereeEmail = Text.of(sent, "external_case_worker_email");
        referral.externalCaseWorkerId = Text.of(sent, "external_case_worker_id");
        referral.referredTo = tenant.name;
        referral.referredFrom = caller.externalSystem();
        referral.ngoName = caller.externalSystem();
        referral.levelOfRisk = Text.of(sent, "level_of_risk");
        referral.services = tenant.services.named(names(sent));
        return referral;
    }

    private static Set<String> names(JsonNode sent) {
        Set<String> names = new HashSet<>();
        for (JsonNode service : sent.path("services")) {
            String name = Text.of(service, "name");
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** Leading digits, else 0; beyond 32 bits the database driver raises. */
    static int refereeId(String externalCaseWorkerId) {
        Matcher digits = DIGITS.matcher(Text.orEmpty(externalCaseWorkerId));
        if (!digits.find()) {
            return 0;
        }
        try {
            return Integer.parseInt(digits.group(1));
        } catch (NumberFormatException e) {
            throw new Raised("out of range for integer");
        }
    }

    /** A date column: what cannot be read becomes null. */
    static String date(String text) {
        Matcher iso = DATE.matcher(Text.orEmpty(text));
        if (iso.find()) {
            return valid(iso.group(1), iso.group(2), iso.group(3));
        }
        Matcher dayFirst = DAY_FIRST.matcher(Text.orEmpty(text));
        return dayFirst.find() ? valid(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1)) : null;
    }

    private static String valid(String year, String month, String day) {
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            return date.toString().replaceFirst("^\\+", "");
        } catch (DateTimeException e) {
            return null;
        }
    }
}
