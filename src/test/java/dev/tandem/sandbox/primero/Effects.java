package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What Primero itself changes while it saves a case (contract primero-v2 §3.8, §3.9). */
final class Effects {
    private final Configuration configuration;

    Effects(Configuration configuration) {
        this.configuration = configuration;
    }

    void apply(ObjectNode old, ObjectNode next, Instant now, String savedBy) {
        name(next);
        own(old, next);
        implemented(next);
        close(old, next, now);
        reopen(old, next);
        workflow(old, next);
        logReopening(old, next, now, savedBy);
    }

    private static void name(ObjectNode next) {
        Set<String> parts = new LinkedHashSet<>();
        for (String part : new String[] {"name_first", "name_middle", "name_last"}) {
            if (!next.path(part).asText("").isEmpty() && !next.path(part).isNull()) {
                parts.add(next.path(part).asText());
            }
        }
        if (!parts.isEmpty()) {
            next.put("name", String.join(" ", parts));
        }
    }

    /**
     * An unknown owner is no error: the associated arrays are computed for the bad name, and only then the name goes back
     * to what it was, or to null on create. Null clears it.
     */
    private void own(ObjectNode old, ObjectNode next) {
        String before = text(old, "owned_by");
        String wanted = text(next, "owned_by");
        associate(next);
        if (wanted == null || wanted.equals(before)) {
            // Cleared, it leaves what was derived from it (contract primero-v2 §11).
            return;
        }
        Optional<Account> owner = configuration.user(wanted);
        if (owner.isEmpty()) {
            next.put("owned_by", before);
            return;
        }
        if (before != null) {
            next.put("previously_owned_by", before);
            next.set("previously_owned_by_agency", old.get("owned_by_agency_id"));
            next.set("previously_owned_by_full_name", old.get("owned_by_full_name"));
        }
        next.put("owned_by_full_name", owner.get().fullName());
        next.put("owned_by_agency_id", owner.get().agency());
        next.set("owned_by_groups", Json.strings(owner.get().groups()));
    }

    /** Computes {@code associated_user_*} from the owner as named and from those assigned. */
    void associate(ObjectNode next) {
        Set<String> names = new LinkedHashSet<>();
        if (text(next, "owned_by") != null) {
            names.add(text(next, "owned_by"));
        }
        next.path("assigned_user_names").forEach(name -> names.add(name.asText()));
        Set<String> groups = new LinkedHashSet<>();
        Set<String> agencies = new LinkedHashSet<>();
        for (String name : names) {
            configuration.user(name).ifPresent(user -> {
                groups.addAll(user.groups());
                agencies.add(user.agency());
            });
        }
        next.set("associated_user_names", Json.strings(names));
        next.set("associated_user_groups", Json.strings(groups));
        next.set("associated_user_agencies", Json.strings(agencies));
    }

    private static void implemented(ObjectNode next) {
        for (JsonNode row : next.path("services_section")) {
            if (row instanceof ObjectNode service) {
                if (service.hasNonNull("service_implemented_day_time")) {
                    service.put("service_implemented", "implemented");
                } else if (!service.path("service_type").asText("").isEmpty() && service.hasNonNull("service_type")) {
                    service.put("service_implemented", "not_implemented");
                }
            }
        }
    }

    private static void close(ObjectNode old, ObjectNode next, Instant now) {
        if ("open".equals(text(old, "status"))
                && "closed".equals(text(next, "status"))
                && !next.hasNonNull("date_closure")) {
            next.put("date_closure", LocalDate.ofInstant(now, ZoneOffset.UTC).toString());
        }
    }

    /** A new row opens a closed case that is enabled. */
    private static void reopen(ObjectNode old, ObjectNode next) {
        boolean isNewRecord = old.isEmpty();
        if (!isNewRecord
                && "closed".equals(text(next, "status"))
                && next.path("record_state").asBoolean()
                && addedRow(old, next)) {
            next.put("status", "open");
            next.put("case_status_reopened", true);
        }
    }

    private static boolean addedRow(ObjectNode old, ObjectNode next) {
        Set<JsonNode> before = new LinkedHashSet<>();
        old.path("services_section").forEach(row -> before.add(row.path("unique_id")));
        for (JsonNode row : next.path("services_section")) {
            if (!before.contains(row.path("unique_id"))) {
                return true;
            }
        }
        return false;
    }

    private static void workflow(ObjectNode old, ObjectNode next) {
        if ("closed".equals(text(next, "status"))) {
            next.put("workflow", "closed");
            return;
        }
        if (!"open".equals(text(next, "status"))) {
            return;
        }
        boolean statusMoved =
                !old.isEmpty() && (differs(old, next, "status") || differs(old, next, "case_status_reopened"));
        if (statusMoved && next.path("case_status_reopened").asBoolean()) {
            next.put("workflow", "reopened");
        } else if (differs(old, next, "services_section")
                && next.path("services_section").size() > 0) {
            services((ArrayNode) next.get("services_section")).ifPresent(state -> next.put("workflow", state));
        }
    }

    private static Optional<String> services(ArrayNode rows) {
        boolean allDone = true;
        String newest = null;
        String newestType = null;
        for (JsonNode row : rows) {
            boolean done = row.path("service_implemented").asText("").equals("implemented");
            allDone &= done;
            String type = text(row, "service_response_type");
            if (row.path("service_implemented").asText("").equals("not_implemented") && type != null) {
                String at = Optional.ofNullable(text(row, "service_response_day_time"))
                        .orElse("");
                if (newest == null || at.compareTo(newest) >= 0) {
                    newest = at;
                    newestType = type;
                }
            }
        }
        return allDone ? Optional.of("services_implemented") : Optional.ofNullable(newestType);
    }

    private static void logReopening(ObjectNode old, ObjectNode next, Instant now, String savedBy) {
        if (next.path("case_status_reopened").asBoolean()
                && "closed".equals(text(old, "status"))
                && "open".equals(text(next, "status"))) {
            ArrayNode logs = Json.array();
            logs.addObject().put("reopened_date", Times.text(now)).put("reopened_user", savedBy);
            next.path("reopened_logs").forEach(logs::add);
            next.set("reopened_logs", logs);
        }
    }

    private static boolean differs(ObjectNode old, ObjectNode next, String name) {
        return !next.path(name).equals(old.path(name));
    }

    static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
}
