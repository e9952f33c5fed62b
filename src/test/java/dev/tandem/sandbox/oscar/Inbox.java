package dev.tandem.sandbox.oscar;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The referrals that wait at an NGO, and the three ways in which one gets its client (contract oscar-interop §3.7). */
final class Inbox {
    private static final Pattern PARENTHESES = Pattern.compile("\\(([^)]*)\\)");

    private final Tenant tenant;

    Inbox(Tenant tenant) {
        this.tenant = tenant;
    }

    List<Integer> pending() {
        return waiting().map(r -> r.id).toList();
    }

    private Stream<Referral> waiting() {
        return tenant.referrals.stream()
                .filter(r -> !r.deleted && !r.saved && r.client == null && tenant.name.equals(r.referredTo));
    }

    /** The client form as {@code new} fills it: the third and further words of the name are lost (T27). */
    ClientForm prefilled(Referral referral) {
        String name = referral.clientName;
        Matcher parentheses = PARENTHESES.matcher(name);
        List<String> local = parentheses.find() ? words(parentheses.group(1)) : List.of();
        List<String> latin = words(PARENTHESES.matcher(name).replaceAll(" "));
        return ClientForm.named(word(latin, 0), word(latin, 1))
                .localName(word(local, 1), word(local, 0))
                .gender(referral.clientGender)
                .born(referral.clientDateOfBirth)
                .livesAt(knownPlace(referral.villageCode))
                .externalId(referral.externalId, referral.externalIdDisplay)
                .mosvyNumber(referral.mosvyNumber)
                .reason(referral.reason);
    }

    private String knownPlace(String code) {
        return tenant.locations.resolve(code, Address.NONE).deepest();
    }

    /** {@code mark_referral_as_saved}: all that waits for that global id, else for that external id. */
    void markSaved(Client client) {
        List<Referral> found = unlinked(tenant.referralsOfPerson(client.globalId));
        if (found.isEmpty() && !Text.blank(client.externalId)) {
            found = unlinked(tenant.referralsOf(client.externalId));
        }
        found.forEach(client::link);
    }

    void openPage(Client client) {
        unlinked(tenant.referralsOfPerson(client.globalId)).forEach(client::link);
    }

    void loadNotifications() {
        for (Referral referral : waiting().toList()) {
            Client held = tenant.clientOf(referral.clientGlobalId);
            Client bySlug = held != null || referral.slug == null ? null : tenant.clientOrNull(referral.slug);
            if (held != null) {
                held.link(referral);
            } else if (bySlug != null && !bySlug.deleted) {
                bySlug.link(referral);
            }
        }
    }

    private static List<Referral> unlinked(List<Referral> referrals) {
        return referrals.stream().filter(r -> r.client == null && !r.saved).toList();
    }

    static String fullName(Client client) {
        String latin = joined(client.givenName, client.familyName);
        String local = joined(client.localFamilyName, client.localGivenName);
        return local.isEmpty() ? latin : latin + " (" + local + ")";
    }

    private static String joined(String first, String second) {
        return Stream.of(first, second)
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).filter(w -> !w.isEmpty()).toList();
    }

    private static String word(List<String> words, int at) {
        return at < words.size() ? words.get(at) : null;
    }
}
