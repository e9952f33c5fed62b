package dev.tandem.sandbox.oscar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the people of one NGO do in OSCaR's pages (contract oscar-interop §3.7, §9). Each act says whether it moves
 * {@code updated_at}. Clients go by slug, referrals by id.
 */
public final class NgoWorker {
    private final Oscar oscar;
    private final Tenant tenant;
    private final ReferralRecords referrals;
    private final ClientRecords clients;
    private final Inbox inbox;

    NgoWorker(Oscar oscar, Tenant tenant) {
        this.oscar = oscar;
        this.tenant = tenant;
        this.referrals = new ReferralRecords(oscar);
        this.clients = new ClientRecords(oscar, referrals);
        this.inbox = new Inbox(tenant);
    }

    public String tenant() {
        return tenant.name;
    }

    /** Ids of the referrals that wait in the inbox, oldest first. */
    public List<Integer> pending() {
        synchronized (oscar) {
            return inbox.pending();
        }
    }

    /**
     * Makes a client from a pending referral, with the form as it is pre-filled; status {@code Referred}. If the NGO
     * already holds the person, its page is opened instead, which links.
     *
     * @return the client's slug
     */
    public String takeUp(int referralId) {
        return takeUp(referralId, form -> {});
    }

    /** The same with the form edited before it is saved. */
    public String takeUp(int referralId, Consumer<ClientForm> edit) {
        synchronized (oscar) {
            Referral referral = referral(referralId);
            Client held = tenant.clientOf(referral.clientGlobalId);
            if (held != null) {
                inbox.openPage(held);
                return held.slug;
            }
            Identity known = oscar.identity(referral.clientGlobalId);
            ClientForm form = inbox.prefilled(referral);
            edit.accept(form);
            Client client = create(form, known == null ? oscar.newIdentity() : known);
            client.fromReferral = referral.id;
            inbox.markSaved(client);
            return client.slug;
        }
    }

    /** The Accept dialog: only the status, written directly. No clock moves, the referral stays as it is. */
    public void accept(String slug) {
        synchronized (oscar) {
            tenant.client(slug).status = "Accepted";
        }
    }

    /** Takes an exited client back: saved, but the clock moves only if the referral's status is copied. */
    public void reenter(String slug, Integer... workers) {
        synchronized (oscar) {
            Client client = tenant.client(slug);
            client.status = "Accepted";
            client.users = List.of(workers).stream().map(tenant::user).toList();
            save(client, client.columns());
        }
    }

    /** Rejects, or exits later: the exit form saves the client (clock moves) and detaches its workers. */
    public void exit(String slug) {
        synchronized (oscar) {
            Client client = tenant.client(slug);
            List<Object> before = client.columns();
            client.status = "Exited";
            client.users = List.of();
            save(client, before);
        }
    }

    /** The exit form of someone who has not been accepted. */
    public void reject(String slug) {
        exit(slug);
    }

    /** Links what waits to clients with the same global id or slug. No clock moves. */
    public void loadNotifications() {
        synchronized (oscar) {
            inbox.loadNotifications();
        }
    }

    /** Links all that waits for the client's global id. No clock moves. */
    public void openClientPage(String slug) {
        synchronized (oscar) {
            inbox.openPage(tenant.client(slug));
        }
    }

    /** On the referral's page: {@code Referred}, {@code Accepted} or {@code Exited}; a linked client's clock moves. */
    public void setReferralStatus(int referralId, String status) {
        synchronized (oscar) {
            referrals.setStatus(tenant, referral(referralId), status);
        }
    }

    /** Clock moves if anything really changed; the first referral may get the client's status. */
    public void editClient(String slug, Consumer<ClientForm> edit) {
        synchronized (oscar) {
            Client client = tenant.client(slug);
            ClientForm form = ClientForm.of(client);
            edit.accept(form);
            List<Object> before = client.columns();
            form.fill(client, tenant, oscar);
            save(client, before);
        }
    }

    /** A child of whom nobody else knows. */
    public String newClient(ClientForm form) {
        synchronized (oscar) {
            return create(form, oscar.newIdentity()).slug;
        }
    }

    /** The same person as another NGO's client: same global id, own slug. */
    public String sameChild(NgoWorker other, String slug, ClientForm form) {
        synchronized (oscar) {
            return create(form, oscar.identity(other.tenant.client(slug).globalId)).slug;
        }
    }

    /** Status {@code Active}; clock moves. */
    public void enrol(String slug, String program) {
        synchronized (oscar) {
            Client client = tenant.client(slug);
            LocalDate date = oscar.today();
            client.enrol(new Enrolment(tenant.nextEnrolmentId(), program(program), date));
            List<Object> before = client.columns();
            client.status = "Active";
            client.updatedAt = oscar.now();
            save(client, before);
        }
    }

    /** Clock moves only with the last active program: status {@code Accepted}. */
    public void leaveProgram(String slug, String program) {
        synchronized (oscar) {
            Client client = tenant.client(slug);
            client.enrolments.stream()
                    .filter(e -> e.active && e.program.name().equals(program))
                    .findFirst()
                    .orElseThrow()
                    .active = false;
            if (client.enrolments.stream().noneMatch(e -> e.active)) {
                List<Object> before = client.columns();
                client.status = "Accepted";
                client.updatedAt = oscar.now();
                save(client, before);
            }
        }
    }

    /** Refers a child to the ministry; the client is in block A from now on. Clock moves. Returns the referral's id. */
    public int referToMinistry(String slug, Outward outward) {
        synchronized (oscar) {
            String ministry = oscar.settings.externalSystem();
            return refer(tenant.client(slug), outward, ministry, ministry).id;
        }
    }

    /** Refers a child to another NGO: a copy waits there; clock moves here. Returns the id of the own row. */
    public int referToNgo(String slug, String other, Outward outward) {
        synchronized (oscar) {
            Referral own = refer(tenant.client(slug), outward, other, "");
            Tenant target = oscar.tenant(other);
            Referral copy = outgoing(tenant.client(slug), outward, other, "");
            copy.services = target.services.named(outward.services());
            referrals.insert(target, copy);
            return own.id;
        }
    }

    /** Archives. No clock moves. */
    public void softDelete(String slug) {
        synchronized (oscar) {
            tenant.client(slug).deleted = true;
        }
    }

    /** No clock moves. */
    public void assign(String slug, Integer... workers) {
        synchronized (oscar) {
            tenant.client(slug).users =
                    List.of(workers).stream().map(tenant::user).toList();
        }
    }

    /** Not an act of a person: makes a client look as old as a world needs it. */
    public void backdate(String slug, Instant created, Instant updated) {
        synchronized (oscar) {
            Client client = tenant.client(slug);
            client.createdAt = created;
            client.updatedAt = updated;
        }
    }

    private Client create(ClientForm form, Identity identity) {
        Client client = new Client(tenant.nextClientId());
        client.slug = oscar.ulids.letters() + "-" + client.id;
        client.globalId = identity.id;
        client.createdAt = oscar.now();
        client.updatedAt = client.createdAt;
        form.fill(client, tenant, oscar);
        tenant.add(client);
        identity.register(tenant, client);
        return client;
    }

    private Referral refer(Client client, Outward outward, String to, String ngoName) {
        Referral referral = outgoing(client, outward, to, ngoName);
        client.link(referral);
        client.referredExternal = true;
        referrals.insert(tenant, referral);
        return referral;
    }

    private Referral outgoing(Client client, Outward outward, String to, String ngoName) {
        Referral referral = new Referral();
        referral.slug = client.slug;
        referral.clientGlobalId = client.globalId;
        referral.clientName = Inbox.fullName(client);
        referral.dateOfReferral = oscar.today();
        referral.referredFrom = tenant.name;
        referral.referredTo = to;
        referral.ngoName = ngoName;
        referral.reason = outward.reason();
        referral.levelOfRisk = outward.levelOfRisk();
        referral.nameOfReferee = tenant.users.get(0).name;
        referral.refereeId = tenant.users.get(0).id;
        referral.phone = "012000001";
        referral.consentForm = outward.consentForm();
        referral.services = tenant.services.named(outward.services());
        return referral;
    }

    /** In OSCaR's own pages a user is signed in, so that the hook of §0.3 does no harm. */
    private void save(Client client, List<Object> before) {
        clients.save(tenant, client, before, () -> {});
    }

    private Program program(String name) {
        return tenant.programs.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Referral referral(int id) {
        Referral referral = tenant.referral(id);
        if (referral == null) {
            throw new IllegalArgumentException("no referral " + id + " at " + tenant);
        }
        return referral;
    }
}
