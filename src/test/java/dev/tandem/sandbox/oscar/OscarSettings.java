package dev.tandem.sandbox.oscar;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * What may differ from one OSCaR to another.
 *
 * @param email the API's admin user, which is also the token of the external system
 * @param externalSystem the external system's name, {@code EXT} in the contract
 * @param registered whether an external system with that e-mail exists; if not, {@code EXT} is the empty text (§1.2)
 * @param zone the server process's zone: it holds for times without zone and for "today"
 * @param language of validation messages, {@code en} or {@code km} (T21)
 * @param choice which NGO of a person update_statuses takes (T3)
 * @param headRegression whether saving a referral over the API raises (§0.3)
 * @param tenants short names, all of them integrated
 * @param seed decides global ids and slugs
 */
public record OscarSettings(
        String email,
        String password,
        String externalSystem,
        boolean registered,
        ZoneId zone,
        Locale language,
        RegistrationChoice choice,
        boolean headRegression,
        List<String> tenants,
        long seed) {

    /** Which of a person's registrations an unordered query finds first. */
    public enum RegistrationChoice {
        OLDEST,
        NEWEST
    }

    public static OscarSettings standard() {
        return new OscarSettings(
                "sync@example.org",
                "secret",
                "MoSVY External System",
                true,
                ZoneOffset.UTC,
                Locale.ENGLISH,
                RegistrationChoice.OLDEST,
                false,
                Resources.organizations(),
                1);
    }

    public OscarSettings withPassword(String other) {
        return new OscarSettings(
                email, other, externalSystem, registered, zone, language, choice, headRegression, tenants, seed);
    }

    public OscarSettings withTenants(String... names) {
        return new OscarSettings(
                email,
                password,
                externalSystem,
                registered,
                zone,
                language,
                choice,
                headRegression,
                List.of(names),
                seed);
    }

    public OscarSettings withSeed(long other) {
        return new OscarSettings(
                email, password, externalSystem, registered, zone, language, choice, headRegression, tenants, other);
    }

    public OscarSettings withExternalSystem(String name) {
        return new OscarSettings(
                email, password, name, registered, zone, language, choice, headRegression, tenants, seed);
    }

    @Override
    public String toString() {
        return "OscarSettings[" + tenants.size() + " tenants, seed " + seed + "]";
    }
}
