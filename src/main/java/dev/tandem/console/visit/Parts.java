package dev.tandem.console.visit;

import static j2html.TagCreator.a;
import static j2html.TagCreator.code;
import static j2html.TagCreator.each;

import j2html.tags.DomContent;
import j2html.tags.specialized.ATag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Links and other parts that several pages have. */
public final class Parts {
    private Parts() {}

    public static DomContent when(boolean is, DomContent content) {
        return is ? content : each();
    }

    public static <T> DomContent when(Optional<T> value, Function<T, ? extends DomContent> content) {
        return value.isPresent() ? content.apply(value.get()) : each();
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** To the page that says what the act will do; nothing for who may only look. */
    public static DomContent act(Visit visit, Act act, String field, String value, String back) {
        return each(
                visit.mayAct() ? List.of(act) : List.<Act>of(), allowed -> button(visit, allowed, field, value, back));
    }

    private static ATag button(Visit visit, Act act, String field, String value, String back) {
        return a(visit.act("act." + act.code()))
                .withHref(
                        "/console/act?do=" + act.code() + "&" + field + "=" + encoded(value) + "&back=" + encoded(back))
                .attr("role", "button")
                .withId(act.code() + "-" + value.replaceAll("[^\\w-]", "-"))
                .withClass(act == Act.DISCARD ? "outline danger" : "outline");
    }

    /** Ids come from the systems: shown as they are, and cut off from the direction of the text around them. */
    public static DomContent record(String record) {
        return a(id(record)).withHref("/console/record?id=" + encoded(record));
    }

    public static DomContent id(String text) {
        return j2html.TagCreator.tag("bdi").with(code(text)).withClass("id");
    }
}
