package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Are the values what their fields take? (contract primero-v2 §3.6). Names every one that is not, by JSON pointer. */
final class Validation {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> TICKS = Set.of("record_state", "case_status_reopened", "mark_synced");
    private static final Set<String> STATUSES = Set.of("open", "closed", "transferred", "identified");

    private final Configuration configuration;
    private final Version version;

    Validation(Configuration configuration, Version version) {
        this.configuration = configuration;
        this.version = version;
    }

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    List<String> faults(ObjectNode data) {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            Optional<Field> field = configuration.forms().field(entry.getKey());
            if (field.isPresent()) {
                check("/" + entry.getKey(), field.get(), entry.getValue(), faults);
            } else if (!isCoreValue(entry.getKey(), entry.getValue())) {
                faults.add("/" + entry.getKey());
            }
        }
        return faults;
    }

    private boolean isCoreValue(String name, JsonNode value) {
        if (TICKS.contains(name)) {
            return value.isBoolean();
        }
        return switch (name) {
            case "id" -> value.isTextual() && isUuid(value.asText());
            case "status" ->
                isText(value)
                        && (!version.atLeast(Version.V2_15)
                                || STATUSES.contains(value.asText())
                                || configuration.isOption("lookup-case-status", value.asText()));
            case "module_id" -> value.asText().equals(Configuration.MODULE);
            case "created_at" -> value.isNull() || isInstant(value);
            default -> isText(value);
        };
    }

    private void check(String pointer, Field field, JsonNode value, List<String> faults) {
        if (field.type() == Field.Type.SUBFORM) {
            for (int i = 0; i < value.size(); i++) {
                checkRow(pointer + "/" + i, field, value.get(i), faults);
            }
        } else if (field.type() == Field.Type.MULTI_SELECT) {
            for (int i = 0; i < value.size(); i++) {
                if (value.get(i).isNull() || !isOption(field, value.get(i))) {
                    faults.add(pointer + "/" + i);
                }
            }
        } else if (!isScalarOf(field, value)) {
            faults.add(pointer);
        }
    }

    private void checkRow(String pointer, Field subform, JsonNode row, List<String> faults) {
        for (Map.Entry<String, JsonNode> entry : row.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (name.equals("unique_id")) {
                if (!value.isTextual() || !isUuid(value.asText())) {
                    faults.add(pointer + "/unique_id");
                }
            } else if (name.equals("_destroy")) {
                if (!value.isBoolean() && !value.isNull()) {
                    faults.add(pointer + "/_destroy");
                }
            } else {
                check(pointer + "/" + name, subform.columns().get(name), value, faults);
            }
        }
    }

    private boolean isScalarOf(Field field, JsonNode value) {
        return switch (field.type()) {
            case DATE -> value.isNull() || isDate(value);
            case DATE_TIME -> value.isNull() || isInstant(value);
            case TICK -> value.isBoolean();
            case NUMERIC -> value.isNull() || isInt32(value);
            case SELECT -> isOption(field, value);
            default -> isText(value);
        };
    }

    /** Location, agency and user codes are never checked, lookups only from 2.15. */
    private boolean isOption(Field field, JsonNode value) {
        if (value.isNull()) {
            return true;
        }
        return isText(value)
                && (!version.atLeast(Version.V2_15)
                        || field.lookup()
                                .map(lookup -> configuration.isOption(lookup, value.asText()))
                                .orElse(true));
    }

    /** A string shaped like a date or a timestamp has become one before it is looked at, so it is no text. */
    private static boolean isText(JsonNode value) {
        return value.isNull() || (value.isTextual() && !isDate(value) && !isInstant(value));
    }

    private static boolean isDate(JsonNode value) {
        return value.isTextual() && Times.date(value.asText()).isPresent();
    }

    private static boolean isInstant(JsonNode value) {
        return value.isTextual() && Times.instant(value.asText()).isPresent();
    }

    private static boolean isInt32(JsonNode value) {
        return value.isNumber()
                && value.doubleValue() == Math.rint(value.doubleValue())
                && Math.abs(value.doubleValue()) <= Integer.MAX_VALUE;
    }

    /** Instants are stored in UTC with three decimals, whatever offset they came with. */
    static void normalise(ObjectNode data) {
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            JsonNode value = entry.getValue();
            if (value.isTextual()) {
                Times.instant(value.asText()).ifPresent(instant -> data.put(entry.getKey(), Times.text(instant)));
            } else if (value instanceof ArrayNode rows) {
                for (JsonNode row : rows) {
                    if (row instanceof ObjectNode object) {
                        normalise(object);
                    }
                }
            }
        }
    }
}
