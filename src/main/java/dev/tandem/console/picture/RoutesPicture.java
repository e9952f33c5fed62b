package dev.tandem.console.picture;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import dev.tandem.console.visit.Visit;
import dev.tandem.observe.Overview.FlowNow;
import dev.tandem.operation.report.ConfigurationReport.Route;
import j2html.tags.DomContent;
import j2html.tags.specialized.LiTag;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The routes in force, each flow as a lane from system to system, with the ledger in the middle. */
public final class RoutesPicture {
    private static final String DELIVERS = "ledger:claim";

    private final Visit visit;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Set<String> called;
    private final Set<String> shown = new LinkedHashSet<>();

    private RoutesPicture(Visit visit, List<Route> all) {
        this.visit = visit;
        all.forEach(route -> routes.put(route.id(), route));
        called = all.stream().flatMap(route -> route.calls().stream()).collect(Collectors.toSet());
    }

    public static DomContent of(Visit visit, List<Route> routes, List<FlowNow> flows) {
        return new RoutesPicture(visit, routes).drawn(flows);
    }

    private DomContent drawn(List<FlowNow> flows) {
        String left = flows.isEmpty() ? "" : flows.get(0).source();
        List<DomContent> lanes = flows.stream().map(flow -> lane(flow, left)).toList();
        List<String> others =
                routes.keySet().stream().filter(id -> !shown.contains(id)).toList();
        return div(
                p(visit.say("configuration.routes-about", routes.size())),
                each(lanes, lane -> lane),
                when(
                        !others.isEmpty(),
                        details(
                                summary(visit.say("configuration.routes-other", others.size())),
                                div(boxes(others)).withClass("routes"))),
                details(
                        summary(visit.say("configuration.routes-text")),
                        ul(each(
                                routes.values(),
                                route -> li(
                                        code(route.id()),
                                        text(" "),
                                        visit.english(route.description()),
                                        when(
                                                !route.calls().isEmpty(),
                                                text(" → " + String.join(", ", route.calls()))))))));
    }

    private DomContent lane(FlowNow flow, String left) {
        Predicate<Route> serves =
                route -> route.serves().contains(flow.flow()) || route.serves().contains(flow.source());
        Set<String> delivering = ids(route -> route.from().equals(DELIVERS) && serves.test(route));
        Set<String> beginning = ids(route -> !called.contains(route.id())
                && !route.from().equals(DELIVERS)
                && reached(Set.of(route.id())).stream().map(routes::get).anyMatch(serves));
        return div(
                h3(visit.flow(flow.source(), flow.target())),
                ol(
                                system(flow.source()),
                                stage(beginning),
                                stage(beyond(beginning)),
                                ledger(flow),
                                stage(delivering),
                                stage(beyond(delivering)),
                                system(flow.target()))
                        .withClass(flow.source().equals(left) ? "lane" : "lane back"));
    }

    private Set<String> ids(Predicate<Route> which) {
        return routes.values().stream()
                .filter(which)
                .map(Route::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** These, those that they call, those that these call, and so on. */
    private Set<String> reached(Set<String> from) {
        Set<String> reached = new LinkedHashSet<>(from);
        Queue<String> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            routes.get(open.remove()).calls().stream().filter(reached::add).forEach(open::add);
        }
        return reached;
    }

    private Set<String> beyond(Set<String> from) {
        Set<String> beyond = reached(from);
        beyond.removeAll(from);
        return beyond;
    }

    private LiTag system(String system) {
        return li(strong(visit.system(system))).withClass("system");
    }

    private LiTag stage(Set<String> ids) {
        shown.addAll(ids);
        return li(boxes(ids)).withClass("routes");
    }

    private DomContent boxes(Collection<String> ids) {
        return each(ids, id -> code(id).withTitle(routes.get(id).description()));
    }

    private LiTag ledger(FlowNow flow) {
        return li(
                        strong(visit.say("configuration.ledger")),
                        when(flow.paused(), span(visit.say("flow.paused")).withClass("badge bad")),
                        count("pending", flow.pending()),
                        count("leased", flow.leased()),
                        count("waiting", flow.waiting()),
                        count("parked", flow.parked()))
                .withClass("ledger");
    }

    private DomContent count(String state, long number) {
        return span(text(visit.say("state." + state) + " "), strong(visit.number(number)))
                .withClass(state.equals("parked") && number > 0 ? "some" : "");
    }
}
