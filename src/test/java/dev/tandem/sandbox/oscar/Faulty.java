package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A record's validation errors by attribute, in the order they were found. */
final class Faulty {
    private final Map<String, List<String>> errors = new LinkedHashMap<>();

    void add(String attribute, String message) {
        errors.computeIfAbsent(attribute, k -> new ArrayList<>()).add(message);
    }

    boolean none() {
        return errors.isEmpty();
    }

    ObjectNode json() {
        ObjectNode json = Answer.object();
        errors.forEach((attribute, messages) -> {
            ArrayNode list = json.putArray(attribute);
            messages.forEach(list::add);
        });
        return json;
    }

    /** {@code Level of risk can't be blank, Services can't be blank}. */
    String fullMessages() {
        List<String> full = new ArrayList<>();
        errors.forEach((attribute, messages) -> {
            String words = attribute.replace('_', ' ');
            String human = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
            messages.forEach(message -> full.add(human + " " + message));
        });
        return String.join(", ", full);
    }
}
