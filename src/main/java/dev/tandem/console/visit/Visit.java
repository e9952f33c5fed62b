package dev.tandem.console.visit;

import static j2html.TagCreator.span;
import static j2html.TagCreator.text;
import static j2html.TagCreator.time;

import dev.tandem.console.visit.Sessions.Session;
import dev.tandem.operation.Advice;
import dev.tandem.reader.ReaderTime;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * Who looks at a page, and how they read.
 *
 * @param address of the page, with its query: where the language switch comes back to
 * @param zone of the reader, as their browser said; the machine's before it has
 * @param session none before somebody has signed in
 */
public record Visit(String address, Language language, ZoneId zone, Optional<Session> session) {
    public String say(String key, Object... values) {
        return Messages.in(language).say(key, values);
    }

    public Optional<String> find(String key, Object... values) {
        return Messages.in(language).find(key, values);
    }

    public String act(String key) {
        return Messages.in(language).act(key);
    }

    public String number(long number) {
        return Messages.in(language).number(number);
    }

    public String age(Instant since, Instant now) {
        return Messages.in(language).age(Duration.between(since, now));
    }

    public DomContent moment(Instant at) {
        return time(Messages.in(language).moment(at, zone)).attr("datetime", at.toString());
    }

    DomContent timeOfDay(Instant at) {
        return time(Messages.in(language).timeOfDay(at, zone)).attr("datetime", at.toString());
    }

    public String momentText(Instant at) {
        return Messages.in(language).moment(at, zone);
    }

    /** What the ledger says in English only, whatever the page's language, with moments as the reader has them. */
    public DomContent english(String text) {
        String read = new ReaderTime(zone, Locale.ENGLISH, InstantSource.system()).exactIn(text);
        return span(read).withLang("en").attr("dir", "auto");
    }

    /** What only Khmer has a text of its own for: English takes what Tandem says everywhere. */
    public DomContent orEnglish(String key, String english, Object... values) {
        return find(key, values).map(words -> (DomContent) text(words)).orElseGet(() -> english(english));
    }

    public boolean mayAct() {
        return session.filter(one -> one.person().mayAct()).isPresent();
    }

    /** A system as people write it. */
    public String system(String name) {
        return switch (name) {
            case "primero" -> "Primero";
            case "oscar" -> "OSCaR";
            default -> name;
        };
    }

    /** A flow as people write it: from where to where. */
    public String flow(String source, String target) {
        return say("flow.name", system(source), system(target));
    }

    public String flow(String name) {
        int to = name.indexOf("-to-");
        return to < 0 ? name : flow(name.substring(0, to), name.substring(to + 4));
    }

    /** What the code of a reason means; the code itself where nothing is known of it. */
    public String reason(String code) {
        return language == Language.ENGLISH
                ? Advice.entry(code).map(Advice.Entry::symptom).orElse(code)
                : code("reason", code);
    }

    /** A word of the ledger; the code itself where there is no text. */
    public String code(String prefix, String code) {
        return find(prefix + "." + code).orElse(code);
    }
}
