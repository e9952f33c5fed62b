package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/** JSLT that is true or false of something, as a route has it; it ends in time as a mapping does, and imports nothing. */
public final class Condition {
    private static final Map<String, Condition> COMPILED = new ConcurrentHashMap<>();
    private static final TimeLimit LIMIT = new TimeLimit(Duration.ofSeconds(5));

    private final String text;
    private final Expression expression;

    private Condition(String text) {
        this.text = text;
        this.expression = new Parser(new StringReader(text))
                .withFunctions(RegularExpressions.all())
                .withResourceResolver(name -> {
                    throw new JsltException("nothing can be imported here");
                })
                .withObjectFilter(MappingCompiler::keeps)
                .compile();
    }

    /** What is wrong with it, if it is no JSLT. */
    public static Optional<String> fault(String text) {
        try {
            of(text);
            return Optional.empty();
        } catch (JsltException wrong) {
            return Optional.of(
                    String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
        } catch (StackOverflowError nested) {
            return Optional.of("it is nested too deeply");
        }
    }

    /** @throws JsltException if it is no JSLT */
    public static Condition of(String text) {
        return COMPILED.computeIfAbsent(text, Condition::new);
    }

    /** Whether it is true; not where it fails, or does not end in time. */
    public boolean holds(Map<String, JsonNode> variables, JsonNode input) {
        try {
            return LIMIT.run(text, () -> isTrue(variables, input));
        } catch (TimeLimit.TooSlow | CancellationException notInTime) {
            return false;
        }
    }

    private boolean isTrue(Map<String, JsonNode> variables, JsonNode input) {
        try {
            JsonNode answer = expression.apply(variables, input);
            return answer.isBoolean() && answer.booleanValue();
        } catch (JsltException | StackOverflowError notOfThatShape) {
            return false;
        }
    }
}
