package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;

/** Which cases a user sees and may touch (contract primero-v2 §1.4). */
final class Scope {
    private Scope() {}

    static boolean covers(Account user, JsonNode data) {
        return switch (user.role().scope()) {
            case "all" -> true;
            case "agency" -> meets(data.path("associated_user_agencies"), List.of(user.agency()));
            case "group" ->
                user.groups().isEmpty() ? isOwn(user, data) : meets(data.path("associated_user_groups"), user.groups());
            default -> isOwn(user, data);
        };
    }

    private static boolean isOwn(Account user, JsonNode data) {
        return meets(data.path("associated_user_names"), List.of(user.userName()));
    }

    private static boolean meets(JsonNode present, Collection<String> wanted) {
        for (JsonNode value : present) {
            if (wanted.contains(value.asText())) {
                return true;
            }
        }
        return false;
    }
}
