package dev.tandem.sandbox.oscar;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A tenant's services. Names are matched exactly, homonyms and categories included (contract oscar-interop T13, T14). */
final class ServiceCatalogue {
    private final List<Service> services = new ArrayList<>();

    int add(String name, String uuid, String category) {
        int id = services.size() + 1;
        services.add(new Service(id, name, uuid, category, false));
        return id;
    }

    void remove(String name) {
        services.replaceAll(
                s -> s.name().equals(name) ? new Service(s.id(), s.name(), s.uuid(), s.category(), true) : s);
    }

    void rename(String from, String to) {
        services.replaceAll(
                s -> s.name().equals(from) ? new Service(s.id(), to, s.uuid(), s.category(), s.deleted()) : s);
    }

    int[] named(Collection<String> names) {
        return services.stream()
                .filter(s -> !s.deleted() && names.contains(s.name()))
                .mapToInt(Service::id)
                .toArray();
    }

    List<String> names() {
        return services.stream()
                .filter(s -> !s.deleted() && s.category() != null)
                .map(Service::name)
                .distinct()
                .toList();
    }

    Service get(int id) {
        return services.get(id - 1);
    }
}
