package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.a;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.p;
import static j2html.TagCreator.small;
import static j2html.TagCreator.text;

import dev.tandem.console.visit.Act;
import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Visit;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.record.DeadLetterReasons;
import dev.tandem.operation.report.record.DeadLetterStory;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.RequestRefused;
import j2html.tags.DomContent;
import java.util.List;

/** Says what an act will do, before it is done. */
final class ConfirmPage {
    private ConfirmPage() {}

    static Page of(Asking asking) {
        Visit visit = asking.visit();
        if (!visit.mayAct()) {
            throw new RequestRefused(403, "viewer", "this account may look and not act");
        }
        Act act = Act.of(asking);
        String back = asking.field("back").orElse("/console/");
        return Page.of(
                "",
                visit.act("act." + act.code()),
                div(each(what(act, asking), words -> p(words))).withClass("what"),
                form(
                                Frame.token(visit.session().orElseThrow()),
                                hidden("do", act.code()),
                                hidden("back", back),
                                each(asking.fields().getAll(act.field()), value -> hidden(act.field(), value)),
                                when(
                                        act.code().startsWith("retry") || act.asksWhy(),
                                        label(
                                                text(visit.say(act.asksWhy() ? "confirm.why" : "confirm.why-optional")),
                                                act.asksWhy() ? why().attr("required") : why(),
                                                small(visit.say("confirm.why-about")))),
                                div(
                                                button(visit.act("act." + act.code()))
                                                        .withType("submit")
                                                        .withClass(act == Act.DISCARD ? "danger" : ""),
                                                a(visit.say("confirm.no")).withHref(back))
                                        .withClass("choice"))
                        .withMethod("post")
                        .withAction("/console/act"));
    }

    private static j2html.tags.specialized.InputTag why() {
        return input().withType("text")
                .withName("because")
                .attr("maxlength", "300")
                .attr("autocomplete", "off");
    }

    private static DomContent hidden(String name, String value) {
        return input().withType("hidden").withName(name).withValue(value);
    }

    private static List<String> what(Act act, Asking asking) {
        Visit visit = asking.visit();
        return switch (act) {
            case RETRY ->
                asking.ids("id").size() == 1
                        ? List.of(visit.say("will.retry", letter(asking)), visit.say("will.retry-newest"))
                        : List.of(
                                visit.say("will.retry-some", asking.ids("id").size()), visit.say("will.retry-newest"));
            case RETRY_REASON ->
                List.of(
                        visit.say("will.retry-reason", count(asking), visit.reason(asking.needed("reason"))),
                        visit.say("will.retry-newest"),
                        visit.say("will.retry-conflicts"));
            case DISCARD -> List.of(visit.say("will.discard", letter(asking)), visit.say("will.discard-for-good"));
            case PAUSE, RESUME, SWEEP, FULL_SWEEP ->
                List.of(visit.say("will." + act.code(), visit.flow(asking.needed("flow"))));
            case REOPEN -> List.of(visit.say("will.reopen", visit.system(asking.needed("system"))));
            case COMPARE, REPAIR, STOP_COMPARE, APPROVE -> List.of(visit.say("will." + act.code()));
        };
    }

    private static String letter(Asking asking) {
        DeadLetterStory story = asking.ask(Operation.DEAD_LETTER, new Operation.ById(asking.neededId("id")));
        return asking.visit().code("kind", story.letter().kind()) + " · "
                + story.letter().record();
    }

    private static long count(Asking asking) {
        String code = asking.needed("reason");
        return asking.ask(Operation.DEAD_LETTER_REASONS, new DeadLetterQuery.InState("parked")).reasons().stream()
                .filter(reason -> reason.code().equals(code))
                .mapToLong(DeadLetterReasons.Reason::count)
                .sum();
    }
}
