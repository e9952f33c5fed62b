package dev.tandem.live;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;

/**
 * What a route that anybody may edit must not do (design 5): run code that is not one of Tandem's beans, or call an address that
 * only the message knows. What it must not even say is {@link WrittenRoutes}'.
 */
final class RouteSafety {
    static final Set<String> LANGUAGES =
            Set.of("simple", "constant", "method", "bean", "header", "exchangeProperty", "variable", "tokenize", "ref");

    /** Their addresses come from the message, where no check can see them. */
    private static final Set<String> DYNAMIC =
            Set.of("toD", "recipientList", "routingSlip", "dynamicRouter", "enrich", "pollEnrich", "script", "kamelet");

    private RouteSafety() {}

    static Optional<RouteFault> of(ProcessorDefinition<?> step) {
        if (DYNAMIC.contains(step.getShortName())) {
            return Optional.of(RouteFault.at(
                    step,
                    "the step " + step.getShortName() + " may not be used: its address is known only when it runs",
                    "name the address in a `to`, behind a choice if there are several"));
        }
        if (step instanceof BeanDefinition bean && bean.getBeanType() != null) {
            return Optional.of(
                    RouteFault.at(step, "a bean by its class may not be used", "name one of the beans, by ref"));
        }
        if (step instanceof ExpressionNode node) {
            return of(step, node.getExpression());
        }
        if (step instanceof SetHeadersDefinition headers) {
            return headers.getHeaders().stream()
                    .map(header -> of(step, header.getExpression()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }

    private static Optional<RouteFault> of(ProcessorDefinition<?> step, ExpressionDefinition expression) {
        if (expression == null || expression.getLanguage() == null) {
            return Optional.empty();
        }
        if (!LANGUAGES.contains(expression.getLanguage())) {
            return Optional.of(RouteFault.at(
                    step,
                    "the language " + expression.getLanguage() + " may not be used in a route",
                    "use one of " + String.join(", ", new TreeSet<>(LANGUAGES))));
        }
        if (expression instanceof MethodCallExpression method
                && (method.getBeanType() != null || method.getBeanTypeName() != null)) {
            return Optional.of(
                    RouteFault.at(step, "a method by its class may not be used", "name one of the beans, by ref"));
        }
        return Optional.empty();
    }
}
