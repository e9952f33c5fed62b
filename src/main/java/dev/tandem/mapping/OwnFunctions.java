package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import dev.tandem.json.NameBasedId;
import dev.tandem.outcome.Unmappable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What mappings may call besides JSLT's own functions: strict where JSLT is lenient. An argument that is absent is the
 * same as null.
 */
final class OwnFunctions {
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
                own("date", 2, 2, a -> blank(a, 0) ? NullNode.instance : day(a)),
                own("age", 2, 2, OwnFunctions::age),
                own("millis", 1, 1, OwnFunctions::millis),
                own("digits", 2, 2, a -> blank(a, 0) ? NullNode.instance : TextNode.valueOf(digits(a))),
                own("whole-number", 2, 2, a -> blank(a, 0) ? NullNode.instance : wholeNumber(a)),
                own("text", 1, 1, a -> a.get(0).isNull() ? NullNode.instance : TextNode.valueOf(text(a, 0))),
                own("uuid5", 1, 16, a -> TextNode.valueOf(NameBasedId.of(texts(a).toArray(String[]::new)))),
                own("has-key", 2, 2, a -> BooleanNode.valueOf(a.get(0).has(text(a, 1)))),
                own("distinct", 1, 1, OwnFunctions::distinct),
                own("explicit-null", 0, 0, a -> NullRule.EXPLICIT_NULL));
    }

    private static Function own(String name, int least, int most, OwnFunction.Body body) {
        return new OwnFunction(name, least, most, body);
    }

    private JsonNode code(List<JsonNode> a) {
        return find(a).orElseThrow(() -> CodeLists.noRow(text(a, 0), key(a.get(2)), a.size() > 3 ? text(a, 3) : ""));
    }

    private Optional<JsonNode> find(List<JsonNode> a) {
        return lists.row(text(a, 0), text(a, 1), key(a.get(2)));
    }

    private static JsonNode asData(Unmappable reason) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("code", reason.code());
        object.put("field", reason.field());
        object.put("words", reason.getMessage());
        object.put("stumbledOver", reason.offendingValue());
        return object;
    }

    private static JsonNode day(List<JsonNode> a) {
        return TextNode.valueOf(Dates.day(text(a, 0), text(a, 1)).toString());
    }

    private static JsonNode age(List<JsonNode> a) {
        return blank(a, 0)
                ? IntNode.valueOf(0)
                : IntNode.valueOf(Dates.age(Dates.day(text(a, 0), "date"), Dates.day(text(a, 1), "today")));
    }

    private static JsonNode millis(List<JsonNode> a) {
        var millis = Dates.millis(text(a, 0));
        return millis.isPresent() ? LongNode.valueOf(millis.getAsLong()) : NullNode.instance;
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
            throw new Unmappable("not-a-number", field, "the field " + field + " has too many digits", digits);
        }
        return LongNode.valueOf(Long.parseLong(digits));
    }

    private static JsonNode distinct(List<JsonNode> a) {
        Set<JsonNode> once = new LinkedHashSet<>();
        a.get(0).forEach(once::add);
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        array.addAll(once);
        return array;
    }

    private static boolean blank(List<JsonNode> arguments, int index) {
        return text(arguments, index).isEmpty();
    }

    private static List<String> key(JsonNode value) {
        if (!value.isArray()) {
            return List.of(text(value));
        }
        List<String> parts = new ArrayList<>();
        value.forEach(part -> parts.add(text(part)));
        return parts;
    }

    private static List<String> texts(List<JsonNode> arguments) {
        return arguments.stream().map(OwnFunctions::text).toList();
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
