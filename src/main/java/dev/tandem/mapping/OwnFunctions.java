package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import dev.tandem.json.NameBasedId;
import dev.tandem.outcome.Unmappable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What mappings may call besides JSLT's own functions: strict where JSLT is lenient. An argument that is absent is the
 * same as null.
 */
final class OwnFunctions {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS_OF_A_LONG = 18;

    private final CodeLists lists;
    private final Ownership owners;

    OwnFunctions(CodeLists lists, Ownership owners) {
        this.lists = lists;
        this.owners = owners;
    }

    List<Function> all() {
        return List.of(
                own("code", 3, 4, this::code),
                own("code-or-null", 3, 3, a -> find(a).orElse(NullNode.instance)),
                own("in-list", 3, 3, a -> BooleanNode.valueOf(lists.has(text(a, 0), text(a, 1), text(a, 2)))),
                own("owner", 1, 1, a -> TextNode.valueOf(owners.of(text(a, 0)))),
                own("no-row", 3, 3, a -> asData(CodeLists.noRow(text(a, 0), key(a.get(1)), text(a, 2)))),
                own("unmappable", 3, 4, a -> {
                    throw new Unmappable(text(a, 0), text(a, 1), text(a, 2), a.size() > 3 ? text(a, 3) : "");
                }),
                own(
                        "date",
                        2,
                        2,
                        a -> blank(a, 0)
                                ? NullNode.instance
                                : TextNode.valueOf(day(text(a, 0), text(a, 1)).toString())),
                own("age", 2, 2, OwnFunctions::age),
                own("millis", 1, 1, OwnFunctions::millis),
                own("digits", 2, 2, a -> blank(a, 0) ? NullNode.instance : TextNode.valueOf(digits(a))),
                own("whole-number", 2, 2, a -> blank(a, 0) ? NullNode.instance : wholeNumber(a)),
                own("text", 1, 1, a -> a.get(0).isNull() ? NullNode.instance : TextNode.valueOf(text(a, 0))),
                own(
                        "uuid5",
                        1,
                        16,
                        a -> TextNode.valueOf(NameBasedId.of(
                                a.stream().map(OwnFunctions::text).toArray(String[]::new)))),
                own("has-key", 2, 2, a -> BooleanNode.valueOf(a.get(0).has(text(a, 1)))),
                own("distinct", 1, 1, OwnFunctions::distinct),
                own("explicit-null", 0, 0, a -> NullRule.EXPLICIT_NULL));
    }

    private static Function own(
            String name, int least, int most, java.util.function.Function<List<JsonNode>, JsonNode> body) {
        return new Function() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public int getMinArguments() {
                return least;
            }

            @Override
            public int getMaxArguments() {
                return most;
            }

            /** Never Java's null. */
            @Override
            public JsonNode call(JsonNode input, JsonNode[] arguments) {
                TimeLimit.check();
                return body.apply(List.of(arguments));
            }
        };
    }

    private JsonNode code(List<JsonNode> a) {
        return find(a).orElseThrow(() -> CodeLists.noRow(text(a, 0), key(a.get(2)), a.size() > 3 ? text(a, 3) : ""));
    }

    private Optional<JsonNode> find(List<JsonNode> a) {
        return lists.row(text(a, 0), text(a, 1), key(a.get(2)));
    }

    private static JsonNode asData(Unmappable reason) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", reason.code())
                .put("field", reason.field())
                .put("words", reason.getMessage())
                .put("offendingValue", reason.offendingValue());
    }

    /** Never shifted by a zone and never guessed (contract mapping-facts R16). */
    private static LocalDate day(String text, String field) {
        try {
            return LocalDate.parse(text, DAY);
        } catch (DateTimeException e) {
            throw new Unmappable(
                    "not-a-date", field, "the field " + field + " is not a date of the form YYYY-MM-DD", text);
        }
    }

    /** Completed years; 0 if blank, and for who is not born yet. */
    private static JsonNode age(List<JsonNode> a) {
        if (blank(a, 0)) {
            return IntNode.valueOf(0);
        }
        Period lived = Period.between(day(text(a, 0), "date"), day(text(a, 1), "today"));
        return IntNode.valueOf(Math.max(0, lived.getYears()));
    }

    private static JsonNode millis(List<JsonNode> a) {
        try {
            return LongNode.valueOf(OffsetDateTime.parse(text(a, 0)).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            return NullNode.instance;
        }
    }

    private static String digits(List<JsonNode> a) {
        String text = text(a, 0);
        if (!DIGITS.matcher(text).matches()) {
            String field = text(a, 1);
            throw new Unmappable("not-digits", field, "the field " + field + " is not made of digits only", text);
        }
        return text;
    }

    private static JsonNode wholeNumber(List<JsonNode> a) {
        String digits = digits(a);
        if (digits.length() > MOST_DIGITS_OF_A_LONG) {
            String field = text(a, 1);
            throw new Unmappable("not-digits", field, "the field " + field + " has too many digits", digits);
        }
        return LongNode.valueOf(Long.parseLong(digits));
    }

    private static JsonNode distinct(List<JsonNode> a) {
        Set<JsonNode> once = new LinkedHashSet<>();
        a.get(0).forEach(once::add);
        return JsonNodeFactory.instance.arrayNode().addAll(once);
    }

    private static boolean blank(List<JsonNode> arguments, int index) {
        return text(arguments, index).isEmpty();
    }

    private static List<String> key(JsonNode value) {
        if (!value.isArray()) {
            return List.of(text(value));
        }
        return value.valueStream().map(OwnFunctions::text).toList();
    }

    private static String text(List<JsonNode> arguments, int index) {
        return text(arguments.get(index));
    }

    /** Text as it is, numbers in plain decimal, null as empty. */
    static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isNumber() && value.decimalValue().signum() == 0) {
            return "0";
        }
        if (value.isNumber()) {
            return value.decimalValue().stripTrailingZeros().toPlainString();
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
