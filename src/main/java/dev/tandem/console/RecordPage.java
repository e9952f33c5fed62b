package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.article;
import static j2html.TagCreator.button;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.small;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;

import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Visit;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.report.record.JournalPage;
import dev.tandem.operation.report.record.RecordStory;
import dev.tandem.operation.request.RecordQuery;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happened to this child's referral: by any id of either system. */
final class RecordPage {
    private static final Set<String> IN_TARGET = Set.of("intended", "confirmed", "unknown", "refused", "already-there");

    private RecordPage() {}

    static Page of(Asking asking) {
        Visit visit = asking.visit();
        Optional<String> id = asking.field("id");
        Optional<RecordStory> story = id.map(asked -> asking.ask(Operation.RECORD, new RecordQuery(asked)));
        return Page.of(
                "record",
                visit.say("record.title"),
                form(
                                label(
                                        text(visit.say("record.id")),
                                        input().withType("text")
                                                .withName("id")
                                                .withValue(id.orElse(""))
                                                .attr("required")
                                                .attr("maxlength", "300")
                                                .attr("autocomplete", "off")
                                                .attr("spellcheck", "false")
                                                .attr("aria-describedby", "id-about")),
                                button(visit.say("record.find")).withType("submit"),
                                small(visit.say("record.id-about")).withId("id-about"))
                        .withMethod("get")
                        .withAction("/console/record")
                        .withClass("search"),
                when(story, found -> shown(visit, found)));
    }

    private static DomContent shown(Visit visit, RecordStory story) {
        if (story.parts().isEmpty()) {
            return p(visit.say("record.nothing")).withClass("status");
        }
        return div(
                section(
                        h2(visit.say("record.now")),
                        div(each(story.parts(), part -> part(visit, part))).withClass("cards")),
                each(
                        owed(story).isEmpty() ? List.<List<DeadLetter>>of() : List.of(owed(story)),
                        owed -> section(
                                h2(visit.say("record.owed")),
                                each(
                                        owed,
                                        letter -> article(
                                                DeadLettersPage.of(visit, letter, visit.address(), false, true))))),
                section(h2(visit.say("record.story")), timeline(visit, story)));
    }

    private static List<DeadLetter> owed(RecordStory story) {
        return story.parts().stream()
                .flatMap(part -> part.effects().stream())
                .filter(letter -> !Set.of("confirmed", "discarded").contains(letter.state()))
                .toList();
    }

    private static DomContent part(Visit visit, RecordStory.Part part) {
        return article(
                h3(visit.system(Flow.source(part.flow()))),
                p(Parts.id(part.record())),
                p(
                        span(part.state()
                                        .map(state -> visit.say("state." + state))
                                        .orElse(visit.say("record.unmarked")))
                                .withClass("badge " + part.state().orElse("")),
                        span(visit.flow(part.flow())).withClass("muted")),
                when(part.twin(), twin -> p(text(visit.say("record.twin") + " "), Parts.record(twin))),
                when(part.number(), number -> p(text(visit.say("record.number") + " "), Parts.id(number))),
                when(part.openSince(), since -> p(visit.say("record.open-since", visit.momentText(since)))),
                when(
                        part.dueAt().filter(due -> part.openSince().isPresent()),
                        due -> p(visit.say("record.due", visit.momentText(due)))),
                when(part.settledAt(), at -> p(visit.say("record.settled", visit.momentText(at)))));
    }

    private static DomContent timeline(Visit visit, RecordStory story) {
        if (story.timeline().isEmpty()) {
            return p(visit.say("record.no-story"));
        }
        String left = Flow.source(story.parts().get(0).flow());
        List<String> systems = Flow.systems(story.parts().get(0).flow());
        String first = systems.contains("primero") ? "primero" : left;
        String second = systems.stream()
                .filter(system -> !system.equals(first))
                .findFirst()
                .orElse(first);
        return div(
                div(span(visit.system(first)), span(visit.system(second)))
                        .withClass("sides")
                        .attr("aria-hidden", "true"),
                ol(each(story.timeline(), line -> line(visit, line, first))).withClass("timeline"));
    }

    private static DomContent line(Visit visit, JournalPage.Line line, String first) {
        String place = IN_TARGET.contains(line.event()) ? Flow.target(line.flow()) : Flow.source(line.flow());
        return li(div(
                        p(
                                strong(visit.code("event", line.event())),
                                span(visit.system(place)).withClass("place")),
                        p(visit.moment(line.at())).withClass("muted"),
                        when(line.key(), key -> p(Parts.id(key))),
                        when(line.code(), name -> p(span(visit.reason(name)), text(" "), code(name))),
                        when(line.words(), words -> p(visit.english(words)).withClass("details")),
                        when(
                                line.attempt().filter(number -> number > 1),
                                number -> p(visit.say("record.attempt", number)))))
                .withClass(place.equals(first) ? "left" : "right");
    }
}
