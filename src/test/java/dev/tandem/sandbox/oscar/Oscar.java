package dev.tandem.sandbox.oscar;

import dev.tandem.sandbox.http.SimClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that OSCaR holds. Whoever reads or writes holds this object's monitor. */
final class Oscar {
    /** A row that ties an external system to a person; no answer of the API depends on it. */
    record SystemLink(String globalId, String externalId) {}

    final OscarSettings settings;
    final Switches switches;
    final SimClock clock;
    final Ulids ulids;
    final Map<String, Tenant> tenants = new LinkedHashMap<>();
    final Set<SystemLink> systemLinks = new HashSet<>();
    private final Map<String, Identity> identities = new HashMap<>();

    Oscar(OscarSettings settings, SimClock clock) {
        this.settings = settings;
        this.switches = new Switches(settings);
        this.clock = clock;
        this.ulids = new Ulids(settings.seed());
        Tenant shared = new Tenant("public", null);
        shared.integrated = false;
        tenants.put(shared.name, shared);
        settings.tenants().forEach(this::addTenant);
    }

    Tenant addTenant(String name) {
        Tenant tenant = new Tenant(name, tenants.size());
        Map<String, Integer> categories = new LinkedHashMap<>();
        for (Map<String, String> row : Resources.services()) {
            categories.computeIfAbsent(row.get("category"), c -> tenant.services.add(c, null, null));
        }
        for (Map<String, String> row : Resources.services()) {
            tenant.services.add(row.get("name"), row.get("uuid"), row.get("category"));
        }
        tenant.users.add(new User(1, "Dara Example", "012000001"));
        tenant.users.add(new User(2, "Mey Example", ""));
        tenants.put(name, tenant);
        return tenant;
    }

    Tenant tenant(String name) {
        Tenant tenant = tenants.get(name);
        if (tenant == null) {
            throw new IllegalArgumentException("no tenant " + name);
        }
        return tenant;
    }

    /** What apartment does on a switch; any schema is accepted (contract oscar-interop U1, T24). */
    Tenant schema(String name) {
        Tenant tenant = tenants.get(name);
        if (tenant == null) {
            throw new Raised("no such schema");
        }
        return tenant;
    }

    List<Tenant> integrated() {
        return tenants.values().stream().filter(t -> t.integrated && !t.removed).toList();
    }

    Identity newIdentity() {
        Identity identity = new Identity(ulids.next(now()));
        identities.put(identity.id, identity);
        return identity;
    }

    Identity identity(String id) {
        return id == null ? null : identities.get(id);
    }

    int identities() {
        return identities.size();
    }

    /** {@code EXT}: the external system's name, or the empty text for an e-mail that is none's token. */
    String externalSystem(String uid) {
        return switches.registered() && settings.email().equals(uid) ? settings.externalSystem() : "";
    }

    /** PostgreSQL keeps microseconds. */
    Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MICROS);
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.now(), switches.zone());
    }
}
