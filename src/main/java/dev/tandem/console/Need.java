package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.text;

import dev.tandem.console.visit.Act;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Visit;
import dev.tandem.observe.Overview;
import dev.tandem.observe.Verdict;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that needs a person.
 *
 * @param todo what to do about it
 * @param details what exactly; nothing if the title says all
 * @param link to where it is done
 */
record Need(String title, String todo, DomContent details, boolean urgent, DomContent link) {
    private static final Set<String> URGENT =
            Set.of("ledger", "gate-closed", "calls-held", "target-down", "sweep-stale", "payload-key");

    /** The most urgent first. */
    static List<Need> of(Visit visit, Overview now) {
        List<Need> needs = new ArrayList<>();
        now.attention().forEach(verdict -> needs.add(of(visit, now, verdict)));
        long parked = now.flows().stream().mapToLong(Overview.FlowNow::parked).sum();
        boolean told =
                now.attention().stream().anyMatch(verdict -> verdict.reason().equals("parked"));
        if (parked > 0 && !told) {
            needs.add(new Need(
                    visit.say("need.some-parked", parked),
                    visit.say("need.parked.todo"),
                    each(),
                    false,
                    link(visit, "dead-letters", "/console/dead-letters")));
        }
        return needs;
    }

    private static Need of(Visit visit, Overview now, Verdict verdict) {
        String code = verdict.reason();
        return new Need(
                visit.find("need." + code).orElse(code),
                visit.find("need." + code + ".todo").orElse(verdict.remedy()),
                details(visit, now, verdict),
                URGENT.contains(code),
                link(visit, now, code));
    }

    private static DomContent details(Visit visit, Overview now, Verdict verdict) {
        String subject = verdict.subject();
        long parked = now.flows().stream().mapToLong(Overview.FlowNow::parked).sum();
        return each(
                visit.orEnglish(
                        "details." + verdict.reason(),
                        verdict.details(),
                        subject.contains("-to-") ? visit.flow(subject) : visit.system(subject),
                        parked),
                when(
                        verdict.since().flatMap(since -> visit.find("details.since", visit.momentText(since))),
                        since -> text(" " + since)));
    }

    private static DomContent link(Visit visit, Overview now, String code) {
        return switch (code) {
            case "parked" -> link(visit, "dead-letters", "/console/dead-letters");
            case "edit-rejected", "replicas-differ" -> link(visit, "configuration", "/console/configuration");
            case "braked" -> Parts.act(visit, Act.APPROVE, "all", "true", "/console/");
            case "gate-closed", "calls-held" ->
                first(
                        visit,
                        Act.REOPEN,
                        "system",
                        now.systems().stream()
                                .filter(system -> !system.gateOpen() || code.equals("calls-held"))
                                .map(Overview.SystemNow::system)
                                .findFirst());
            case "paused" ->
                first(
                        visit,
                        Act.RESUME,
                        "flow",
                        now.flows().stream()
                                .filter(Overview.FlowNow::paused)
                                .map(Overview.FlowNow::flow)
                                .findFirst());
            default -> link(visit, "journal", "/console/journal");
        };
    }

    private static DomContent first(Visit visit, Act act, String field, Optional<String> of) {
        return of.map(value -> Parts.act(visit, act, field, value, "/console/"))
                .orElseGet(() -> link(visit, "journal", "/console/journal"));
    }

    static DomContent link(Visit visit, String section, String address) {
        return a(visit.say("need.open", visit.say("section." + section))).withHref(address);
    }
}
