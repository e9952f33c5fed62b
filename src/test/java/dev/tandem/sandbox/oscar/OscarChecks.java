package dev.tandem.sandbox.oscar;

import java.util.List;
import java.util.Optional;

/** What the simulator holds, for a test to look at: above all how often something arrived. */
public final class OscarChecks {
    private final Oscar oscar;
    private final SignIn signIn;

    OscarChecks(Oscar oscar, SignIn signIn) {
        this.oscar = oscar;
        this.signIn = signIn;
    }

    /** The live referrals that came from the ministry with that external id, by id. */
    public List<ReferralFacts> referrals(String tenant, String externalId) {
        return referrals(tenant).stream()
                .filter(ReferralFacts::received)
                .filter(r -> externalId.equals(r.externalId()))
                .toList();
    }

    /** All live referrals of an NGO in both directions, by id. */
    public List<ReferralFacts> referrals(String tenant) {
        synchronized (oscar) {
            Tenant at = oscar.tenant(tenant);
            return at.referrals.stream()
                    .filter(r -> !r.deleted)
                    .map(r -> ReferralFacts.of(at, r))
                    .toList();
        }
    }

    /** All live referrals of all NGOs. */
    public List<ReferralFacts> referrals() {
        synchronized (oscar) {
            return oscar.tenants.values().stream()
                    .flatMap(t -> referrals(t.name).stream())
                    .toList();
        }
    }

    public ReferralFacts referral(String tenant, int id) {
        synchronized (oscar) {
            Tenant at = oscar.tenant(tenant);
            return ReferralFacts.of(at, at.referral(id));
        }
    }

    public ClientFacts client(String tenant, String slug) {
        synchronized (oscar) {
            Tenant at = oscar.tenant(tenant);
            return ClientFacts.of(at, at.client(slug));
        }
    }

    /** Deleted ones included, by id. */
    public List<ClientFacts> clients(String tenant) {
        synchronized (oscar) {
            Tenant at = oscar.tenant(tenant);
            return at.clients.stream().map(c -> ClientFacts.of(at, c)).toList();
        }
    }

    public List<ClientFacts> clients() {
        synchronized (oscar) {
            return oscar.tenants.values().stream()
                    .flatMap(t -> clients(t.name).stream())
                    .toList();
        }
    }

    /** The NGO's first live client with that external id; a scan. */
    public Optional<ClientFacts> clientByExternalId(String tenant, String externalId) {
        synchronized (oscar) {
            Tenant at = oscar.tenant(tenant);
            return at.clients.stream()
                    .filter(c -> !c.deleted && externalId.equals(c.externalId))
                    .findFirst()
                    .map(c -> ClientFacts.of(at, c));
        }
    }

    /** The NGO's live client that is this person. */
    public Optional<ClientFacts> clientByGlobalId(String tenant, String globalId) {
        synchronized (oscar) {
            Tenant at = oscar.tenant(tenant);
            return Optional.ofNullable(at.clientOf(globalId)).map(c -> ClientFacts.of(at, c));
        }
    }

    /** Global identities, orphans included: each upsert without a global id makes one. */
    public int identities() {
        synchronized (oscar) {
            return oscar.identities();
        }
    }

    public boolean isIdentity(String globalId) {
        synchronized (oscar) {
            return oscar.identity(globalId) != null;
        }
    }

    /** Rows that tie the external system to a person. */
    public int systemLinks() {
        synchronized (oscar) {
            return oscar.systemLinks.size();
        }
    }

    /** Tokens that are still good. */
    public int liveTokens() {
        synchronized (oscar) {
            return signIn.live();
        }
    }
}
