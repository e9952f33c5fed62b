package dev.tandem.sandbox.oscar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One NGO: a schema with its own sequences, and its row among the organizations (none for {@code public}). */
final class Tenant {
    static final int NGO_CATEGORY = 1;

    final String name;
    /** Null for a schema without an organization. */
    final Integer organizationId;

    boolean integrated = true;
    boolean removed;

    /** Null if the tenant has no setting row at all (T5). */
    Address setting = Address.of("120611");

    final ServiceCatalogue services = new ServiceCatalogue();
    final Locations locations = new Locations();
    final List<User> users = new ArrayList<>();
    final List<Program> programs = new ArrayList<>();
    final Set<Integer> sourceCategories = new HashSet<>(Set.of(NGO_CATEGORY));
    final List<Client> clients = new ArrayList<>();
    final List<Referral> referrals = new ArrayList<>();
    private final Map<String, Client> clientsBySlug = new HashMap<>();
    private final Map<String, List<Client>> clientsByGlobalId = new HashMap<>();
    private final Map<String, List<Referral>> referralsByExternalId = new HashMap<>();
    private final Map<String, List<Referral>> referralsByGlobalId = new HashMap<>();
    private int enrolments;
    private long writes;

    Tenant(String name, Integer organizationId) {
        this.name = name;
        this.organizationId = organizationId;
    }

    int nextClientId() {
        return clients.size() + 1;
    }

    int nextEnrolmentId() {
        return ++enrolments;
    }

    void add(Client client) {
        clients.add(client);
        clientsBySlug.put(client.slug, client);
        clientsByGlobalId
                .computeIfAbsent(client.globalId, k -> new ArrayList<>(1))
                .add(client);
    }

    void add(Referral referral) {
        referral.id = referrals.size() + 1;
        referrals.add(referral);
        referralsByExternalId
                .computeIfAbsent(referral.externalId, k -> new ArrayList<>(1))
                .add(referral);
        referralsByGlobalId
                .computeIfAbsent(referral.clientGlobalId, k -> new ArrayList<>(1))
                .add(referral);
    }

    void written(Referral referral) {
        referral.written = ++writes;
    }

    Client client(String slug) {
        Client client = clientOrNull(slug);
        if (client == null) {
            throw new IllegalArgumentException("no client " + slug + " at " + name);
        }
        return client;
    }

    Client clientOrNull(String slug) {
        return clientsBySlug.get(slug);
    }

    /** The live client with that global id, or null. */
    Client clientOf(String globalId) {
        return clientsByGlobalId.getOrDefault(globalId, List.of()).stream()
                .filter(c -> !c.deleted)
                .findFirst()
                .orElse(null);
    }

    Referral referral(long id) {
        return id < 1 || id > referrals.size() || referrals.get((int) id - 1).deleted
                ? null
                : referrals.get((int) id - 1);
    }

    /** Live referrals with exactly that external id, null included, in the order a query without order finds them. */
    List<Referral> referralsOf(String externalId) {
        return live(referralsByExternalId.get(externalId));
    }

    List<Referral> referralsOfPerson(String globalId) {
        return live(referralsByGlobalId.get(globalId));
    }

    private static List<Referral> live(List<Referral> referrals) {
        return referrals == null
                ? List.of()
                : referrals.stream()
                        .filter(r -> !r.deleted)
                        .sorted(Comparator.comparingLong((Referral r) -> r.written))
                        .toList();
    }

    User user(Integer id) {
        return id == null || id < 1 || id > users.size() ? null : users.get(id - 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
