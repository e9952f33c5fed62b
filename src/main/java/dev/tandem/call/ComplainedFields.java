package dev.tandem.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of the fields that a refusal complains of. Messages may quote values, and {@code detail} may be raw exception
 * text (contract primero-v2 §10 T26), so only what can be nothing but a name or a pointer made of names is taken.
 */
final class ComplainedFields {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern POINTER = Pattern.compile("(/[A-Za-z0-9_-]{1,64}){1,6}");
    private static final int MOST = 50;

    private ComplainedFields() {}

    /** Primero's {@code errors[].detail} (contract primero-v2 §3.6), OSCaR's keys of {@code message} (oscar-interop §7). */
    static List<String> of(JsonNode body) {
        Set<String> fields = new LinkedHashSet<>();
        for (JsonNode error : body.path("errors")) {
            JsonNode detail = error.path("detail");
            if (detail.isArray()) {
                detail.forEach(pointer -> add(fields, POINTER, pointer.asText()));
            } else if (error.path("message").isArray()) {
                // A model's own validation: detail is the attribute's name, message its complaints.
                add(fields, NAME, detail.asText());
            }
        }
        if (body.path("message").isObject()) {
            body.path("message").fieldNames().forEachRemaining(name -> add(fields, NAME, name));
        }
        return new ArrayList<>(fields);
    }

    private static void add(Set<String> fields, Pattern shape, String name) {
        if (fields.size() < MOST && shape.matcher(name).matches()) {
            fields.add(name);
        }
    }
}
