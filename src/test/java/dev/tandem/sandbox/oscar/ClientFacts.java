package dev.tandem.sandbox.oscar;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A client as a test may look at it. Its text form holds ids only.
 *
 * @param locationCode the deepest code, "" if none
 * @param upserts how often an upsert changed it
 * @param linkWrites how often update_links wrote it
 * @param statusWrites how often update_statuses wrote one of its referrals
 */
public record ClientFacts(
        String organization,
        String slug,
        String globalId,
        String externalId,
        String externalIdDisplay,
        String mosvyNumber,
        String status,
        String givenName,
        String familyName,
        String localGivenName,
        String localFamilyName,
        String gender,
        String dateOfBirth,
        String locationCode,
        String reasonForReferral,
        LocalDate syncedDate,
        Instant createdAt,
        Instant updatedAt,
        boolean deleted,
        int upserts,
        int linkWrites,
        int statusWrites) {

    static ClientFacts of(Tenant tenant, Client client) {
        return new ClientFacts(
                tenant.name,
                client.slug,
                client.globalId,
                client.externalId,
                client.externalIdDisplay,
                client.mosvyNumber,
                client.status,
                client.givenName,
                client.familyName,
                client.localGivenName,
                client.localFamilyName,
                client.gender,
                client.dateOfBirth,
                client.address.deepest(),
                client.reasonForReferral,
                client.syncedDate,
                client.createdAt,
                client.updatedAt,
                client.deleted,
                client.upserts,
                client.linkWrites,
                client.statusWrites);
    }

    @Override
    public String toString() {
        return "ClientFacts[" + organization + " " + slug + " " + status + "]";
    }
}
