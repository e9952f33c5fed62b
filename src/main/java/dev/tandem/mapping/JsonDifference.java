package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two trees differ, as paths only: the values may be personal. */
final class JsonDifference {
    private final boolean partly;
    private final List<String> paths = new ArrayList<>();

    private JsonDifference(boolean partly) {
        this.partly = partly;
    }

    /** @param partly whether {@code got} may hold keys that {@code wanted} does not name */
    static List<String> between(JsonNode wanted, JsonNode got, boolean partly) {
        JsonDifference difference = new JsonDifference(partly);
        difference.compare("$", wanted, got);
        return List.copyOf(difference.paths);
    }

    private void compare(String path, JsonNode wanted, JsonNode got) {
        if (wanted.isObject() && got.isObject()) {
            objects(path, wanted, got);
        } else if (wanted.isArray() && got.isArray()) {
            if (wanted.size() != got.size()) {
                paths.add(path + " has " + got.size() + " elements, wanted " + wanted.size());
            }
            for (int i = 0; i < Math.min(wanted.size(), got.size()); i++) {
                compare(path + "[" + i + "]", wanted.get(i), got.get(i));
            }
        } else if (!same(wanted, got)) {
            paths.add(path + " differs");
        }
    }

    private void objects(String path, JsonNode wanted, JsonNode got) {
        Set<String> keys = new TreeSet<>();
        wanted.fieldNames().forEachRemaining(keys::add);
        if (!partly) {
            got.fieldNames().forEachRemaining(keys::add);
        }
        for (String key : keys) {
            String below = path + "." + key;
            boolean unwanted = !wanted.has(key) || (partly && wanted.get(key).isNull());
            if (unwanted) {
                if (got.has(key) && !(partly && got.get(key).isNull())) {
                    paths.add(below + " is not wanted");
                }
            } else if (!got.has(key)) {
                paths.add(below + " is missing");
            } else {
                compare(below, wanted.get(key), got.get(key));
            }
        }
    }

    private static boolean same(JsonNode wanted, JsonNode got) {
        if (wanted.isNumber() && got.isNumber()) {
            return wanted.decimalValue().compareTo(got.decimalValue()) == 0;
        }
        return wanted.equals(got);
    }
}
