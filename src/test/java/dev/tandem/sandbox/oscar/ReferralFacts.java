package dev.tandem.sandbox.oscar;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A referral as a test may look at it.
 *
 * @param slug the linked client's; null while it is pending
 * @param received whether it came from the ministry
 * @param reason what was written to it
 * @param createdAt by OSCaR's clock
 */
public record ReferralFacts(
        String organization,
        int id,
        String externalId,
        String globalId,
        String slug,
        String status,
        String levelOfRisk,
        List<String> services,
        boolean received,
        String reason,
        Instant createdAt,
        boolean madeTheClient) {

    static ReferralFacts of(Tenant tenant, Referral referral) {
        return new ReferralFacts(
                tenant.name,
                referral.id,
                referral.externalId,
                referral.clientGlobalId,
                referral.client == null ? null : referral.client.slug,
                referral.status,
                referral.levelOfRisk,
                Arrays.stream(referral.services)
                        .mapToObj(id -> tenant.services.get(id).name())
                        .toList(),
                tenant.name.equals(referral.referredTo) && !Text.blank(referral.ngoName),
                referral.reason,
                referral.createdAt,
                referral.client != null && Integer.valueOf(referral.id).equals(referral.client.fromReferral));
    }

    public boolean pending() {
        return slug == null;
    }
}
