package dev.tandem.sandbox.primero;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field of a form (contract primero-v2 §3.6, the table).
 *
 * @param source the unique id of its lookup; {@code Location}, {@code Agency} or {@code User}, which are never checked;
 *     blank for none
 * @param columns of a subform, by name
 */
record Field(String name, Type type, String source, Map<String, Field> columns) {
    enum Type {
        TEXT,
        DATE,
        DATE_TIME,
        TICK,
        NUMERIC,
        SELECT,
        MULTI_SELECT,
        SUBFORM
    }

    static Field of(String name, Type type) {
        return new Field(name, type, "", Map.of());
    }

    static Field select(String name, String source) {
        return new Field(name, Type.SELECT, source, Map.of());
    }

    static Field multi(String name, String source) {
        return new Field(name, Type.MULTI_SELECT, source, Map.of());
    }

    static Field subform(String name, List<Field> columns) {
        Map<String, Field> byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.put(column.name(), column));
        return new Field(name, Type.SUBFORM, "", byName);
    }

    Field without(String column) {
        Map<String, Field> fewer = new LinkedHashMap<>(columns);
        fewer.remove(column);
        return new Field(name, type, source, fewer);
    }

    boolean isArray() {
        return type == Type.MULTI_SELECT || type == Type.SUBFORM;
    }

    Optional<String> lookup() {
        return source.startsWith("lookup-") ? Optional.of(source) : Optional.empty();
    }
}
