package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.button;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.img;
import static j2html.TagCreator.input;
import static j2html.TagCreator.li;
import static j2html.TagCreator.link;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.script;
import static j2html.TagCreator.span;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import dev.tandem.console.visit.Language;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Sessions;
import dev.tandem.console.visit.Visit;
import j2html.tags.DomContent;
import java.util.List;

/** What all pages have around them. */
record Frame(Assets assets) {
    static final List<String> SECTIONS =
            List.of("overview", "dead-letters", "record", "compare", "journal", "configuration");

    /** No style of its own, no code from texts, no other site. */
    private static final String HTMX =
            "{\"includeIndicatorStyles\":false,\"allowEval\":false,\"selfRequestsOnly\":true,\"historyCacheSize\":0}";

    String render(Visit visit, Page page) {
        return "<!DOCTYPE html>\n"
                + html(headOf(page), bodyOf(visit, page))
                        .withLang(visit.language().tag())
                        .render();
    }

    private DomContent headOf(Page page) {
        return head(
                meta().withCharset("utf-8"),
                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                meta().withName("color-scheme").withContent("light dark"),
                meta().withName("htmx-config").withContent(HTMX),
                title(page.heading() + " · Tandem"),
                link().withRel("icon").withType("image/svg+xml").withHref(assets.address("tandem.svg")),
                each(List.of("pico.css", "uplot.css", "console.css"), css -> link().withRel("stylesheet")
                        .withHref(assets.address(css))),
                each(List.of("htmx.js", "uplot.js", "console.js"), js -> script().withSrc(assets.address(js))
                        .attr("defer")));
    }

    private DomContent bodyOf(Visit visit, Page page) {
        return body(
                a(visit.say("frame.skip")).withHref("#main").withClass("skip"),
                header(
                        a(
                                        img().withSrc(assets.address("tandem.svg"))
                                                .withAlt("")
                                                .attr("width", "28")
                                                .attr("height", "28"),
                                        span("Tandem"))
                                .withHref("/console/")
                                .withClass("brand"),
                        when(
                                visit.session().isPresent(),
                                nav(ul(each(SECTIONS, section -> li(entry(visit, page, section)))))
                                        .attr("aria-label", visit.say("frame.sections"))),
                        person(visit)),
                main(
                                p(visit.say("frame.stale"))
                                        .withId("stale")
                                        .attr("role", "alert")
                                        .attr("hidden"),
                                h1(page.heading()).withId("heading"),
                                each(
                                        visit.session().flatMap(session -> session.takeNotice()).stream()
                                                .toList(),
                                        text -> p(text).withClass("notice").attr("role", "status")),
                                each(page.content(), content -> content))
                        .withId("main")
                        .attr("tabindex", "-1"),
                footer(p(visit.say("frame.zone", visit.zone().getId()))));
    }

    private static DomContent entry(Visit visit, Page page, String section) {
        var link = a(visit.say("section." + section)).withHref(address(section));
        return page.section().equals(section) ? link.attr("aria-current", "page") : link;
    }

    private static String address(String section) {
        return section.equals("overview") ? "/console/" : "/console/" + section;
    }

    private static DomContent person(Visit visit) {
        return ul(
                        each(
                                List.of(Language.values()),
                                language -> li(a(language.ownName())
                                        .withHref("/console/language/" + language.tag() + "?back="
                                                + Parts.encoded(visit.address()))
                                        .withLang(language.tag())
                                        .attr("hreflang", language.tag())
                                        .attr("aria-current", language == visit.language() ? "true" : "false"))),
                        each(visit.session().stream().toList(), session -> li(signOut(visit, session))))
                .withClass("person");
    }

    private static DomContent signOut(Visit visit, Sessions.Session session) {
        String name = session.person().name();
        if (name.equals("loopback")) {
            return span(visit.say("frame.local"));
        }
        return form(
                        span(session.person().mayAct() ? name : visit.say("frame.viewer", name)),
                        token(session),
                        button(visit.say("frame.sign-out")).withType("submit").withClass("plain"))
                .withMethod("post")
                .withAction("/console/sign-out");
    }

    /** What tells a form of ours from one of another site. */
    static DomContent token(Sessions.Session session) {
        return input().withType("hidden").withName("token").withValue(session.token());
    }
}
