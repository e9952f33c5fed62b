package dev.tandem.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports as JSON: names as in the records, moments in ISO 8601 (UTC), null for what is not there. */
public final class ReportJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, text -> Stream.of(
                            CoercionInputShape.Boolean, CoercionInputShape.Integer, CoercionInputShape.Float)
                    .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(new OrNull())
                    .addDeserializer(Instant.class, new Moment())
                    .addDeserializer(Optional.class, new Maybe(null)))
            .build();

    private ReportJson() {}

    /** For people and programs: indented. */
    public static String pretty(Object report) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static byte[] bytes(Object report) {
        try {
            return MAPPER.writeValueAsBytes(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException if it is something else
     */
    public static <R> R read(byte[] json, Class<R> report) throws IOException {
        R read = MAPPER.readValue(json, report);
        if (read == null) {
            throw new IOException("no report");
        }
        return read;
    }

    /** The fields of a request, without those that are not set. */
    public static ObjectNode fields(Object request) {
        ObjectNode fields = MAPPER.valueToTree(request);
        fields.properties().removeIf(field -> field.getValue().isNull());
        return fields;
    }

    /**
     * The request that has these fields.
     *
     * @throws JsonProcessingException if it knows one of them not, or of another kind
     */
    public static <Q> Q request(ObjectNode fields, Class<Q> request) throws JsonProcessingException {
        return MAPPER.readerFor(request)
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .treeToValue(fields, request);
    }

    private static final class OrNull extends StdSerializer<Optional<?>> {
        OrNull() {
            super(Optional.class, false);
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(value.orElse(null), json);
        }
    }

    private static final class Moment extends StdDeserializer<Instant> {
        Moment() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.getValueAsString("");
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException wrong) {
                throw context.weirdStringException(text, Instant.class, "a moment with its offset");
            }
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class Maybe extends StdDeserializer<Optional> implements ContextualDeserializer {
        private final JavaType of;

        Maybe(JavaType of) {
            super(Optional.class);
            this.of = of;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            JavaType type = context.getContextualType();
            return new Maybe(type.containedTypeOrUnknown(0));
        }

        @Override
        public Optional deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Optional.ofNullable(context.readValue(json, of));
        }

        @Override
        public Optional getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Optional getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
