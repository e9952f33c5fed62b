package dev.tandem.console;

import static j2html.TagCreator.article;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import dev.tandem.console.picture.RoutesPicture;
import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Visit;
import dev.tandem.observe.Overview;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.ConfigurationReport;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** With what Tandem works. */
final class ConfigurationPage {
    private ConfigurationPage() {}

    static Page of(Asking asking) {
        Visit visit = asking.visit();
        ConfigurationReport report = asking.ask(Operation.CONFIGURATION, new Operation.Nothing());
        Overview now = asking.ask(Operation.OVERVIEW, new Operation.Nothing());
        return Page.of(
                "configuration",
                visit.say("configuration.title"),
                rejected(visit, report.versions()),
                section(h2(visit.say("configuration.routes")), RoutesPicture.of(visit, report.routes(), now.flows())),
                section(h2(visit.say("configuration.versions")), versions(visit, report.versions())),
                section(
                        h2(visit.say("configuration.settings")),
                        p(visit.say("configuration.settings-about")),
                        scroll(
                                visit.say("configuration.settings"),
                                table(tbody(each(
                                        shown(report.settings()),
                                        (name, value) -> tr(
                                                th(code(name)).attr("scope", "row"),
                                                td(value.isEmpty() ? span("–") : visit.english(value)))))))));
    }

    /** Without what follows from others. */
    private static Map<String, String> shown(Map<String, String> settings) {
        Map<String, String> shown = new TreeMap<>(settings);
        shown.keySet().removeIf(name -> name.endsWith(".enabled"));
        return shown;
    }

    private static DomContent rejected(Visit visit, List<ConfigurationReport.Version> versions) {
        return each(
                versions.stream()
                        .limit(1)
                        .filter(version -> !version.accepted())
                        .toList(),
                version -> article(
                                h2(visit.say("need.edit-rejected")),
                                p(visit.say("configuration.rejected", visit.momentText(version.at()))),
                                ul(each(version.faults(), fault -> li(visit.english(fault)))))
                        .withClass("urgent"));
    }

    private static DomContent versions(Visit visit, List<ConfigurationReport.Version> versions) {
        if (versions.isEmpty()) {
            return p(visit.say("configuration.no-version"));
        }
        return scroll(
                visit.say("configuration.versions"),
                table(
                        thead(tr(each(List.of("version", "when", "state", "files"), column -> th(visit.say(
                                        "configuration." + column))
                                .attr("scope", "col")))),
                        tbody(each(
                                versions,
                                version -> tr(
                                        td(code(version.version())),
                                        td(visit.moment(version.at())),
                                        td(span(visit.say(
                                                        version.accepted()
                                                                ? "configuration.accepted"
                                                                : "configuration.refused"))
                                                .withClass(version.accepted() ? "badge good" : "badge bad")),
                                        td(files(visit, version)))))));
    }

    private static DomContent files(Visit visit, ConfigurationReport.Version version) {
        return version.files().isEmpty()
                ? span("–")
                : details(
                        summary(visit.say(
                                "configuration.files-count", version.files().size())),
                        ul(each(version.files(), file -> li(code(file)))));
    }

    private static DomContent scroll(String name, DomContent content) {
        return div(content)
                .withClass("scroll")
                .attr("role", "region")
                .attr("tabindex", "0")
                .attr("aria-label", name);
    }
}
