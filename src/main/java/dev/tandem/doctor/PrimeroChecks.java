package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.mapping.MappingSet;
import dev.tandem.settings.PrimeroSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the account may do in Primero what the mappings need, and Primero behaves as they expect. */
final class PrimeroChecks {
    private static final String ADMINISTRATOR = "Ask Primero's administrator to ";
    private static final Set<String> NEEDED = Set.of("read", "create", "write");

    private final PrimeroSettings settings;
    private final Asking asking;
    private final PrimeroLook look;
    private final MappedFields needed;

    PrimeroChecks(PrimeroSettings settings, Asking asking, PrimeroLook look, MappingSet mappings) {
        this.settings = settings;
        this.asking = asking;
        this.look = look;
        this.needed = MappedFields.of(mappings);
    }

    List<Check> all() {
        return List.of(
                Check.of("primero.version", "", this::version),
                Check.of("primero.time-zone", "Primero compares times of change in UTC, as sweeps need.", this::zone),
                Check.of(
                        "primero.rights",
                        "The account may do in Primero what Tandem does there, on all cases.",
                        this::rights),
                Check.of("primero.module", "The account works in the module of the cases.", this::module),
                Check.of(
                        "primero.fields",
                        "All " + (needed.written().size() + needed.read().size())
                                + " fields that the mappings need are there and open to the account.",
                        this::fields));
    }

    /** By the one filter that works from 2.15 on: nobody who asks is disabled (contract primero-v2 §6). */
    private void version(Findings found) {
        JsonNode disabled =
                asking.read(PrimeroLook.PRIMERO, "look-at-version", "users", Map.of("TandemName", settings.user()));
        found.ok(
                disabled.path("data").isEmpty()
                        ? "Primero behaves as 2.15 or later: it refuses values that its lookups do not hold."
                        : "Primero behaves as before 2.15: it takes also values that its lookups do not hold.");
    }

    /** The time of change is compared as text in the server's own zone: elsewhere the newest case is not found by its own. */
    private void zone(Findings found) {
        JsonNode newest = asking.read(PrimeroLook.PRIMERO, "look-at-newest-case", "cases", Map.of())
                .at("/data/0");
        if (newest.isMissingNode()) {
            found.add(Level.SKIPPED, "", "Not checked: Primero shows the account no case.", "");
            return;
        }
        String time = Fields.text(newest, "last_updated_at").replaceFirst("\\.\\d+Z", "Z");
        JsonNode again = asking.read(
                PrimeroLook.PRIMERO,
                "look-at-case-by-time",
                "cases",
                Map.of("TandemCaseId", Fields.text(newest, "id"), "TandemTime", time));
        if (again.path("data").isEmpty()) {
            found.warn(
                    "",
                    "Primero does not find a case by its own time of change: its server seems not to run in UTC.",
                    "Run it with TZ=UTC; else sweeps of what changed miss hours. If somebody saved this very case just"
                            + " now, say doctor again.");
        }
    }

    private void rights(Findings found) {
        JsonNode account = look.rights.get();
        String role = Fields.text(account, "role_unique_id");
        Set<String> may = look.actions("cases");
        List<String> wanted = new ArrayList<>(NEEDED);
        if (settings.markSynced()) {
            wanted.add("sync_external");
        }
        wanted.stream()
                .sorted()
                .filter(action -> !may.contains(action) && !may.contains("manage"))
                .forEach(action -> found.fault(
                        action,
                        "The role " + role + " lacks the right {} on cases.",
                        ADMINISTRATOR + "add it to the role."));
        if (may.contains("service_own_entries_only")) {
            found.fault(
                    "service_own_entries_only",
                    "The role " + role + " has {}: it does not see all services of a case.",
                    ADMINISTRATOR + "take it from the role.");
        }
        String scope = Fields.text(account, "role_group_permission");
        if (!scope.isEmpty() && !scope.equals("all")) {
            found.fault(
                    scope,
                    "The role " + role + " sees only cases of its scope ({}), not all.",
                    ADMINISTRATOR + "give the role the scope \"all\".");
        }
    }

    private void module(Findings found) {
        List<String> modules = new ArrayList<>();
        look.rights.get().path("module_unique_ids").forEach(module -> modules.add(module.asText()));
        needed.modules().stream()
                .filter(module -> !modules.contains(module))
                .forEach(module -> found.fault(
                        module,
                        "The account does not work in the module {}: Primero drops every field of its cases.",
                        ADMINISTRATOR + "give the account's role this module."));
    }

    private void fields(Findings found) {
        CaseForms forms = look.forms.get();
        Map<String, String> permitted = new TreeMap<>();
        look.rights
                .get()
                .path("permitted_form")
                .properties()
                .forEach(form -> permitted.put(form.getKey(), form.getValue().asText()));
        String role = Fields.text(look.rights.get(), "role_unique_id");
        needed.written().forEach((field, values) -> {
            field(field, true, forms, permitted, role, found);
            type(field, values, forms, found);
        });
        needed.read().forEach(field -> field(field, false, forms, permitted, role, found));
    }

    private void field(
            String field,
            boolean written,
            CaseForms forms,
            Map<String, String> permitted,
            String role,
            Findings found) {
        List<CaseForms.Place> places = forms.of(field);
        List<CaseForms.Place> inModule = places.stream()
                .filter(place -> place.modules().stream().anyMatch(needed.modules()::contains))
                .toList();
        List<String> rights = inModule.stream()
                .map(place -> permitted.getOrDefault(place.form(), ""))
                .toList();
        String form = (inModule.isEmpty() ? places : inModule)
                .stream().map(CaseForms.Place::form).distinct().collect(Collectors.joining(", "));
        if (places.isEmpty()) {
            found.fault(
                    field,
                    "No form of Primero has the field {}" + (written ? ": what is written there is lost." : "."),
                    ADMINISTRATOR + "add it, or take it out of the mappings.");
        } else if (inModule.isEmpty()) {
            found.fault(
                    field,
                    "The form " + form + " is not in the module " + String.join(", ", needed.modules())
                            + ", so Primero drops {} from every write.",
                    ADMINISTRATOR + "add the form to the module.");
        } else if (rights.stream().allMatch(String::isEmpty)) {
            found.fault(
                    field,
                    "The role " + role + " does not see the form " + form + ": {} can be neither read nor written.",
                    ADMINISTRATOR + "give the role the form, to read and write.");
        } else if (written && !rights.contains("rw")) {
            found.fault(
                    field,
                    "The role " + role + " may only read the form " + form + ": what is written to {} is lost.",
                    ADMINISTRATOR + "let the role write the form.");
        }
    }

    /** A text sent to a list, or a list to a text, is dropped; other kinds are refused (contract primero-v2 §3.5, §3.6). */
    private static void type(String field, List<JsonNode> values, CaseForms forms, Findings found) {
        for (CaseForms.Place place : forms.of(field)) {
            String type = Fields.text(place.field(), "type");
            boolean many = place.field().path("multi_select").asBoolean() || type.equals("subform");
            boolean fits = values.stream().allMatch(value -> switch (value.getNodeType()) {
                case ARRAY -> many;
                case BOOLEAN -> type.equals("tick_box") || type.equals("radio_button");
                case NUMBER -> type.equals("numeric_field");
                default -> !many && !type.equals("tick_box") && !type.equals("numeric_field");
            });
            if (!fits) {
                found.fault(
                        field,
                        "The field {} is a " + type + (many ? " of several values" : "")
                                + " in Primero, and the mappings write another kind of value to it.",
                        "Put the mapping or the form right.");
            }
        }
    }
}
