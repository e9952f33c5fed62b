package dev.tandem.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.p;

import dev.tandem.console.visit.Visit;

/** What did not go, and where to go on. */
final class ErrorPage {
    private ErrorPage() {}

    /** @param words in English, as the API says them */
    static Page of(Visit visit, int status, String code, String words) {
        String kind =
                switch (status) {
                    case 400 -> "error.wrong";
                    case 403 -> "error.forbidden";
                    case 404 -> "error.nothing";
                    case 503 -> "error.away";
                    default -> "error.other";
                };
        return Page.of(
                "",
                visit.say(kind),
                p(visit.orEnglish("refused." + code, words)).withClass("trouble"),
                p(a(visit.say("error.back")).withHref("/console/")));
    }
}
