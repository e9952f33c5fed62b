package dev.tandem.console;

import static dev.tandem.console.visit.Parts.when;
import static j2html.TagCreator.button;
import static j2html.TagCreator.form;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import dev.tandem.console.visit.Visit;
import java.util.Optional;

/** The form by which a person signs in. */
final class SignInPage {
    private SignInPage() {}

    /** @param trouble why the last try did not do */
    static Page of(Visit visit, Optional<String> trouble) {
        return Page.of(
                "",
                visit.say("sign-in.title"),
                p(visit.say("sign-in.about")),
                form(
                                when(trouble, words -> p(words).withClass("trouble")
                                        .attr("role", "alert")),
                                label(
                                        text(visit.say("sign-in.user")),
                                        input().withType("text")
                                                .withName("user")
                                                .attr("autocomplete", "username")
                                                .attr("autocapitalize", "none")
                                                .attr("spellcheck", "false")
                                                .attr("required")),
                                label(
                                        text(visit.say("sign-in.password")),
                                        input().withType("password")
                                                .withName("password")
                                                .attr("autocomplete", "current-password")
                                                .attr("required")),
                                button(visit.say("sign-in.do")).withType("submit"))
                        .withMethod("post")
                        .withAction("/console/sign-in")
                        .withClass("narrow"));
    }
}
