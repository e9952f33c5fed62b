package dev.tandem.sandbox.oscar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** A row of a tenant's {@code referrals}. Without a client it is pending and no answer of the API shows it. */
final class Referral {
    static final String REFERRED = "Referred";

    int id;
    Instant createdAt;
    Instant updatedAt;
    /** When it was last written, as a count: the order in which an unordered query finds rows. */
    long written;

    boolean deleted;
    boolean saved;
    Client client;
    String slug;
    LocalDate dateOfReferral;
    String clientName;
    String clientGlobalId;
    String clientGender;
    String clientDateOfBirth;
    String villageCode;
    String externalId;
    String externalIdDisplay;
    String mosvyNumber;
    String reason;
    String nameOfReferee;
    String phone;
    String refereeEmail;
    Integer refereeId;
    String externalCaseWorkerId;
    String referredTo;
    String referredFrom;
    String ngoName;
    String levelOfRisk;
    String status = REFERRED;
    List<String> consentForm = List.of();
    int[] services = {};
}
