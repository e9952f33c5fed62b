package dev.tandem.live;

import dev.tandem.call.AnswerShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.ConstantExpression;

/**
 * What Camel does not see, or sees one by one and without the line: ids that are missing or doubled, a {@code direct:} without
 * its other end, a bean that is not there, an endpoint that cannot be. What may not be said at all is {@link WrittenRoutes}'.
 */
final class RouteModel {
    private final CamelContext context;
    private final List<RouteFault> faults = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<ProcessorDefinition<?>, Set<String>> calls = new LinkedHashMap<>();

    RouteModel(CamelContext context) {
        this.context = context;
    }

    /**
     * All faults of these routes, in no particular order.
     *
     * @param all whether these are all that there are, so that each {@code direct:} must have its other end
     */
    List<RouteFault> check(List<RouteDefinition> written, boolean all) {
        List<RouteDefinition> routes = new ArrayList<>();
        for (RouteDefinition route : written) {
            if (route.getInput() == null) {
                fault(route, "the route " + route.getId() + " begins nowhere", "write its `from`, before its steps");
            } else {
                routes.add(route);
                route(route);
            }
        }
        if (all) {
            calls.forEach((step, called) -> called.stream()
                    .filter(target -> !begun.contains(target))
                    .forEach(target -> fault(
                            step, "nothing begins at " + target, "write a route that does, or correct the name")));
            new FlowChecks(context, faults::add).check(routes);
        }
        return faults;
    }

    private void route(RouteDefinition route) {
        id(route, "a route");
        if (route.getDescriptionText() == null || route.getDescriptionText().isBlank()) {
            fault(route, "the route " + route.getId() + " has no description", "say in a few words what it does");
        }
        // What is named in braces may be missing; the rest of the route is looked at all the same.
        String written = route.getInput().getEndpointUri();
        String from = resolved(written).orElse(RouteTexts.address(written));
        begun.add(RouteTexts.address(from));
        if (from.startsWith("platform-http")) {
            listens(route);
        }
        route.getOutputs().forEach(this::step);
    }

    /** A route that the world can reach checks who calls, and forgets the caller's headers, before anything else. */
    private void listens(RouteDefinition route) {
        List<ProcessorDefinition<?>> steps = route.getOutputs();
        boolean checks =
                !steps.isEmpty() && steps.get(0) instanceof BeanDefinition bean && "authenticity".equals(bean.getRef());
        boolean forgets = steps.size() > 1
                && steps.get(1) instanceof org.apache.camel.model.RemoveHeadersDefinition remove
                && "*".equals(remove.getPattern());
        if (!checks || !forgets) {
            fault(
                    route,
                    "the webhook " + route.getId() + " does not begin with the check of its secret and removeHeaders *",
                    "make these its first two steps");
        }
    }

    private void step(ProcessorDefinition<?> step) {
        id(step, "a step");
        if (step instanceof ToDefinition to) {
            to(to);
        }
        if (step instanceof BeanDefinition bean && bean.getRef() != null) {
            bean(bean);
        }
        if (step instanceof SetPropertyDefinition property
                && property.getExpression() instanceof ConstantExpression text) {
            resolved(text.getExpression())
                    .flatMap(jslt -> wrongJslt(property.getName(), jslt))
                    .ifPresent(wrong -> fault(
                            step,
                            "the JSLT of " + property.getName() + " of the step " + step.getId()
                                    + " cannot be compiled: " + wrong,
                            "correct it: without it no answer can be judged"));
        }
        step.getOutputs().forEach(this::step);
    }

    private static Optional<String> wrongJslt(String property, String jslt) {
        try {
            return AnswerShape.wrongJslt(property, jslt);
        } catch (StackOverflowError e) {
            return Optional.of("it is nested too deeply");
        }
    }

    private void bean(BeanDefinition step) {
        calls.put(step, RouteGraph.handedOver(step));
        if (context.getRegistry().lookupByName(step.getRef()) == null) {
            fault(step, "there is no bean named " + step.getRef(), "docs/edit/routes.md lists them");
        }
    }

    private void to(ToDefinition to) {
        Optional<String> resolved = resolved(to.getEndpointUri());
        if (resolved.isEmpty()) {
            return;
        }
        String uri = resolved.get();
        if (uri.startsWith("direct:") || uri.startsWith("seda:")) {
            calls.put(to, Set.of(RouteTexts.address(uri)));
        }
        try {
            var endpoint = context.getEndpoint(uri);
            if (!uri.startsWith("direct:") && !uri.startsWith("seda:")) {
                endpoint.createProducer();
            }
        } catch (Exception e) {
            fault(to, String.valueOf(e.getMessage()), "");
        }
    }

    /** What has no value {@link WrittenRoutes} has named. */
    private Optional<String> resolved(String uri) {
        return RouteTexts.resolved(context, uri);
    }

    private void id(OptionalIdentifiedDefinition<?> definition, String what) {
        if (!definition.hasCustomIdAssigned()) {
            // Camel adds steps of its own, such as the branches of a choice, which have neither line nor id.
            if (definition.getLineNumber() > 0) {
                fault(
                        definition,
                        what + " has no id (" + definition.getShortName() + ")",
                        "give it one: operators, JMX and tests name it by that");
            }
            return;
        }
        String first =
                ids.putIfAbsent(definition.getId(), RouteFault.fileOf(definition) + ":" + definition.getLineNumber());
        if (first != null) {
            fault(definition, "the id " + definition.getId() + " is used already at " + first, "choose another one");
        }
    }

    private void fault(OptionalIdentifiedDefinition<?> where, String message, String whatToDo) {
        faults.add(RouteFault.at(where, message, whatToDo));
    }
}
