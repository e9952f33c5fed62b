package dev.tandem.sandbox.oscar;

import java.util.ArrayList;
import java.util.List;

/** A person across all NGOs, and the clients registered for it. */
final class Identity {
    /** A client of one NGO that is this person. */
    record Registration(Tenant tenant, Client client) {}

    final String id;
    List<Registration> registrations = List.of();

    Identity(String id) {
        this.id = id;
    }

    void register(Tenant tenant, Client client) {
        if (registrations.isEmpty()) {
            registrations = new ArrayList<>(1);
        }
        registrations.add(new Registration(tenant, client));
    }
}
