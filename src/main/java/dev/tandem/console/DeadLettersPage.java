package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.a;
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
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.ul;

import dev.tandem.console.visit.Act;
import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Visit;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.report.record.DeadLetterList;
import dev.tandem.operation.report.record.DeadLetterReasons;
import dev.tandem.operation.request.DeadLetterQuery;
import j2html.tags.DomContent;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What does not go by itself: by reason, with what to do. */
final class DeadLettersPage {
    private static final int MOST = 50;
    private static final List<String> STATES = List.of("parked", "waiting", "discarded", "baseline");

    private DeadLettersPage() {}

    static Page of(Asking asking) {
        Visit visit = asking.visit();
        String state = asking.field("state").orElse("parked");
        Optional<String> reason = asking.field("reason");
        List<DeadLetterReasons.Reason> reasons = asking.ask(
                        Operation.DEAD_LETTER_REASONS, new DeadLetterQuery.InState(state))
                .reasons();
        long total = reasons.stream().mapToLong(DeadLetterReasons.Reason::count).sum();
        DomContent shown = reason.isPresent() || state.equals("discarded")
                ? letters(asking, state, reason)
                : div(each(byCode(reasons), of -> reason(visit, state, of)));
        return Page.of(
                "dead-letters",
                visit.say("dead-letters.title"),
                states(visit, state),
                p(visit.say("dead-letters.about." + state, total)).withClass("lead"),
                shown);
    }

    private static DomContent states(Visit visit, String current) {
        return nav(ul(each(STATES, state -> {
                    var link = a(visit.say("state." + state)).withHref(address(state));
                    return li(state.equals(current) ? link.attr("aria-current", "true") : link);
                })))
                .withClass("tabs")
                .attr("aria-label", visit.say("dead-letters.states"));
    }

    private static String address(String state) {
        return state.equals("parked") ? "/console/dead-letters" : "/console/dead-letters?state=" + state;
    }

    /** All kinds of one reason together, the most frequent reason first. */
    private static List<List<DeadLetterReasons.Reason>> byCode(List<DeadLetterReasons.Reason> reasons) {
        return reasons.stream()
                .collect(Collectors.groupingBy(DeadLetterReasons.Reason::code, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .sorted(Comparator.comparing(DeadLettersPage::count).reversed())
                .toList();
    }

    private static long count(List<DeadLetterReasons.Reason> reasons) {
        return reasons.stream().mapToLong(DeadLetterReasons.Reason::count).sum();
    }

    private static DomContent reason(Visit visit, String state, List<DeadLetterReasons.Reason> kinds) {
        DeadLetterReasons.Reason reason = kinds.get(0);
        String code = reason.code();
        String all = address(state) + (state.equals("parked") ? "?" : "&") + "reason=" + Parts.encoded(code);
        Instant oldest = kinds.stream()
                .map(DeadLetterReasons.Reason::oldest)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        // A conflict is never sent: it closes once both sides say the same.
        boolean mayRetry = state.equals("parked") && !code.isEmpty() && !code.equals("conflict");
        return article(
                div(
                                strong(visit.number(count(kinds))).withClass("count"),
                                h2(code.isEmpty() ? visit.say("state." + state) : visit.reason(code)))
                        .withClass("row"),
                p(
                        each(kinds, kind -> span(visit.code("kind", kind.kind()))
                                .withClass("badge")),
                        when(!code.isEmpty(), span(code(code)).withClass("spaced")),
                        span(visit.say("dead-letters.since", visit.momentText(oldest)))
                                .withClass("muted")),
                advice(visit, code, reason.advice()),
                div(
                                when(
                                        !code.isEmpty(),
                                        a(visit.say("dead-letters.show")).withHref(all)),
                                when(
                                        mayRetry,
                                        Parts.act(visit, Act.RETRY_REASON, "reason", code, "/console/dead-letters")))
                        .withClass("acts"));
    }

    private static DomContent advice(Visit visit, String code, String english) {
        return p(visit.orEnglish("advice." + code, english));
    }

    private static DomContent letters(Asking asking, String state, Optional<String> reason) {
        Visit visit = asking.visit();
        DeadLetterList list = asking.ask(Operation.DEAD_LETTERS, new DeadLetterQuery(state, reason, MOST));
        String here = visit.address();
        boolean choose =
                visit.mayAct() && state.equals("parked") && list.letters().size() > 1;
        return div(
                when(reason, code -> h2(visit.reason(code))),
                when(
                        list.letters().stream().findFirst().filter(first -> reason.isPresent()),
                        first -> advice(visit, first.code(), first.advice())),
                when(
                        list.total() > list.letters().size(),
                        p(visit.say("dead-letters.newest", list.letters().size(), list.total()))),
                when(
                        choose,
                        form(
                                        input().withType("hidden")
                                                .withName("do")
                                                .withValue("retry"),
                                        input().withType("hidden")
                                                .withName("back")
                                                .withValue(here),
                                        button(visit.act("act.retry-chosen")).withType("submit"))
                                .withId("chosen")
                                .withMethod("get")
                                .withAction("/console/act")),
                each(list.letters(), letter -> letter(visit, letter, here, choose, reason)));
    }

    private static DomContent letter(
            Visit visit, DeadLetter letter, String here, boolean choose, Optional<String> reason) {
        return article(
                        when(
                                choose,
                                label(
                                                input().withType("checkbox")
                                                        .withName("id")
                                                        .withValue(String.valueOf(letter.id()))
                                                        .attr("form", "chosen"),
                                                span(visit.say("dead-letters.choose", String.valueOf(letter.id()))))
                                        .withClass("choose")),
                        of(visit, letter, here, true, reason.isEmpty()))
                .withId("letter-" + letter.id());
    }

    /**
     * One, as this page and the record's show it.
     *
     * @param link whether to its record
     * @param advised whether with what to do
     */
    static DomContent of(Visit visit, DeadLetter letter, String here, boolean link, boolean advised) {
        boolean stays = List.of("parked", "waiting", "baseline").contains(letter.state());
        return div(
                h3(
                        span(visit.code("kind", letter.kind())),
                        span(visit.say("state." + letter.state())).withClass("badge " + letter.state())),
                p(
                        span(link ? Parts.record(letter.record()) : Parts.id(letter.record()))
                                .withClass("spaced"),
                        span(visit.flow(letter.flow())).withClass("muted")),
                p(Parts.id(letter.key())).withClass("muted"),
                p(visit.say("letter.since", visit.momentText(letter.since()), letter.attempts())),
                when(
                        !letter.happened().isEmpty(),
                        p(visit.english(letter.happened())).withClass("details")),
                when(
                        letter.mayHaveArrived(),
                        p(visit.say("letter.may-have-arrived")).withClass("trouble")),
                when(letter.possibleRepeat(), p(visit.say("letter.possible-repeat"))),
                when(stays && advised, advice(visit, letter.code(), letter.advice())),
                when(
                        stays,
                        div(
                                        Parts.act(visit, Act.RETRY, "id", String.valueOf(letter.id()), here),
                                        Parts.act(visit, Act.DISCARD, "id", String.valueOf(letter.id()), here))
                                .withClass("acts")));
    }
}
