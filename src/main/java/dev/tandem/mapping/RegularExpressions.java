package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.impl.RegexpFunction;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.camel.support.LRUCacheFactory;

/**
 * JSLT's {@code test}, {@code capture}, {@code split} and {@code replace} as they are, but for one thing: a match whose time is over
 * ends. JSLT looks for a function here before it takes its own.
 */
final class RegularExpressions {
    private static final Map<String, Pattern> COMPILED = LRUCacheFactory.newLRUCache(1000);
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private RegularExpressions() {}

    static List<Function> all() {
        return List.of(
                new Matching("test", 2, BooleanNode.FALSE, (found, a) -> BooleanNode.valueOf(found.find())),
                new Matching("capture", 2, NullNode.instance, RegularExpressions::capture),
                new Matching("split", 2, NullNode.instance, RegularExpressions::split),
                new Matching("replace", 3, NullNode.instance, RegularExpressions::replace));
    }

    private static JsonNode capture(Matcher found, JsonNode[] arguments) {
        ObjectNode groups = JsonNodeFactory.instance.objectNode();
        if (found.find()) {
            GROUP.matcher(found.pattern().pattern())
                    .results()
                    .map(group -> group.group(1))
                    .forEach(name -> groups.put(name, found.group(name)));
        }
        return groups;
    }

    private static JsonNode split(Matcher found, JsonNode[] arguments) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        for (String part : found.pattern().split(new Interruptible(text(arguments[0])))) {
            parts.add(part);
        }
        return parts;
    }

    private static JsonNode replace(Matcher found, JsonNode[] arguments) {
        String by = Matcher.quoteReplacement(text(arguments[2]));
        return TextNode.valueOf(found.replaceAll(match -> {
            if (match.start() == match.end()) {
                throw new JsltException("the regular expression of replace() matches nothing at all");
            }
            return by;
        }));
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static Pattern compiled(String expression) {
        try {
            return COMPILED.computeIfAbsent(expression, Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new JsltException("syntax error in a regular expression", e);
        }
    }

    @FunctionalInterface
    private interface Use {
        JsonNode of(Matcher found, JsonNode[] arguments);
    }

    /** As {@link RegexpFunction}, so that JSLT looks at an expression that stands in the mapping when it compiles that. */
    private record Matching(String name, int arguments, JsonNode ofNull, Use use) implements Function, RegexpFunction {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public int getMinArguments() {
            return arguments;
        }

        @Override
        public int getMaxArguments() {
            return arguments;
        }

        @Override
        public int regexpArgumentNumber() {
            return 1;
        }

        @Override
        public JsonNode call(JsonNode input, JsonNode[] given) {
            if (given[0].isNull()) {
                return ofNull;
            }
            if (given[1].isNull()) {
                throw new JsltException(name + "() needs a regular expression");
            }
            return use.of(compiled(text(given[1])).matcher(new Interruptible(text(given[0]))), given);
        }
    }

    /** A text whose reader ends when the mapping's time is over. */
    private record Interruptible(CharSequence text) implements CharSequence {
        @Override
        public char charAt(int index) {
            TimeLimit.check();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
