package dev.tandem.console.picture;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.a;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Visit;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.record.HistoryReport.Point;
import dev.tandem.operation.request.HistoryQuery;
import j2html.tags.DomContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How much was delivered, and how late: each as a table, which the browser draws as a plot. */
public final class HistoryPlots {
    private static final List<String> SPANS = List.of("hour", "day", "month");

    private HistoryPlots() {}

    /** @param values one for each series, if it has one then */
    public record Row(Instant at, List<Optional<Long>> values) {}

    public static DomContent of(Asking asking) {
        Visit visit = asking.visit();
        String span = asking.field("span").orElse("day");
        List<Point> points = asking.ask(
                        Operation.HISTORY, new HistoryQuery(span, visit.zone().getId()))
                .points();
        List<String> flows = points.stream().map(Point::flow).distinct().toList();
        List<String> names = flows.stream().map(visit::flow).toList();
        List<String> withParked = new ArrayList<>(names);
        withParked.add(visit.say("plots.parked"));
        return section(
                        h2(visit.say("overview.plots")),
                        nav(ul(each(SPANS, one -> {
                                    var link =
                                            a(visit.say("plots." + one)).withHref("/console/?span=" + one + "#plots");
                                    return li(one.equals(span) ? link.attr("aria-current", "true") : link);
                                })))
                                .withClass("tabs")
                                .attr("aria-label", visit.say("plots.spans")),
                        div(
                                        plot(
                                                visit,
                                                visit.say("plots.delivered"),
                                                withParked,
                                                rows(points, flows, point -> Optional.of(point.delivered()), true)),
                                        plot(
                                                visit,
                                                visit.say("plots.delay"),
                                                names,
                                                rows(points, flows, HistoryPlots::delay, false)))
                                .withClass("cards"))
                .withId("plots");
    }

    /** What was delivered in one direction in the last day. */
    public static long deliveredInADay(Asking asking, String flow) {
        return asking
                .ask(
                        Operation.HISTORY,
                        new HistoryQuery("day", asking.visit().zone().getId()))
                .points()
                .stream()
                .filter(point -> point.flow().equals(flow))
                .mapToLong(Point::delivered)
                .sum();
    }

    /** Where nothing arrived, nothing was late, nor was it at once. */
    private static Optional<Long> delay(Point point) {
        return point.delivered() > 0 ? Optional.of(point.delaySeconds()) : Optional.empty();
    }

    private static List<Row> rows(
            List<Point> points, List<String> flows, Function<Point, Optional<Long>> value, boolean parked) {
        Map<Instant, List<Point>> byTime = new LinkedHashMap<>();
        points.forEach(point ->
                byTime.computeIfAbsent(point.at(), at -> new ArrayList<>()).add(point));
        List<Row> rows = new ArrayList<>();
        byTime.forEach((at, of) -> {
            List<Optional<Long>> values = new ArrayList<>();
            flows.forEach(flow -> values.add(of.stream()
                    .filter(point -> point.flow().equals(flow))
                    .flatMap(point -> value.apply(point).stream())
                    .reduce(Long::sum)));
            if (parked) {
                values.add(Optional.of(of.stream().mapToLong(Point::parked).sum()));
            }
            rows.add(new Row(at, values));
        });
        return rows;
    }

    public static DomContent plot(Visit visit, String title, List<String> series, List<Row> rows) {
        long sum = rows.stream()
                .flatMap(row -> row.values().stream())
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .sum();
        return figure(
                        h3(title),
                        when(sum == 0, p(visit.say("plots.nothing")).withClass("muted")),
                        div().withClass("plot").attr("role", "img").attr("aria-label", title),
                        figcaption(details(
                                summary(visit.say("plots.text")),
                                table(
                                        thead(tr(
                                                th(visit.say("plots.when")).attr("scope", "col"),
                                                each(series, name -> th(name).attr("scope", "col")))),
                                        tbody(each(
                                                rows,
                                                row -> tr(
                                                        td(visit.moment(row.at()))
                                                                .attr(
                                                                        "data-value",
                                                                        String.valueOf(
                                                                                row.at()
                                                                                        .getEpochSecond())),
                                                        each(
                                                                row.values(),
                                                                value -> td(value.map(visit::number)
                                                                                .orElse("–"))
                                                                        .attr(
                                                                                "data-value",
                                                                                value.map(String::valueOf)
                                                                                        .orElse(""))))))))))
                .withClass("history");
    }
}
