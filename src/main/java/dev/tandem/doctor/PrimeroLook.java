package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is read of Primero, each thing once and only if a check wants it. */
final class PrimeroLook {
    static final String PRIMERO = "primero";

    final Once<JsonNode> account;
    final Once<JsonNode> rights;
    final Once<CaseForms> forms;
    final Once<List<JsonNode>> lookups;
    final Once<List<JsonNode>> agencies;
    final Once<List<JsonNode>> users;
    final Once<List<JsonNode>> locations;
    final Once<JsonNode> modules;
    final Once<JsonNode> webhooks;

    PrimeroLook(Asking asking, String user) {
        account = new Once<>(
                () -> own(asking.read(PRIMERO, "look-at-account", "users", Map.of("TandemName", user)), user));
        rights = new Once<>(() -> asking.read(
                        PRIMERO,
                        "look-at-rights",
                        "its own rights",
                        Map.of("TandemId", account.get().path("id").asText()))
                .path("data"));
        forms = new Once<>(() -> CaseForms.of(
                asking.read(PRIMERO, "look-at-forms", "forms", Map.of()).path("data")));
        lookups = new Once<>(() -> asking.pages(PRIMERO, "look-at-lookups", "lookups"));
        agencies = new Once<>(() -> asking.pages(PRIMERO, "look-at-agencies", "agencies"));
        users = new Once<>(() -> asking.pages(PRIMERO, "look-at-users", "users"));
        locations = new Once<>(() -> asking.pages(PRIMERO, "look-at-locations", "locations"));
        modules = new Once<>(() -> asking.read(PRIMERO, "look-at-modules", "system settings", Map.of())
                .at("/data/modules"));
        webhooks = new Once<>(() ->
                asking.read(PRIMERO, "look-at-webhooks", "webhooks", Map.of()).path("data"));
    }

    private static JsonNode own(JsonNode answer, String user) {
        for (JsonNode one : answer.path("data")) {
            if (Fields.text(one, "user_name").equals(user)) {
                return one;
            }
        }
        throw new Unread(
                Level.WARN,
                "Not checked: Primero's list of users does not show the account itself.",
                "Give its role the right to read users.");
    }

    /** What the account may do on these, such as {@code cases}. */
    Set<String> actions(String resource) {
        Set<String> actions = new HashSet<>();
        for (JsonNode right : rights.get().at("/permissions/list")) {
            if (Fields.text(right, "resource").equals(resource)) {
                right.path("actions").forEach(action -> actions.add(action.asText()));
            }
        }
        return actions;
    }
}
