package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;

/** How Rails sees values: blank, truthy, the text of a JSON value. */
final class Text {
    private Text() {}

    static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** Only null and false are falsy: the text {@code "false"} is true. An empty text is taken as falsy (§3.2). */
    static boolean truthy(JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return false;
        }
        return value.isBoolean()
                ? value.booleanValue()
                : !(value.isTextual() && value.textValue().isEmpty());
    }

    /** A scalar as a text column stores it; null for null, absent and nested values (which are not permitted). */
    static String of(JsonNode object, String key) {
        JsonNode value = object == null ? null : object.get(key);
        return value == null || value.isNull() || value.isContainerNode() ? null : value.asText();
    }
}
