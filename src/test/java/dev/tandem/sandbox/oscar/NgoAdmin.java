package dev.tandem.sandbox.oscar;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What administrators set up for one NGO: the things that differ from tenant to tenant, and those that break a feed. */
public final class NgoAdmin {
    private static final String LITERAL_SYSTEM = "MoSVY External System";

    private final Oscar oscar;
    private final Tenant tenant;

    NgoAdmin(Oscar oscar, Tenant tenant) {
        this.oscar = oscar;
        this.tenant = tenant;
    }

    /** Whether the feed shows the NGO's clients; writes reach it in any case. */
    public void integrated(boolean is) {
        with(() -> tenant.integrated = is);
    }

    /** Soft-deletes the organization; its schema stays. */
    public void removeNgo() {
        with(() -> tenant.removed = true);
    }

    /** The NGO's own place: a code of 0, 2, 4 or 6 digits. With 2 it breaks the feed as soon as block A is not empty. */
    public void organizationAddress(String code) {
        with(() -> tenant.setting = Address.of(code));
    }

    /** A setting with a province only: T5. */
    public void poison() {
        organizationAddress("12");
    }

    /** No setting row: one client is enough to break the feed. */
    public void withoutSetting() {
        with(() -> tenant.setting = null);
    }

    public int addUser(String name, String mobile) {
        synchronized (oscar) {
            int id = tenant.users.size() + 1;
            tenant.users.add(new User(id, name, mobile));
            return id;
        }
    }

    /** No clock moves. */
    public void renameUser(int id, String name) {
        with(() -> tenant.user(id).name = name);
    }

    /** Nobody left to be a new referral's referee. */
    public void withoutUsers() {
        with(tenant.users::clear);
    }

    public List<String> services() {
        synchronized (oscar) {
            return tenant.services.names();
        }
    }

    /** A name that is there already becomes a homonym (T14). */
    public void addService(String name, String uuid, String category) {
        with(() -> tenant.services.add(name, uuid, category));
    }

    /** The name is missing from this NGO's catalogue from now on (T13). */
    public void removeService(String name) {
        with(() -> tenant.services.remove(name));
    }

    /** No clock moves. */
    public void renameService(String from, String to) {
        with(() -> tenant.services.rename(from, to));
    }

    public void addProgram(String name, String... services) {
        with(() -> tenant.programs.add(new Program(
                tenant.programs.size() + 1,
                name,
                Arrays.stream(tenant.services.named(List.of(services))).boxed().toList())));
    }

    /** Saves a program stream: moves the clock of clients with a referral to the ministry's literal name. */
    public void editProgram() {
        with(() -> {
            Instant now = oscar.now();
            tenant.clients.stream()
                    .filter(c -> !c.deleted && ReferralRecords.last(c, LITERAL_SYSTEM) != null)
                    .forEach(c -> c.updatedAt = now);
        });
    }

    public void addLocation(String code) {
        with(() -> tenant.locations.add(code));
    }

    public void removeLocation(String code) {
        with(() -> tenant.locations.remove(code));
    }

    /** Referrals of older versions have no level of risk. */
    public void clearLevelOfRisk(int referralId) {
        with(() -> tenant.referral(referralId).levelOfRisk = null);
    }

    public void deleteReferral(int referralId) {
        with(() -> tenant.referral(referralId).deleted = true);
    }

    private void with(Runnable change) {
        synchronized (oscar) {
            change.run();
        }
    }
}
