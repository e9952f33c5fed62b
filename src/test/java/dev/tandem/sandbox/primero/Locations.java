package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** A small tree of places: each province with one district, commune and village of the same number (§6). */
final class Locations {
    private record Place(String code, String type, List<String> path) {}

    private final Map<String, Place> places = new LinkedHashMap<>();

    Locations() {
        add("KH", "country", List.of("KH"));
        for (Map<String, String> province : Configuration.rows("province-owners")) {
            String code = province.get("province_code").replaceFirst("^0", "");
            add(code, "province", List.of("KH", code));
            add(code + "01", "district", List.of("KH", code, code + "01"));
            add(code + "0101", "commune", List.of("KH", code, code + "01", code + "0101"));
            add(code + "010101", "village", List.of("KH", code, code + "01", code + "0101", code + "010101"));
        }
    }

    /** An administrator adds a place below another one. */
    synchronized void add(String code, String type, String parent) {
        List<String> path = new ArrayList<>(places.get(parent).path());
        path.add(code);
        add(code, type, path);
    }

    private synchronized void add(String code, String type, List<String> path) {
        places.put(code, new Place(code, type, path));
    }

    /** That place or any below it. Only-digit codes lose their leading zeros first. */
    Predicate<Candidate> within(String field, String code) {
        String wanted = code.matches("\\d+") ? code.replaceFirst("^0+(?=.)", "") : code.toUpperCase(Locale.ROOT);
        return row -> {
            Place place = places.get(row.value(field).asText(""));
            return place != null && place.path().contains(wanted);
        };
    }

    synchronized ArrayNode json(boolean hierarchy) {
        ArrayNode out = Json.array();
        int id = 0;
        for (Place place : places.values()) {
            ObjectNode node = out.addObject()
                    .put("id", ++id)
                    .put("code", place.code())
                    .put("type", place.type())
                    .put("disabled", false);
            node.putObject("name").put("en", String.join("::", place.path()));
            if (hierarchy) {
                node.put("admin_level", place.path().size() - 1)
                        .put("placename", place.code())
                        .set("hierarchy", Json.strings(place.path()));
            }
        }
        return out;
    }
}
