package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.article;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import dev.tandem.console.picture.FlowPicture;
import dev.tandem.console.picture.HistoryPlots;
import dev.tandem.console.visit.Act;
import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Visit;
import dev.tandem.observe.Overview;
import dev.tandem.operation.Operation;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Is all well, and what must I do? */
final class OverviewPage {
    private OverviewPage() {}

    static Page of(Asking asking) {
        Overview now = asking.ask(Operation.OVERVIEW, new Operation.Nothing());
        List<Need> needs = Need.of(asking.visit(), now);
        return Page.of("overview", answer(asking.visit(), needs), live(asking, now, needs), HistoryPlots.of(asking));
    }

    static Fragment live(Asking asking) {
        Visit visit = asking.visit();
        Overview now = asking.ask(Operation.OVERVIEW, new Operation.Nothing());
        List<Need> needs = Need.of(visit, now);
        return new Fragment(
                live(asking, now, needs).render()
                        + h1(answer(visit, needs))
                                .withId("heading")
                                .attr("hx-swap-oob", "true")
                                .render(),
                Fragment.of(parts(asking, now, needs)).fingerprint());
    }

    private static String answer(Visit visit, List<Need> needs) {
        return needs.isEmpty() ? visit.say("overview.well") : visit.say("overview.needs", needs.size());
    }

    private static DivTag live(Asking asking, Overview now, List<Need> needs) {
        List<DomContent> parts = parts(asking, now, needs);
        return div(each(parts, part -> part))
                .withId("live")
                .attr("hx-get", "/console/live?seen=" + Fragment.of(parts).fingerprint())
                .attr("hx-trigger", "every 5s")
                .attr("hx-swap", "outerHTML");
    }

    private static List<DomContent> parts(Asking asking, Overview now, List<Need> needs) {
        Visit visit = asking.visit();
        return List.of(
                needs(visit, needs), parity(visit, now), examined(visit, now), flows(asking, now), systems(visit, now));
    }

    private static DomContent needs(Visit visit, List<Need> needs) {
        if (needs.isEmpty()) {
            return p(visit.say("overview.well-about")).withClass("status well");
        }
        return section(
                        p(visit.say("overview.needs-about")).withClass("status attention"),
                        ol(each(
                                needs,
                                need -> li(article(
                                                h2(need.title()),
                                                p(need.todo()),
                                                p(need.details()).withClass("details"),
                                                need.link())
                                        .withClass(need.urgent() ? "urgent" : "")))))
                .withClass("needs");
    }

    private static DomContent parity(Visit visit, Overview now) {
        return p(
                text(now.parity()
                                .map(last -> visit.say(
                                        "overview.parity", visit.momentText(last.at()), last.inStep(), last.records()))
                                .orElseGet(() -> visit.say("overview.parity-never"))
                        + " "),
                Need.link(visit, "compare", "/console/compare"));
    }

    private static DomContent examined(Visit visit, Overview now) {
        long changes = now.attention().stream()
                .filter(verdict -> verdict.reason().equals("drift"))
                .count();
        return p(now.examined()
                .map(at -> visit.say("overview.examined", visit.momentText(at), changes))
                .orElseGet(() -> visit.say("overview.examined-never")));
    }

    private static DomContent flows(Asking asking, Overview now) {
        return section(
                h2(asking.visit().say("overview.way")),
                each(
                        now.flows(),
                        flow -> FlowPicture.of(
                                asking.visit(), flow, now, HistoryPlots.deliveredInADay(asking, flow.flow()))));
    }

    private static DomContent systems(Visit visit, Overview now) {
        return section(
                h2(visit.say("overview.systems")),
                div(each(now.systems(), system -> system(visit, now, system))).withClass("cards"));
    }

    private static DomContent system(Visit visit, Overview now, Overview.SystemNow system) {
        String state = !system.gateOpen() ? "closed" : system.silentSince().isPresent() ? "silent" : "open";
        return article(
                h3(visit.system(system.system())),
                p(
                        span(visit.say("system." + state))
                                .withClass("badge " + (state.equals("open") ? "good" : "bad")),
                        when(
                                system.sweeping(),
                                span(visit.say("system.sweeping")).withClass("badge busy"))),
                table(tbody(
                        row(visit, "system.last", system.lastSweep()),
                        row(visit, "system.last-full", system.lastFull()),
                        row(visit, "system.next", system.nextSweep()),
                        row(visit, "system.next-full", system.nextFull()),
                        tr(
                                th(visit.say("system.events")).attr("scope", "row"),
                                td(visit.say(system.webhook() ? "system.events-on" : "system.events-off"))))),
                div(
                                when(
                                        !system.gateOpen(),
                                        Parts.act(visit, Act.REOPEN, "system", system.system(), "/console/")),
                                each(
                                        now.flows().stream()
                                                .filter(flow -> flow.source().equals(system.system()))
                                                .toList(),
                                        flow -> each(
                                                Parts.act(visit, Act.SWEEP, "flow", flow.flow(), "/console/"),
                                                Parts.act(visit, Act.FULL_SWEEP, "flow", flow.flow(), "/console/"))))
                        .withClass("acts"));
    }

    private static DomContent row(Visit visit, String key, Optional<Instant> at) {
        return tr(
                th(visit.say(key)).attr("scope", "row"),
                td(at.map(visit::moment).orElse(text(visit.say("system.none")))));
    }
}
