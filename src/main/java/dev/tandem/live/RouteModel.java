package dev.tandem.live;

import dev.tandem.call.AnswerShape;
import dev.tandem.settings.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.ConstantExpression;

/**
 * What Camel does not see, or sees one by one and without the line: ids that are missing or doubled, a {@code direct:} without
 * its other end, a bean that is not there, an endpoint that cannot be, a component or a host that is not allowed.
 */
final class RouteModel {
    /** What a user's route may be made of. A route that listens on a socket or starts a process is none of it. */
    static final Set<String> COMPONENTS = Set.of(
            "ledger",
            "mapping",
            "direct",
            "seda",
            "quartz",
            "timer",
            "http",
            "https",
            "bean",
            "log",
            "jdbc",
            "file",
            "platform-http",
            "mock");

    private final CamelContext context;
    private final Set<String> hosts;
    private final List<RouteFault> faults = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<ProcessorDefinition<?>, Set<String>> calls = new LinkedHashMap<>();

    /** @param hosts {@code scheme://host:port} that may be called */
    RouteModel(CamelContext context, Set<String> hosts) {
        this.context = context;
        this.hosts = hosts;
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
        if (route.getPrecondition() != null && route.getPrecondition().contains("$")) {
            fault(
                    route,
                    "the precondition of the route " + route.getId() + " asks for more than settings",
                    "there is no message yet when it is read: name settings, in double braces");
        }
        // What is named in braces may be missing; the rest of the route is looked at all the same.
        String written = route.getInput().getEndpointUri();
        String from = resolved(written).orElse(RouteTexts.address(written));
        begun.add(RouteTexts.address(from));
        component(route, from);
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
        RouteSafety.of(step).ifPresent(faults::add);
        if (step instanceof ToDefinition to) {
            to(to);
        } else if (step instanceof EndpointRequiredDefinition other) {
            resolved(other.getEndpointUri()).ifPresent(uri -> component(step, uri));
        }
        if (step instanceof BeanDefinition bean && bean.getRef() != null) {
            bean(bean);
        }
        if (step instanceof SetPropertyDefinition property
                && property.getExpression() instanceof ConstantExpression text) {
            resolved(text.getExpression())
                    .flatMap(jslt -> AnswerShape.wrongJslt(property.getName(), jslt))
                    .ifPresent(wrong -> fault(
                            step,
                            "the JSLT of " + property.getName() + " of the step " + step.getId()
                                    + " cannot be compiled: " + wrong,
                            "correct it: without it no answer can be judged"));
        }
        step.getOutputs().forEach(this::step);
    }

    private void bean(BeanDefinition step) {
        calls.put(step, RouteGraph.handedOver(step));
        Object bean = context.getRegistry().lookupByName(step.getRef());
        if (bean == null) {
            fault(
                    step,
                    "there is no bean named " + step.getRef(),
                    Nearest.to(
                                    step.getRef(),
                                    context.getRegistry()
                                            .findByTypeWithName(Object.class)
                                            .keySet())
                            .map(known -> "did you mean " + known + "?")
                            .orElse("docs/edit/routes.md lists them"));
            return;
        }
        String method = step.getMethod() == null
                ? ""
                : step.getMethod().replaceFirst("\\(.*", "").strip();
        if (!method.isEmpty()
                && Arrays.stream(bean.getClass().getMethods())
                        .noneMatch(known -> known.getName().equals(method))) {
            fault(step, "the bean " + step.getRef() + " has no step " + method, "docs/edit/routes.md lists them");
        }
    }

    private void to(ToDefinition to) {
        Optional<String> resolved = resolved(to.getEndpointUri());
        if (resolved.isEmpty()) {
            return;
        }
        String uri = resolved.get();
        if (!component(to, uri)) {
            return;
        }
        if (uri.startsWith("direct:") || uri.startsWith("seda:")) {
            calls.put(to, Set.of(RouteTexts.address(uri)));
        } else if (uri.startsWith("http") && !mayBeCalled(uri)) {
            fault(
                    to,
                    "the host of this call is neither that of a system of the settings nor in tandem.http.allowed-hosts",
                    "add it there if it is meant");
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

    /** As a whole: the beginning of an allowed host's name is not that host. */
    private boolean mayBeCalled(String uri) {
        return hosts.stream()
                .anyMatch(host -> uri.equals(host) || uri.startsWith(host + "/") || uri.startsWith(host + "?"));
    }

    private boolean component(OptionalIdentifiedDefinition<?> where, String uri) {
        String scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri;
        if (COMPONENTS.contains(scheme)) {
            return true;
        }
        fault(
                where,
                "the component " + scheme + ": may not be used in a route",
                "use one of " + String.join(", ", new java.util.TreeSet<>(COMPONENTS)));
        return false;
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
