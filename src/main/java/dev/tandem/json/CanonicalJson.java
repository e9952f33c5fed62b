package dev.tandem.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * One spelling for each JSON value, for fingerprints: keys sorted, no white space, UTF-8, and numbers by their value
 * ({@code 1}, {@code 1.0} and {@code 1e0} are the same). Arrays keep their order; an absent key is not a null one.
 */
public final class CanonicalJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalJson() {}

    /** Reads what we wrote ourselves, in whatever spelling. */
    public static JsonNode read(byte[] written) {
        try {
            return JSON.readTree(written);
        } catch (IOException e) {
            throw new UncheckedIOException("what the ledger holds is no JSON", e);
        }
    }

    public static byte[] bytes(JsonNode value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonNode value, JsonGenerator json) throws IOException {
        if (value.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            value.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
                json.writeFieldName(entry.getKey());
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (value.isArray()) {
            json.writeStartArray();
            for (JsonNode element : value) {
                write(element, json);
            }
            json.writeEndArray();
        } else if (value.isNumber()) {
            // not toPlainString: a short text like 1e999999999 must not become a long one
            json.writeNumber(value.decimalValue().stripTrailingZeros().toString());
        } else if (value.isTextual()) {
            json.writeString(value.textValue());
        } else if (value.isBoolean()) {
            json.writeBoolean(value.booleanValue());
        } else {
            json.writeNull();
        }
    }
}
