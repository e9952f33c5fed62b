package dev.tandem.console.picture;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.div;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;

import dev.tandem.console.visit.Act;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Visit;
import dev.tandem.observe.Overview;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The way of the data in one direction, with how much is where; lying for wide screens, standing for narrow ones. */
public final class FlowPicture {
    private final Visit visit;
    private final Overview.FlowNow flow;
    private final long delivered;
    private final String from;
    private final String kinds;

    private FlowPicture(Visit visit, Overview.FlowNow flow, Overview now, long delivered) {
        this.delivered = delivered;
        this.visit = visit;
        this.flow = flow;
        boolean events =
                now.systems().stream().anyMatch(system -> system.system().equals(flow.source()) && system.webhook());
        from = visit.say(events ? "flow.by-both" : "flow.by-sweep");
        kinds = flow.kinds().stream().map(kind -> visit.code("kind", kind)).collect(Collectors.joining(" · "));
    }

    /** @param delivered in the last day */
    public static DomContent of(Visit visit, Overview.FlowNow flow, Overview now, long delivered) {
        FlowPicture picture = new FlowPicture(visit, flow, now, delivered);
        String words = picture.words(now);
        return figure(
                        h3(visit.flow(flow.source(), flow.target())),
                        when(flow.paused(), span(visit.say("flow.paused")).withClass("badge bad")),
                        Svg.picture("wide", 1000, 200, words, picture.lying()),
                        Svg.picture("tall", 340, 440, words, picture.standing()),
                        figcaption(
                                p(words),
                                when(!picture.kinds.isEmpty(), p(visit.say("flow.kinds", picture.kinds))),
                                div(Parts.act(
                                                visit,
                                                flow.paused() ? Act.RESUME : Act.PAUSE,
                                                "flow",
                                                flow.flow(),
                                                "/console/"))
                                        .withClass("acts")))
                .withClass("flow");
    }

    private String words(Overview now) {
        String counts =
                visit.say("flow.words", flow.pending(), flow.leased(), flow.waiting(), flow.parked(), delivered);
        return flow.oldestPending()
                .map(since -> counts + " " + visit.say("flow.oldest", visit.age(since, now.at())))
                .orElse(counts);
    }

    private List<DomContent> lying() {
        List<DomContent> parts = new ArrayList<>();
        String line = flow.paused() ? "stopped" : "";
        parts.add(Svg.right(line, 160, 215, 55));
        parts.add(Svg.right(line, 370, 425, 55));
        parts.add(Svg.right(line, 580, 635, 55));
        parts.add(Svg.right(line, 790, 845, 55));
        parts.add(Svg.down("", 500, 92, 130));
        parts.add(Svg.arrow("", "M425 160 H295 V98", 295, 92, -90));
        parts.add(Svg.arrow("", "M602 55 V111 H712 V124", 712, 130, 90));
        parts.add(Svg.box("system", 5, 18, 155, 74, visit.system(flow.source()), ""));
        parts.add(Svg.text("note", 82, 112, from));
        parts.add(box("pending", 215, 18, 155, flow.pending()));
        parts.add(box("leased", 425, 18, 155, flow.leased()));
        parts.add(box("delivered", 635, 18, 155, delivered));
        parts.add(Svg.box("system", 845, 18, 150, 74, visit.system(flow.target()), ""));
        parts.add(box("waiting", 425, 130, 155, flow.waiting()));
        parts.add(box(flow.parked() > 0 ? "parked some" : "parked", 635, 130, 155, flow.parked()));
        return parts;
    }

    private DomContent box(String css, double x, double y, double width, long number) {
        String state = css.split(" ")[0];
        return Svg.box(css, x, y, width, y > 100 ? 64 : 74, visit.say("state." + state), visit.number(number));
    }

    private List<DomContent> standing() {
        List<DomContent> parts = new ArrayList<>();
        String line = flow.paused() ? "stopped" : "";
        for (int step = 0; step < 4; step++) {
            parts.add(Svg.down(line, 95, 70 + step * 92, 96 + step * 92));
        }
        parts.add(Svg.right("", 185, 210, 221));
        parts.add(Svg.arrow("", "M95 264 H272 V274", 272, 280, 90));
        parts.add(Svg.arrow("", "M272 189 V129 H191", 185, 129, 180));
        parts.add(Svg.box("system", 5, 4, 180, 66, visit.system(flow.source()), ""));
        parts.add(Svg.text("note", 262, 42, from));
        parts.add(box("pending", 5, 96, 180, flow.pending(), 66));
        parts.add(box("leased", 5, 188, 180, flow.leased(), 66));
        parts.add(box("delivered", 5, 280, 180, delivered, 66));
        parts.add(Svg.box("system", 5, 372, 180, 62, visit.system(flow.target()), ""));
        parts.add(box("waiting", 210, 188, 125, flow.waiting(), 66));
        parts.add(box(flow.parked() > 0 ? "parked some" : "parked", 210, 280, 125, flow.parked(), 66));
        return parts;
    }

    private DomContent box(String css, double x, double y, double width, long number, double height) {
        String state = css.split(" ")[0];
        return Svg.box(css, x, y, width, height, visit.say("state." + state), visit.number(number));
    }
}
