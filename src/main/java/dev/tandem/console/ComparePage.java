package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.article;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.progress;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.tandem.console.picture.HistoryPlots;
import dev.tandem.console.visit.Act;
import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Visit;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.CompareHistory;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.CompareState;
import dev.tandem.operation.request.RequestRefused;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Of all that both systems hold, how much is in step, and what is not? */
final class ComparePage {
    private static final int MOST = 100;

    private ComparePage() {}

    static Page of(Asking asking) {
        Visit visit = asking.visit();
        Optional<CompareReport> last = found(() -> asking.ask(Operation.LAST_COMPARE, new Operation.Nothing()));
        return Page.of(
                "compare",
                visit.say("compare.title"),
                live(asking),
                last.map(report -> shown(visit, report))
                        .orElseGet(() -> p(visit.say("compare.never")).withClass("status")),
                parity(visit, asking.ask(Operation.COMPARE_HISTORY, new Operation.Nothing())));
    }

    /** How far the comparison under way is. */
    static Fragment progressOf(Asking asking) {
        DivTag live = live(asking);
        return new Fragment(live.render(), Fragment.of(parts(asking)).fingerprint());
    }

    private static DivTag live(Asking asking) {
        List<DomContent> parts = parts(asking);
        return div(each(parts, part -> part))
                .withId("live")
                .attr(
                        "hx-get",
                        "/console/compare/live?seen=" + Fragment.of(parts).fingerprint())
                .attr("hx-trigger", "every 2s")
                .attr("hx-swap", "outerHTML");
    }

    private static List<DomContent> parts(Asking asking) {
        Visit visit = asking.visit();
        Optional<CompareState> state = found(() -> asking.ask(Operation.COMPARE_STATE, new Operation.Nothing()));
        if (state.filter(now -> !now.over()).isPresent()) {
            CompareState now = state.get();
            var bar = progress().attr("aria-label", visit.say("compare.running"));
            return List.of(
                    p(text(visit.say("compare.running") + " "), step(visit, now.step())),
                    now.expected() > 0
                            ? bar.attr("max", String.valueOf(now.expected()))
                                    .attr("value", String.valueOf(Math.min(now.reached(), now.expected())))
                            : bar,
                    p(visit.say("compare.reached", now.reached())),
                    div(Parts.act(visit, Act.STOP_COMPARE, "all", "true", "/console/compare"))
                            .withClass("acts"));
        }
        return List.of(
                each(state.flatMap(CompareState::failure).stream().toList(), failure -> p(visit.english(
                                String.join(" ", failure.lines())))
                        .withClass("trouble")),
                div(
                                Parts.act(visit, Act.COMPARE, "all", "true", "/console/compare"),
                                Parts.act(visit, Act.REPAIR, "all", "true", "/console/compare"))
                        .withClass("acts"));
    }

    private static <T> Optional<T> found(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (RequestRefused refused) {
            if (refused.status() == 404) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static DomContent shown(Visit visit, CompareReport report) {
        boolean well =
                report.counts().stream().mapToLong(CompareReport.Count::count).sum() == 0;
        return div(
                section(
                        p(strong(report.parity().toPlainString() + " %").withClass(well ? "parity good" : "parity")),
                        p(visit.say(
                                report.inStep() == report.records() ? "compare.in-step" : "compare.summary",
                                report.inStep(),
                                report.records(),
                                report.pending())),
                        p(visit.say("compare.ended", visit.momentText(report.endedAt())))
                                .withClass("muted")),
                when(
                        !report.counts().isEmpty(),
                        section(h2(visit.say("compare.differences")), counts(visit, report.counts(), true))),
                when(
                        !report.unseen().isEmpty(),
                        section(h2(visit.say("compare.unseen")), counts(visit, report.unseen(), false))),
                when(!report.differences().isEmpty(), differences(visit, report.differences())));
    }

    private static DomContent counts(Visit visit, List<CompareReport.Count> counts, boolean repairable) {
        List<String> columns =
                repairable ? List.of("kind", "ngo", "count", "pending", "repairable") : List.of("kind", "ngo", "count");
        return scroll(
                visit.say("compare.differences"),
                table(
                        thead(tr(each(columns, name -> th(visit.say("compare." + name))
                                .attr("scope", "col")))),
                        tbody(each(
                                counts.stream()
                                        .sorted(Comparator.comparing(CompareReport.Count::count)
                                                .reversed())
                                        .toList(),
                                count -> tr(
                                        th(visit.code("difference", count.kind()))
                                                .attr("scope", "row"),
                                        td(count.ngo().isEmpty() ? text("–") : Parts.id(count.ngo())),
                                        td(visit.number(count.count())),
                                        when(repairable, td(visit.number(count.pending()))),
                                        when(repairable, td(visit.number(count.repairable()))))))));
    }

    private static DomContent differences(Visit visit, List<CompareReport.Difference> differences) {
        return section(
                h2(visit.say("compare.each")),
                when(differences.size() > MOST, p(visit.say("compare.first", MOST, differences.size()))),
                each(
                        differences.stream().limit(MOST).toList(),
                        one -> article(
                                p(
                                        strong(visit.code("difference", one.kind())),
                                        text(" "),
                                        when(
                                                !one.state().isEmpty(),
                                                span(visit.code("state", one.state()))
                                                        .withClass("badge " + one.state()))),
                                p(each(
                                        Stream.of(one.caseId(), one.client())
                                                .flatMap(ids -> Stream.of(ids.split(" ")))
                                                .filter(id -> !id.isEmpty())
                                                .toList(),
                                        id -> span(Parts.record(id)).withClass("spaced"))),
                                when(!one.fields().isEmpty(), p(each(one.fields(), field -> span(code(field))
                                        .withClass("spaced")))),
                                when(
                                        !one.words().isEmpty(),
                                        p(visit.english(one.words())).withClass("details")))));
    }

    private static DomContent step(Visit visit, String step) {
        return visit.orEnglish("step." + step.toLowerCase(Locale.ROOT).replace(' ', '-'), step);
    }

    private static DomContent parity(Visit visit, CompareHistory history) {
        List<CompareHistory.Run> runs = history.comparisons().stream()
                .filter(run -> run.since().isEmpty() && run.ngo().isEmpty())
                .sorted(Comparator.comparing(CompareHistory.Run::endedAt))
                .toList();
        return when(
                runs.size() > 1,
                section(
                        h2(visit.say("compare.over-time")),
                        HistoryPlots.plot(
                                visit,
                                visit.say("compare.out-of-step"),
                                List.of(visit.say("compare.out-of-step")),
                                runs.stream()
                                        .map(run -> new HistoryPlots.Row(
                                                run.endedAt(), List.of(Optional.of(run.records() - run.inStep()))))
                                        .toList())));
    }

    private static DomContent scroll(String name, DomContent content) {
        return div(content)
                .withClass("scroll")
                .attr("role", "region")
                .attr("tabindex", "0")
                .attr("aria-label", name);
    }
}
