package dev.tandem.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.GeneratedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of the protocol is there for a reason: left out, a promise is broken, and docs/develop/model.md tells how. */
class ModelPageTest {
    /** @param items one, or two that share a record of the target */
    private record Without(Set<Rule> rules, int versions, int items, Promise breaks) {
        static Without rule(Rule rule, Promise breaks) {
            return new Without(EnumSet.of(rule), 1, 1, breaks);
        }

        static Without ruleWhileEdited(Rule rule, Promise breaks) {
            return new Without(EnumSet.of(rule), 2, 1, breaks);
        }

        static Without ruleOfTwoItems(Rule rule, Promise breaks) {
            return new Without(EnumSet.of(rule), 1, 2, breaks);
        }

        String words() {
            return rules.stream().map(rule -> rule.words).collect(Collectors.joining("; and "));
        }
    }

    private static final List<Without> ALL = List.of(
            Without.ruleWhileEdited(Rule.GENERATION, Promise.CURSOR),
            Without.rule(Rule.INTENDED_FIRST, Promise.ONCE),
            Without.rule(Rule.LOST_IS_UNKNOWN, Promise.ONCE),
            Without.rule(Rule.TAKEN_OVER_IN_DOUBT, Promise.TRUE_WORD),
            Without.ruleOfTwoItems(Rule.LEASE_COVERS_CALL, Promise.ONE_WRITER),
            // Of one item, either of the two is enough.
            new Without(EnumSet.of(Rule.LEASE_COVERS_CALL, Rule.OPEN_CALL_KEEPS_ITEM), 1, 1, Promise.ONE_WRITER),
            Without.rule(Rule.NOTHING_AFTER_DEADLINE, Promise.ONE_WRITER),
            Without.rule(Rule.OUTCOME_NEEDS_TOKEN, Promise.NOTHING_LOST),
            Without.rule(Rule.SETTLING_NEEDS_TOKEN, Promise.NOTHING_LOST),
            Without.ruleOfTwoItems(Rule.LOCK, Promise.ONE_WRITER),
            Without.ruleOfTwoItems(Rule.FENCED_LOCK, Promise.ONE_WRITER),
            Without.ruleWhileEdited(Rule.COMPARED_ANEW, Promise.SETTLED_IS_DONE),
            Without.rule(Rule.RESENT_ONCE, Promise.ONCE),
            Without.rule(Rule.NAMED, Promise.ONCE),
            Without.rule(Rule.CURSOR_AFTER_MARKS, Promise.CURSOR),
            Without.ruleWhileEdited(Rule.FINGERPRINT_OF_WHAT_WAS_READ, Promise.SETTLED_IS_DONE));

    @Test
    void every_rule_that_is_left_out_breaks_a_promise() throws Exception {
        assertThat(ALL.stream().flatMap(without -> without.rules().stream())).contains(Rule.values());
        StringBuilder page = new StringBuilder("""
                # The model of the ledger's protocol

                For people who change the protocol or want to see that each of its rules is needed. `ModelPageTest` makes this page from the
                model in `src/test/java/dev/tandem/ledger/model`; edits here are lost.

                The model holds the rules of [protocol.md](protocol.md) as steps: an event and a sweep that mark; workers that claim, take the
                lock, read, compare, intend, call, record the answer and settle; and people who edit meanwhile. `ModelTest` tries **every**
                order of these steps with two workers, and everything that can go wrong at any moment: a worker or a sweep dies, a call or its
                answer is lost, a worker is too slow for its lease or its call's deadline, an event is lost. There is no limit to how often.

                In every reachable state, this holds:

                """);
        Arrays.stream(Promise.values()).forEach(promise -> page.append("- **")
                .append(promise)
                .append("** ")
                .append(promise.words)
                .append('\n'));
        page.append("""

                ## What each rule is for
                If you leave a rule out of the model, a promise breaks. The shortest story of each is below.

                | rule left out | breaks | in steps |
                |---|---|---|
                """);
        StringBuilder stories = new StringBuilder();
        for (Without without : ALL) {
            Explorer.Breach breach = new Explorer(new Protocol(without.rules(), without.versions()))
                    .explore(State.start(without.items(), 2))
                    .orElseThrow(() -> new AssertionError("nothing is broken without " + without.rules()));
            assertThat(breach.promise())
                    .as("without %s: %s", without.rules(), breach)
                    .isEqualTo(without.breaks());
            page.append("| %s | %s | %d |%n"
                    .formatted(without.words(), breach.promise(), breach.story().size()));
            stories.append("%n**Without: %s.** %s.%n".formatted(without.words(), String.join("; ", breach.story())));
        }
        page.append("""

                ## The shortest stories
                """).append(stories);
        GeneratedPage.check(Path.of("docs/develop/model.md"), page.toString());
    }

    @ParameterizedTest
    @EnumSource
    void the_page_of_guarantees_promises_what_holds_in_the_model(Promise promise) throws Exception {
        assertThat(Files.readString(Path.of("docs/operate/guarantees.md")))
                .contains(promise.words, "model `" + promise + "`");
    }
}
