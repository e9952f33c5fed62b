package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.a;
import static j2html.TagCreator.button;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.select;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Visit;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.record.JournalPage;
import dev.tandem.operation.request.JournalQuery;
import dev.tandem.operation.request.RequestRefused;
import j2html.tags.DomContent;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A long look back: the journal by id, kind of event, and day. */
final class JournalView {
    private static final int LINES = 100;
    private static final List<String> FIELDS = List.of("record", "event", "day");
    private static final List<String> EVENTS = List.of(
            "owed", "waiting", "parked", "intended", "confirmed", "retry", "retried", "discarded", "baseline", "asked");

    private JournalView() {}

    static Page of(Asking asking) {
        Visit visit = asking.visit();
        JournalPage page = asking.ask(
                Operation.JOURNAL, query(asking, asking.field("before").map(Long::valueOf), LINES));
        return Page.of(
                "journal",
                visit.say("journal.title"),
                search(asking),
                page.lines().isEmpty() ? p(visit.say("journal.nothing")) : lines(visit, page.lines()),
                div(
                                when(oldest(page), line -> a(visit.say("journal.older"))
                                        .withHref("/console/journal?" + given(asking) + "&before=" + line.id())),
                                when(
                                        !page.lines().isEmpty(),
                                        a(visit.say("journal.csv")).withHref("/console/journal.csv?" + given(asking))))
                        .withClass("acts"));
    }

    /** The last line shown, if there may be older ones. */
    private static Optional<JournalPage.Line> oldest(JournalPage page) {
        return page.lines().stream().skip(LINES - 1L).findFirst();
    }

    /** What was searched for. The day is one of the reader's zone. */
    static JournalQuery query(Asking asking, Optional<Long> before, int lines) {
        Optional<LocalDate> day = asking.field("day").map(JournalView::day);
        return new JournalQuery(
                asking.field("record"),
                Optional.empty(),
                asking.field("event"),
                Optional.empty(),
                day.map(date -> date.atStartOfDay(asking.visit().zone()).toInstant()),
                day.map(date ->
                        date.plusDays(1).atStartOfDay(asking.visit().zone()).toInstant()),
                before,
                lines);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw RequestRefused.field("day", "a date such as 2026-11-30");
        }
    }

    private static String given(Asking asking) {
        return FIELDS.stream()
                .flatMap(name -> asking.field(name).stream().map(value -> name + "=" + Parts.encoded(value)))
                .collect(Collectors.joining("&"));
    }

    private static DomContent search(Asking asking) {
        Visit visit = asking.visit();
        return form(
                        label(
                                text(visit.say("journal.record")),
                                input().withType("text")
                                        .withName("record")
                                        .withValue(asking.field("record").orElse(""))
                                        .attr("maxlength", "300")
                                        .attr("spellcheck", "false")),
                        label(
                                text(visit.say("journal.event")),
                                select(each(
                                                Stream.concat(Stream.of(""), EVENTS.stream())
                                                        .toList(),
                                                event -> {
                                                    var one = option(
                                                                    event.isEmpty()
                                                                            ? visit.say("journal.any")
                                                                            : visit.code("event", event))
                                                            .withValue(event);
                                                    return asking.field("event")
                                                                    .orElse("")
                                                                    .equals(event)
                                                            ? one.attr("selected")
                                                            : one;
                                                }))
                                        .withName("event")),
                        label(
                                text(visit.say("journal.day")),
                                input().withType("date")
                                        .withName("day")
                                        .withValue(asking.field("day").orElse(""))),
                        button(visit.say("record.find")).withType("submit"))
                .withMethod("get")
                .withAction("/console/journal")
                .withClass("search");
    }

    private static Optional<String> reason(Visit visit, JournalPage.Line line) {
        return line.code()
                .map(visit::reason)
                .filter(words -> !words.equals(line.code().get()));
    }

    private static DomContent lines(Visit visit, List<JournalPage.Line> lines) {
        return div(table(
                        thead(tr(each(
                                List.of("when", "what", "record", "about"),
                                column -> th(visit.say("journal." + column)).attr("scope", "col")))),
                        tbody(each(
                                lines,
                                line -> tr(
                                        td(visit.moment(line.at())),
                                        td(
                                                text(visit.code("event", line.event()) + " "),
                                                when(line.code(), name -> code(name)),
                                                when(reason(visit, line), words -> div(words))),
                                        td(
                                                line.flow().equals("operator")
                                                        ? code(line.record())
                                                        : Parts.record(line.record())),
                                        td(
                                                when(line.key(), key -> div(Parts.id(key))),
                                                when(line.words(), words -> div(visit.english(words)))))))))
                .withClass("scroll lines")
                .attr("role", "region")
                .attr("tabindex", "0")
                .attr("aria-label", visit.say("journal.title"));
    }
}
