package dev.tandem.console.picture;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import dev.tandem.console.visit.Visit;
import dev.tandem.operation.report.ConfigurationReport.Route;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which route calls which: those that nobody calls on the left, each other right of all that call it. */
public final class RoutesPicture {
    private static final int WIDTH = 215;
    private static final int HEIGHT = 34;
    private static final int GAP_X = 70;
    private static final int GAP_Y = 12;

    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, int[]> places = new HashMap<>();
    private int height;

    private RoutesPicture(List<Route> all) {
        all.forEach(route -> routes.put(route.id(), route));
        all.forEach(route -> column(route.id(), 0, new HashSet<>()));
        Map<Integer, Integer> used = new HashMap<>();
        for (Route route : all) {
            int column = columns.get(route.id());
            int row = used.merge(column, 1, Integer::sum) - 1;
            places.put(route.id(), new int[] {2 + column * (WIDTH + GAP_X), 2 + row * (HEIGHT + GAP_Y)});
            height = Math.max(height, (row + 1) * (HEIGHT + GAP_Y));
        }
    }

    public static DomContent of(Visit visit, List<Route> routes) {
        RoutesPicture picture = new RoutesPicture(routes);
        int width = picture.columns.values().stream()
                                .mapToInt(column -> column)
                                .max()
                                .orElse(0)
                        * (WIDTH + GAP_X)
                + WIDTH
                + 8;
        return div(
                p(visit.say("configuration.routes-about", routes.size())),
                div(Svg.picture("routes", width, picture.height, visit.say("configuration.routes"), picture.parts())
                                .attr("width", String.valueOf(width))
                                .attr("height", String.valueOf(picture.height)))
                        .withClass("scroll")
                        .attr("role", "region")
                        .attr("tabindex", "0")
                        .attr("aria-label", visit.say("configuration.routes")),
                details(
                        summary(visit.say("configuration.routes-text")),
                        ul(each(
                                routes,
                                route -> li(
                                        code(route.id()),
                                        text(" "),
                                        visit.english(route.description()),
                                        when(
                                                !route.calls().isEmpty(),
                                                text(" → " + String.join(", ", route.calls()))))))));
    }

    private void column(String id, int column, Set<String> on) {
        if (columns.getOrDefault(id, -1) >= column || !on.add(id)) {
            return;
        }
        columns.put(id, column);
        routes.get(id).calls().stream()
                .filter(called -> !called.equals(id))
                .forEach(called -> column(called, column + 1, on));
        on.remove(id);
    }

    private List<DomContent> parts() {
        List<DomContent> parts = new ArrayList<>();
        routes.values().forEach(route -> route.calls().stream()
                .filter(called -> columns.get(called) > columns.get(route.id()))
                .forEach(called -> parts.add(line(places.get(route.id()), places.get(called)))));
        routes.values().stream()
                .sorted(java.util.Comparator.comparing(Route::id))
                .forEach(route -> parts.add(box(route, places.get(route.id()))));
        return parts;
    }

    private static DomContent line(int[] from, int[] to) {
        int x = from[0] + WIDTH;
        int y = from[1] + HEIGHT / 2;
        int endY = to[1] + HEIGHT / 2;
        int middle = (x + to[0]) / 2;
        return tag("path")
                .attr("class", "call")
                .attr(
                        "d",
                        "M" + x + " " + y + " C" + middle + " " + y + " " + middle + " " + endY + " " + to[0] + " "
                                + endY);
    }

    private static DomContent box(Route route, int[] place) {
        return tag("g").with(
                        tag("title")
                                .withText(
                                        route.id() + (route.description().isEmpty() ? "" : ": " + route.description())),
                        Svg.box("route", place[0], place[1], WIDTH, HEIGHT, shortened(route.id()), ""));
    }

    private static String shortened(String id) {
        return id.length() <= 30
                ? id
                : id.codePoints().limit(29).mapToObj(Character::toString).collect(Collectors.joining()) + "…";
    }
}
