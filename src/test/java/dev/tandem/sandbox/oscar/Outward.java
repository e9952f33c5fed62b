package dev.tandem.sandbox.oscar;

import java.util.List;

/**
 * A referral that an NGO makes.
 *
 * @param levelOfRisk null or "" for one from before the field was required
 * @param services names from the NGO's catalogue
 * @param consentForm addresses of files
 */
public record Outward(String reason, String levelOfRisk, List<String> services, List<String> consentForm) {
    public static Outward of(String levelOfRisk, String... services) {
        return new Outward(
                "Needs support",
                levelOfRisk,
                List.of(services),
                List.of("https://files.example.org/uploads/referral/consent_form/consent.png"));
    }

    @Override
    public String toString() {
        return "Outward" + services;
    }
}
