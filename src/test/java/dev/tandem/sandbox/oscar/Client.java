package dev.tandem.sandbox.oscar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row of a tenant's {@code clients} and what hangs on it. Null is SQL's NULL. */
final class Client {
    final int id;
    String slug;
    String globalId;
    Instant createdAt;
    Instant updatedAt;
    boolean deleted;

    String givenName;
    String familyName;
    String localGivenName;
    String localFamilyName;
    String gender;
    /** {@code YYYY-MM-DD}, the year of four digits or, mistyped, five. */
    String dateOfBirth;

    String status = Referral.REFERRED;
    String externalId;
    String externalIdDisplay;
    String mosvyNumber;
    Address address = Address.NONE;
    String externalCaseWorkerName;
    String externalCaseWorkerId;
    String reasonForReferral;
    String relevantReferralInformation;
    LocalDate syncedDate;
    LocalDate initialReferralDate;
    Integer receivedBy;
    Integer referee;
    Integer sourceCategory;
    Integer fromReferral;
    boolean referredExternal;

    List<User> users = List.of();
    List<Enrolment> enrolments = List.of();
    /** Linked referrals, in the order of linking. */
    List<Referral> referrals = List.of();

    int upserts;
    int linkWrites;
    int statusWrites;

    Client(int id) {
        this.id = id;
    }

    void link(Referral referral) {
        if (referrals.isEmpty()) {
            referrals = new ArrayList<>(1);
        }
        referrals.add(referral);
        referral.client = this;
        referral.saved = true;
    }

    void enrol(Enrolment enrolment) {
        if (enrolments.isEmpty()) {
            enrolments = new ArrayList<>(1);
        }
        enrolments.add(enrolment);
    }

    /** A copy to be changed and validated before it is taken. */
    Client draft() {
        Client draft = new Client(id);
        draft.take(this);
        return draft;
    }

    void take(Client other) {
        givenName = other.givenName;
        familyName = other.familyName;
        localGivenName = other.localGivenName;
        localFamilyName = other.localFamilyName;
        gender = other.gender;
        dateOfBirth = other.dateOfBirth;
        status = other.status;
        externalId = other.externalId;
        externalIdDisplay = other.externalIdDisplay;
        mosvyNumber = other.mosvyNumber;
        address = other.address;
        externalCaseWorkerName = other.externalCaseWorkerName;
        externalCaseWorkerId = other.externalCaseWorkerId;
        reasonForReferral = other.reasonForReferral;
        relevantReferralInformation = other.relevantReferralInformation;
        syncedDate = other.syncedDate;
        initialReferralDate = other.initialReferralDate;
        receivedBy = other.receivedBy;
        sourceCategory = other.sourceCategory;
        referredExternal = other.referredExternal;
        users = other.users;
    }

    /** The columns whose change moves {@code updated_at}. */
    List<Object> columns() {
        return Arrays.asList(
                givenName,
                familyName,
                localGivenName,
                localFamilyName,
                gender,
                dateOfBirth,
                status,
                externalId,
                externalIdDisplay,
                mosvyNumber,
                address,
                externalCaseWorkerName,
                externalCaseWorkerId,
                reasonForReferral,
                relevantReferralInformation,
                syncedDate,
                sourceCategory,
                referredExternal);
    }

    /** Contract oscar-interop §2.2; whoever lacks one of these is invisible. */
    boolean eligible() {
        return named(givenName, localGivenName)
                && named(familyName, localFamilyName)
                && gender != null
                && !gender.isEmpty()
                && dateOfBirth != null;
    }

    private static boolean named(String latin, String local) {
        return !Text.blank(latin) || !Text.blank(local);
    }
}
