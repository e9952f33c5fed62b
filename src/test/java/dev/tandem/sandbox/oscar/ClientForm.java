package dev.tandem.sandbox.oscar;

import java.util.List;

/** The fields of OSCaR's client form. Null leaves a column NULL; its text form shows none of them. */
public final class ClientForm {
    String givenName;
    String familyName;
    String localGivenName;
    String localFamilyName;
    String gender = "female";
    String dateOfBirth = "2014-09-08";
    String status = Referral.REFERRED;
    String externalId;
    String externalIdDisplay;
    String mosvyNumber;
    Address address = Address.NONE;
    String reasonForReferral;
    Integer receivedBy = 1;
    Integer sourceCategory = Tenant.NGO_CATEGORY;
    boolean dated = true;
    List<Integer> workers = List.of(1);

    public static ClientForm named(String givenName, String familyName) {
        ClientForm form = new ClientForm();
        form.givenName = givenName;
        form.familyName = familyName;
        return form;
    }

    public ClientForm name(String given, String family) {
        givenName = given;
        familyName = family;
        return this;
    }

    public ClientForm localName(String given, String family) {
        localGivenName = given;
        localFamilyName = family;
        return this;
    }

    public ClientForm gender(String value) {
        gender = value;
        return this;
    }

    /** {@code YYYY-MM-DD}; years of five digits occur. */
    public ClientForm born(String value) {
        dateOfBirth = value;
        return this;
    }

    public ClientForm status(String value) {
        status = value;
        return this;
    }

    public ClientForm externalId(String id, String display) {
        externalId = id;
        externalIdDisplay = display;
        return this;
    }

    public ClientForm mosvyNumber(String value) {
        mosvyNumber = value;
        return this;
    }

    /** A code of 0, 2, 4, 6 or 8 digits. */
    public ClientForm livesAt(String code) {
        address = Address.of(code);
        return this;
    }

    public ClientForm reason(String value) {
        reasonForReferral = value;
        return this;
    }

    /** Ids of the tenant's users. */
    public ClientForm workers(Integer... ids) {
        workers = List.of(ids);
        return this;
    }

    /** Clients of older versions lack the first referral's date, who received it or its source: 422 at an upsert. */
    public ClientForm withoutReferralDate() {
        dated = false;
        return this;
    }

    public ClientForm withoutReceiver() {
        receivedBy = null;
        return this;
    }

    /** Null is defaulted at the next upsert; an id that does not exist makes it answer 200 and nothing. */
    public ClientForm sourceCategory(Integer id) {
        sourceCategory = id;
        return this;
    }

    static ClientForm of(Client client) {
        ClientForm form = named(client.givenName, client.familyName)
                .localName(client.localGivenName, client.localFamilyName)
                .gender(client.gender)
                .born(client.dateOfBirth)
                .status(client.status)
                .externalId(client.externalId, client.externalIdDisplay)
                .mosvyNumber(client.mosvyNumber)
                .reason(client.reasonForReferral)
                .sourceCategory(client.sourceCategory);
        form.address = client.address;
        form.receivedBy = client.receivedBy;
        form.dated = client.initialReferralDate != null;
        form.workers = client.users.stream().map(user -> user.id).toList();
        return form;
    }

    void fill(Client client, Tenant tenant, Oscar oscar) {
        client.givenName = givenName;
        client.familyName = familyName;
        client.localGivenName = localGivenName;
        client.localFamilyName = localFamilyName;
        client.gender = gender;
        client.dateOfBirth = dateOfBirth;
        client.status = status;
        client.externalId = externalId;
        client.externalIdDisplay = externalIdDisplay;
        client.mosvyNumber = mosvyNumber;
        client.address = address;
        client.reasonForReferral = reasonForReferral;
        client.receivedBy = receivedBy;
        client.sourceCategory = sourceCategory;
        if (!dated) {
            client.initialReferralDate = null;
        } else if (client.initialReferralDate == null) {
            client.initialReferralDate = oscar.today();
        }
        client.users = workers.isEmpty()
                ? List.of()
                : workers.stream().map(tenant::user).toList();
    }
}
