package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.oscar.Identity.Registration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code PUT clients/update_links} (contract oscar-interop §4): direct writes in all NGOs of a person, no clock moves. */
final class UpdateLinks {
    private final Oscar oscar;

    UpdateLinks(Oscar oscar) {
        this.oscar = oscar;
    }

    Answer run(JsonNode body) {
        JsonNode data = body.path("data");
        if (!data.isArray() || data.isEmpty()) {
            throw new Raised("undefined local variable in the error branch");
        }
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        for (JsonNode row : data) {
            if (!row.isObject()) {
                throw new Raised("no implicit conversion");
            }
            rows.put(Text.orEmpty(Text.of(row, "global_id")), row);
        }
        List<Registration> registrations = rows.keySet().stream()
                .map(oscar::identity)
                .filter(Objects::nonNull)
                .flatMap(identity -> identity.registrations.stream())
                .sorted(Comparator.comparing(at -> at.tenant().organizationId))
                .toList();
        for (Registration at : registrations) {
            if (at.tenant().removed) {
                throw new Raised("Couldn't find Organization");
            }
            write(at.client(), rows.get(at.client().globalId));
        }
        return Answer.saved();
    }

    private void write(Client client, JsonNode row) {
        if (client.deleted) {
            return;
        }
        client.externalId = Text.of(row, "external_id");
        client.externalIdDisplay = Text.of(row, "external_id_display");
        client.syncedDate = oscar.today();
        client.linkWrites++;
    }
}
