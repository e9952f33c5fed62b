package dev.tandem.json;

import com.fasterxml.jackson.databind.JsonNode;

/** What a field of a JSON object holds, read the way both contracts mean it: null, absent and {@code ""} are blank. */
public final class Fields {
    private Fields() {}

    /** Null, empty, or nothing but white space. */
    public static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** The field as text, unchanged; {@code ""} if it is absent, null, or no scalar. */
    public static String text(JsonNode object, String field) {
        JsonNode value = object == null ? null : object.get(field);
        return value == null || value.isNull() || !value.isValueNode() ? "" : value.asText();
    }

    /** Whether the field is {@code true}, or the text {@code "true"} (mapping-facts R11). */
    public static boolean isTrue(JsonNode object, String field) {
        return "true".equals(text(object, field));
    }

    /** Whether the field says {@code false}; absent is not false. */
    public static boolean isFalse(JsonNode object, String field) {
        return "false".equals(text(object, field));
    }
}
