package dev.tandem.console.picture;

import static j2html.TagCreator.each;
import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/** The parts of a drawing. All colours and fonts are in console.css. */
final class Svg {
    private Svg() {}

    /** @param words what the picture says, for who does not see it */
    static ContainerTag<?> picture(String css, int width, int height, String words, List<DomContent> content) {
        return tag("svg")
                .attr("class", css)
                .attr("viewBox", "0 0 " + width + " " + height)
                .attr("role", "img")
                .attr("aria-label", words)
                .with(each(content, part -> part));
    }

    /** A box with a name in it and, if there is one, a number below. */
    static DomContent box(String css, double x, double y, double width, double height, String name, String number) {
        boolean one = number.isEmpty();
        return tag("g").attr("class", "box " + css)
                .with(
                        tag("rect")
                                .attr("x", at(x))
                                .attr("y", at(y))
                                .attr("width", at(width))
                                .attr("height", at(height))
                                .attr("rx", "10"),
                        text("name", x + width / 2, y + height / 2 + (one ? 5 : -8), name),
                        one ? each() : text("number", x + width / 2, y + height / 2 + 20, number));
    }

    static DomContent text(String css, double x, double y, String words) {
        return tag("text")
                .attr("class", css)
                .attr("x", at(x))
                .attr("y", at(y))
                .attr("text-anchor", "middle")
                .withText(words);
    }

    /** A line with a head at its end; {@code path} as in SVG. */
    static DomContent arrow(String css, String path, double x, double y, int degrees) {
        return tag("g").attr("class", "arrow " + css)
                .with(
                        tag("path").attr("class", "line").attr("d", path),
                        tag("path")
                                .attr("class", "head")
                                .attr("d", "M0 0 L-9 -5 L-9 5 Z")
                                .attr("transform", "translate(" + at(x) + " " + at(y) + ") rotate(" + degrees + ")"));
    }

    static DomContent right(String css, double fromX, double toX, double y) {
        return arrow(css, "M" + at(fromX) + " " + at(y) + " H" + at(toX - 6), toX, y, 0);
    }

    static DomContent down(String css, double x, double fromY, double toY) {
        return arrow(css, "M" + at(x) + " " + at(fromY) + " V" + at(toY - 6), x, toY, 90);
    }

    static String at(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}
