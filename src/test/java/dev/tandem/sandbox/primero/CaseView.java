package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A case as one user gets to read it (contract primero-v2 §2.1 {@code fields}, §2.4). */
final class CaseView {
    private static final Set<String> SHORT = Set.of(
            "created_at",
            "owned_by",
            "owned_by_agency_id",
            "photos",
            "flag_count",
            "status",
            "record_in_scope",
            "short_id",
            "alert_count",
            "case_id_display",
            "name",
            "survivor_code_no",
            "age",
            "sex",
            "registration_date",
            "hidden_name",
            "workflow",
            "case_status_reopened",
            "module_id",
            "registry_record_id",
            "client_code",
            "gender",
            "reporting_location_hierarchy",
            "location_current");

    /** Readable whether or not a readable form has them. */
    static final Set<String> ALWAYS = Set.of(
            "id",
            "status",
            "record_state",
            "created_at",
            "owned_by",
            "module_id",
            "family_id",
            "case_status_reopened",
            "case_id_display",
            "short_id",
            "sex",
            "age",
            "registration_date",
            "date_closure",
            "location_current",
            "current_alert_types",
            "associated_user_names",
            "not_edited_by_owner",
            "record_in_scope",
            "workflow",
            "last_updated_at",
            "last_updated_by",
            "owned_by_agency_id",
            "owned_by_groups",
            "owned_by_full_name",
            "assigned_user_names",
            "created_by",
            "created_organization",
            "consent_for_services",
            "disclosure_other_orgs",
            "case_type",
            "reopened_logs",
            "hidden_name",
            "name",
            "previously_owned_by",
            "previously_owned_by_agency",
            "alert_count");

    private final CaseForms forms;

    CaseView(CaseForms forms) {
        this.forms = forms;
    }

    boolean isReadable(String name, Role role) {
        if (ALWAYS.contains(name)) {
            return true;
        }
        return isOnReadableForm(name, role);
    }

    boolean isOnReadableForm(String name, Role role) {
        return forms.formOf(name)
                .filter(form -> !role.hiddenForms().contains(form))
                .isPresent();
    }

    /** A row of the list, or the answer to a read. */
    ObjectNode full(Stored row, Account user, Optional<String> fields) {
        ObjectNode data = row.data();
        ObjectNode out = head(row);
        Set<String> wanted = fields.map(CaseView::names).orElse(Set.of());
        boolean all = fields.isEmpty() || fields.get().isEmpty();
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            String name = entry.getKey();
            if (isReadable(name, user.role()) && (all || wanted.contains(name))) {
                out.set(name, entry.getValue());
            }
        }
        if (all || wanted.contains("record_in_scope")) {
            out.put("record_in_scope", Scope.covers(user, data));
        }
        if (all || wanted.contains("alert_count")) {
            out.put("alert_count", 0);
        }
        mask(out, data);
        return out;
    }

    /** The answer to a create. */
    ObjectNode created(Stored row, Account user) {
        ObjectNode out = full(row, user, Optional.empty());
        out.remove(Set.of("last_updated_by", "record_in_scope", "alert_count"));
        return out;
    }

    /** The answer to an update: what changed. */
    ObjectNode changed(Cases.Saved saved, Account user) {
        ObjectNode data = saved.row().data();
        ObjectNode out = head(saved.row());
        for (String name : saved.changed()) {
            if (isReadable(name, user.role()) && !name.equals("last_updated_by")) {
                out.set(name, data.get(name));
            }
        }
        mask(out, data);
        return out;
    }

    private static ObjectNode head(Stored row) {
        return Json.object()
                .put("id", row.id())
                .put("enabled", row.enabled())
                .put("last_updated_at", Times.text(row.lastUpdatedAt()));
    }

    private static void mask(ObjectNode out, ObjectNode data) {
        if (out.has("name") && data.path("hidden_name").asBoolean()) {
            out.put("name", "*******");
        }
    }

    private static Set<String> names(String fields) {
        return fields.equals("short") ? SHORT : new LinkedHashSet<>(Arrays.asList(fields.split(",")));
    }
}
