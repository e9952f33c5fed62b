package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.mapping.ListedColumn;
import dev.tandem.mapping.MappingSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Whether the values exist that the code lists name, and the lists name those that exist: for each place that {@code lists.csv}
 * names in {@code found_in}.
 */
final class ValueChecks {
    private static final String FIELD = "primero field ";
    private static final int PROVINCE = 1;

    private final MappingSet mappings;
    private final PrimeroLook primero;
    private final OscarLook oscar;
    private final Set<String> liveNgos;
    private final Queue<ProposedRow> unlisted = new ConcurrentLinkedQueue<>();

    /** @param liveNgos those that take part; none means all */
    ValueChecks(MappingSet mappings, PrimeroLook primero, OscarLook oscar, Set<String> liveNgos) {
        this.mappings = mappings;
        this.primero = primero;
        this.oscar = oscar;
        this.liveNgos = liveNgos;
    }

    List<Check> all() {
        Map<String, List<ListedColumn>> byPlace = mappings.listedColumns().stream()
                .collect(Collectors.groupingBy(ListedColumn::place, LinkedHashMap::new, Collectors.toList()));
        return byPlace.entrySet().stream()
                .map(place -> Check.of(
                        name(place.getKey()),
                        well(place.getKey()),
                        found -> look(place.getKey(), place.getValue(), found)))
                .toList();
    }

    private static String well(String place) {
        return switch (place) {
            case "primero users" -> "The users that the code lists name are there and enabled.";
            case "oscar services" -> "The code lists name the services of OSCaR's clients that changed lately.";
            default -> "What the code lists name is there, and nothing else (" + place + ").";
        };
    }

    /** Such as {@code primero.users}, or {@code primero.values.service_type} of a field. */
    private static String name(String place) {
        return place.replaceFirst("^(\\w+) field (.*\\.)?", "$1.values.").replaceFirst(" ", ".");
    }

    /** Rows for what the checks that have run found to be in no list. */
    List<ProposedRow> unlisted() {
        return List.copyOf(unlisted);
    }

    private void look(String place, List<ListedColumn> columns, Findings found) {
        Existing existing = existing(place);
        Listed listed = new Listed(place, columns, existing);
        listed.missing(found);
        listed.unknown(found);
    }

    private Existing existing(String place) {
        if (place.startsWith(FIELD)) {
            return options(place.substring(FIELD.length()));
        }
        return switch (place) {
            case "primero agencies" -> Existing.of(primero.agencies.get(), "unique_id", true);
            case "primero users" -> Existing.of(primero.users.get(), "user_name", false);
            case "primero provinces" -> provinces();
            case "oscar ngos" -> Existing.of(oscar.ngos.get(), "short_name", true);
            case "oscar services" -> services();
            default ->
                throw new Unread(
                        Level.FAULT,
                        "lists.csv says found_in \"" + place + "\", which is no place that can be looked at.",
                        "Write one of those in docs/edit/mappings.md.");
        };
    }

    private Existing options(String field) {
        List<CaseForms.Place> places = primero.forms.get().of(field);
        String lookup = places.stream()
                .map(CaseForms.Place::lookup)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
        if (lookup.isEmpty()) {
            throw new Unread(Level.SKIPPED, "Not checked: the field " + field + " has no lookup in Primero.", "");
        }
        for (JsonNode one : primero.lookups.get()) {
            if (Fields.text(one, "unique_id").equals(lookup)) {
                List<JsonNode> values = new ArrayList<>();
                one.path("values").forEach(values::add);
                return Existing.of(values, "id", true);
            }
        }
        throw new Unread(
                Level.FAULT,
                "Primero has no " + lookup + ", the lookup of the field " + field + ".",
                "Ask Primero's administrator.");
    }

    /** With two digits, as the lists have them: Primero's codes have lost a leading zero (mapping facts R3). */
    private Existing provinces() {
        Set<String> enabled = new LinkedHashSet<>();
        for (JsonNode place : primero.locations.get()) {
            boolean province = place.path("admin_level").asInt(-1) == PROVINCE
                    || Fields.text(place, "type").equals("province");
            if (province && !Fields.isTrue(place, "disabled")) {
                String code = Fields.text(place, "code");
                enabled.add(code.length() == 1 ? "0" + code : code);
            }
        }
        return new Existing(enabled, Set.of(), Map.of(), true);
    }

    /** Only those that the first rows of the feed show: OSCaR lists its services nowhere. */
    private Existing services() {
        Map<String, String> shown = new LinkedHashMap<>();
        oscar.sample
                .get()
                .path("services")
                .properties()
                .forEach(service ->
                        shown.put(service.getKey(), service.getValue().asText()));
        return new Existing(shown.keySet(), Set.of(), shown, true);
    }

    /**
     * What is there.
     *
     * @param ids by value, another name of it that does not change when it is renamed
     * @param allMatter whether one that no list names should be known: not each user need be
     */
    private record Existing(Set<String> enabled, Set<String> disabled, Map<String, String> ids, boolean allMatter) {
        static Existing of(List<JsonNode> rows, String name, boolean allMatter) {
            Set<String> enabled = new LinkedHashSet<>();
            Set<String> disabled = new LinkedHashSet<>();
            rows.forEach(row -> (Fields.isTrue(row, "disabled") ? disabled : enabled).add(Fields.text(row, name)));
            return new Existing(enabled, disabled, Map.of(), allMatter);
        }
    }

    private final class Listed {
        private final String place;
        private final List<ListedColumn> columns;
        private final Existing existing;
        private final Set<String> known = new HashSet<>();

        Listed(String place, List<ListedColumn> columns, Existing existing) {
            this.place = place;
            this.columns = columns;
            this.existing = existing;
            columns.forEach(column -> column.values().forEach(value -> known.add(value.text())));
        }

        void missing(Findings found) {
            if (place.equals("oscar services")) {
                return; // The feed shows what is used, not all that there is.
            }
            for (ListedColumn column : columns) {
                for (ListedColumn.Value value : column.values()) {
                    if (value.needed()
                            && takesPart(value.text())
                            && !existing.enabled().contains(value.text())) {
                        boolean disabled = existing.disabled().contains(value.text());
                        found.add(
                                disabled && place.startsWith(FIELD) ? Level.WARN : Level.FAULT,
                                value.text(),
                                column.list() + ".csv names {} (" + column.column() + "), which "
                                        + (disabled ? "is disabled there: " : "does not exist there: ") + place + ".",
                                "Enable or add it there, or put the row right.");
                    }
                }
            }
        }

        private boolean takesPart(String value) {
            return !place.equals("oscar ngos") || liveNgos.isEmpty() || liveNgos.contains(value);
        }

        void unknown(Findings found) {
            if (!existing.allMatter()) {
                return;
            }
            for (String value : existing.enabled()) {
                if (!known.contains(value)) {
                    String id = existing.ids().getOrDefault(value, "");
                    String before = before(id);
                    propose(value, id);
                    found.add(
                            place.equals("oscar services") ? Level.FAULT : Level.WARN,
                            value,
                            "{} exists (" + place + "), and " + list() + ".csv has no row for it"
                                    + (before.isEmpty()
                                            ? "."
                                            : ": it has the uuid of \"" + before + "\", which was renamed."),
                            "Add a row (`doctor --propose-lists DIR` writes it), with direction none if it is not to be mapped.");
                }
            }
        }

        private void propose(String value, String id) {
            Map<String, String> cells = new TreeMap<>(Map.of(columns.get(0).column(), value));
            if (!id.isEmpty()) {
                // The column of such ids is the one that has them already.
                mappings.rows(list()).stream()
                        .flatMap(row -> row.properties().stream())
                        .filter(cell -> cell.getValue().asText().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                        .findFirst()
                        .ifPresent(cell -> cells.put(cell.getKey(), id));
            }
            unlisted.add(new ProposedRow(list(), cells, place));
        }

        /** The listed value that had this id. */
        private String before(String id) {
            if (id.isEmpty()) {
                return "";
            }
            for (JsonNode row : mappings.rows(list())) {
                for (JsonNode cell : row) {
                    if (cell.asText().equals(id)) {
                        return Fields.text(row, columns.get(0).column());
                    }
                }
            }
            return "";
        }

        private String list() {
            return columns.get(0).list();
        }
    }
}
