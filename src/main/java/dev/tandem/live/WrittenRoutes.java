package dev.tandem.live;

import dev.tandem.settings.Nearest;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.camel.util.URISupport;

/**
 * What a file of routes must not say at all, looked for before Camel reads it: as soon as Camel reads or builds them, it makes
 * objects, asks beans and opens what a file names. So every word in it is looked up in the table of what is {@link Allowed}.
 */
final class WrittenRoutes {
    private static final Set<String> ENTRIES = Set.of("route", "routeConfiguration");
    private static final Set<String> ROOTS = Set.of("routes", "route", "routeConfigurations", "routeConfiguration");
    private static final Set<String> ENDPOINTS = Set.of("uri", "deadLetterUri");
    /** Steps whose text, without any option, is their endpoint. */
    private static final Set<String> SHORT_ENDPOINTS = Set.of("to", "from");

    private static final Set<String> BEANS = Set.of("bean", "method");
    /** The innermost ones, where one stands in another. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*+[?!]?([^{}]*+)}}");

    private static final Pattern FUNCTION = Pattern.compile("\\$(\\w*+)\\{([^{}]*+)(}?)");
    private static final Pattern NAME = Pattern.compile("\\s*+(\\w++)(.*+)", Pattern.DOTALL);
    /** What may follow a function's name: a path of names. No method, and not the class behind a value. */
    private static final Pattern PATH = Pattern.compile("[\\w.:?/,+'\\[\\] -]*+|As\\([\\w, ]*+\\)[\\w.?'\\[\\] -]*+");

    private static final Pattern CLASS = Pattern.compile("(?i)\\b(class|classloader)\\b");
    private static final Pattern METHOD = Pattern.compile("\\s*(\\w+)\\s*(\\(.*\\))?\\s*", Pattern.DOTALL);
    private static final Pattern CALL =
            Pattern.compile("\\s*(\\w+)\\s*(?:\\?method=|::|\\.)\\s*(\\w+)\\s*(\\(.*\\))?\\s*");
    private static final List<String> OUTSIDE = List.of("#class:", "#type:", "#valueAs(", "resource:");
    private static final Pattern REFERENCE = Pattern.compile("#(?:bean:)?(\\w*+)(.*+)", Pattern.DOTALL);

    private final String file;
    private final Allowed allowed;
    private final Predicate<String> mayBeCalled;
    private final Set<String> known;
    private final UnaryOperator<String> resolved;
    private final Set<String> refused = new HashSet<>();
    private final Set<RouteFault> forbidden = new LinkedHashSet<>();
    private final List<RouteFault> unknown = new ArrayList<>();

    private WrittenRoutes(
            String file,
            Allowed allowed,
            Predicate<String> mayBeCalled,
            Set<String> known,
            UnaryOperator<String> resolved) {
        this.file = file;
        this.allowed = allowed;
        this.mayBeCalled = mayBeCalled;
        this.known = known;
        this.resolved = resolved;
    }

    /**
     * What is wrong with one file.
     *
     * @param forbidden for any of these Camel must not even read it
     * @param unknown names in double braces that stand for nothing
     */
    record Faults(List<RouteFault> forbidden, List<RouteFault> unknown) {}

    /**
     * All of it in one file; a text that is no YAML or XML is a fault as well.
     *
     * @param mayBeCalled whether an address of {@code http:} may
     * @param known what may be named in double braces
     * @param resolved puts in the values of placeholders
     */
    static Faults faults(
            String file,
            String text,
            Allowed allowed,
            Predicate<String> mayBeCalled,
            Set<String> known,
            UnaryOperator<String> resolved)
            throws XMLStreamException {
        WrittenRoutes written = new WrittenRoutes(file, allowed, mayBeCalled, known, resolved);
        try {
            Written all = Written.of(file, text);
            Set<String> first = file.endsWith(".xml") ? ROOTS : ENTRIES;
            if (!all.text().isBlank()) {
                written.fault(all, "there is a text beside the routes", "only routes may be written here");
            }
            all.parts.stream()
                    .filter(part -> !first.contains(part.name))
                    .forEach(part -> written.fault(
                            part, part.name + " may not stand beside the routes", "only routes may be written here"));
            if (written.forbidden.isEmpty()) {
                all.parts.forEach(written::part);
            }
        } catch (Written.Unreadable e) {
            written.forbidden.add(e.in(file));
        }
        return new Faults(List.copyOf(written.forbidden), written.unknown);
    }

    private void part(Written part) {
        if (!allowed.word(part.name)) {
            // Once in a file: it is not the place that is wrong.
            if (refused.add(part.name)) {
                fault(
                        part,
                        shown(part.name) + " may not be used in a route",
                        allowed.instead(part.name, "steps", "languages", "options"));
            }
            return;
        }
        String meant = meant(part);
        if (ENDPOINTS.contains(part.name) || (SHORT_ENDPOINTS.contains(part.name) && part.parts.isEmpty())) {
            endpoint(part, meant, List.of());
        }
        boolean bean = BEANS.contains(part.name);
        if (bean && !part.parts.isEmpty()) {
            bean(part, meant);
        }
        for (Written option : part.parts) {
            if (BEANS.contains(option.name)
                    && option.parts.isEmpty()
                    && !(bean && !part.texts("ref").isEmpty())) {
                call(option, resolved.apply(option.text()));
            }
            if (option.name.equals("precondition")
                    && resolved.apply(option.text()).contains("$")) {
                fault(
                        option,
                        "the precondition of the route " + String.join(" ", part.texts("id"))
                                + " asks for more than settings",
                        "there is no message yet when it is read: name settings, in double braces");
            }
            if (option.name.equals("parameters")) {
                option.parts.forEach(this::value);
                part.parts.stream()
                        .filter(one -> ENDPOINTS.contains(one.name))
                        .forEach(uri -> endpoint(uri, resolved.apply(uri.text()), option.parts));
            } else {
                part(option);
            }
        }
    }

    private void value(Written part) {
        meant(part);
        part.parts.forEach(this::value);
    }

    private void endpoint(Written where, String uri, List<Written> parameters) {
        String address = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
        String component = address.contains(":") ? address.substring(0, address.indexOf(':')) : address;
        if (!allowed.component(component)) {
            if (!component.contains("{{")) {
                fault(
                        where,
                        "the component " + shown(component) + ": may not be used in a route",
                        allowed.instead(component, "component"));
            }
            return;
        }
        if (component.equals("smtp") && !mayBeCalled.test(address)) {
            fault(
                    where,
                    "mail may go to the server of the settings only",
                    "write smtp:{{tandem.notices.smtp.host}}:{{tandem.notices.smtp.port}}");
        }
        if (component.startsWith("http") && !mayBeCalled.test(address)) {
            fault(
                    where,
                    "the host of this call is neither that of a system of the settings nor in tandem.http.allowed-hosts",
                    "add it there if it is meant");
        }
        try {
            URISupport.parseQuery(uri.substring(address.length()).replaceFirst("^\\?", ""), true)
                    .forEach((name, value) -> option(where, component, name, String.valueOf(value)));
        } catch (URISyntaxException e) {
            fault(where, "the options of this address cannot be read", "write them as parameters");
        }
        parameters.forEach(option -> option(option, component, option.name, resolved.apply(option.text())));
        if (component.equals("bean")) {
            call(where, uri.substring(component.length() + 1).replaceFirst("^//", ""));
        }
    }

    private void option(Written where, String component, String name, String value) {
        if (!allowed.option(component, name)) {
            fault(
                    where,
                    "the option " + shown(name) + " of " + component + ": may not be used in a route",
                    allowed.instead(component + "." + name, "component." + component));
        }
        Matcher reference = REFERENCE.matcher(value);
        if (reference.matches()
                && !(allowed.bean(reference.group(1)) && reference.group(2).isEmpty())) {
            fault(where, "there is no bean named " + shown(value), allowed.instead(value, "bean"));
        }
    }

    private void bean(Written part, String meant) {
        for (String bean : part.texts("ref").stream().map(resolved).toList()) {
            bean(part, bean, part.texts("method").stream().map(resolved).toList());
        }
        if (part.texts("ref").isEmpty() && !meant.isBlank()) {
            call(part, meant);
        }
    }

    private void bean(Written where, String bean, List<String> methods) {
        if (!allowed.bean(bean)) {
            fault(where, "there is no bean named " + shown(bean), allowed.instead(bean, "bean"));
            return;
        }
        for (String method : methods) {
            Matcher name = METHOD.matcher(method);
            if (!name.matches() || !allowed.method(bean, name.group(1))) {
                String called = name.matches() ? name.group(1) : method;
                fault(
                        where,
                        "the bean " + bean + " has no step " + shown(called),
                        allowed.instead(bean + "." + called, "bean." + bean));
            }
        }
    }

    /** A bean and its method as one text. */
    private void call(Written where, String text) {
        Matcher call = CALL.matcher(text);
        if (call.matches()) {
            bean(where, call.group(1), List.of(call.group(2)));
        } else {
            fault(where, "the call " + shown(text) + " cannot be read", "write it as BEAN?method=METHOD");
        }
    }

    /** What a text means with the values of its placeholders, after all has been said that is wrong with either. */
    private String meant(Written part) {
        String text = part.text();
        String meant = text.contains("{{") ? resolved.apply(text) : text;
        for (String outside : OUTSIDE) {
            if (text.contains(outside) || meant.contains(outside)) {
                fault(
                        part,
                        outside.startsWith("#")
                                ? "an object by its class (" + outside + ") may not be used"
                                : "a text with " + outside + " may not be used",
                        outside.startsWith("#") ? "name one of the beans" : "write the text itself");
            }
        }
        functions(part, meant);
        PLACEHOLDER
                .matcher(text)
                .results()
                .map(placeholder -> placeholder.group(1).strip())
                .map(name -> name.contains(":") ? name.substring(0, name.indexOf(':')) : name)
                .filter(name -> !known.contains(name))
                .forEach(name -> unknown.add(new RouteFault(
                        file,
                        part.line,
                        "{{" + shown(name)
                                + "}} is no setting that routes may name; logins, secrets and variables never are",
                        (name.length() == shown(name).length() ? Nearest.to(name, known) : Optional.<String>empty())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("docs/reference/settings.md lists them"))));
        return meant;
    }

    private void functions(Written part, String text) {
        Matcher function = FUNCTION.matcher(text);
        while (function.find()) {
            Matcher named = NAME.matcher(function.group(2));
            String name = named.matches() ? named.group(1) : "";
            String rest = named.matches() ? named.group(2) : function.group(2);
            boolean simple = function.group(1).isEmpty() || function.group(1).equals("simple");
            if (!simple || !allowed.function(name)) {
                fault(
                        part,
                        "an expression with " + shown(function.group()) + " reaches outside the message",
                        allowed.instead(name, "functions"));
            } else if (name.equals("bean")) {
                call(part, rest.replaceFirst("^:", ""));
            } else if (!PATH.matcher(rest.startsWith("(") ? "As" + rest : rest).matches()
                    || CLASS.matcher(rest).find()
                    || (name.equals("exchange") && !rest.isBlank())) {
                fault(
                        part,
                        "an expression with " + shown(function.group()) + " calls what is behind a value",
                        "use headers, body and beans");
            }
        }
    }

    /** Of what somebody wrote, as much as fits into a line. */
    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }

    private void fault(Written where, String message, String whatToDo) {
        forbidden.add(new RouteFault(file, where.line, message, whatToDo));
    }
}
