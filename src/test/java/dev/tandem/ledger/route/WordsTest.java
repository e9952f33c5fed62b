package dev.tandem.ledger.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about routes and the component agree on its words. */
class WordsTest {
    private static final Path PAGE = Path.of("docs/edit/routes.md");

    @Test
    void the_page_names_every_word_and_no_other() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `ledger:"))
                .map(line -> line.substring("| `ledger:".length(), line.indexOf('`', 3)))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("claim", "wanted-sweep"), LedgerAction.NAMES.stream())
                                .toList());
    }

    @Test
    void every_word_is_one() {
        LedgerEndpoint endpoint = new LedgerEndpoint("ledger:any", null, "any");
        endpoint.setFlow("a-to-b");
        endpoint.setSource("a");
        endpoint.setKeep("1d");

        assertThat(LedgerAction.NAMES)
                .allSatisfy(name -> assertThat(LedgerAction.of(name, endpoint)).isNotNull());
    }

    @Test
    void the_page_names_every_option() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Arrays.stream(LedgerEndpoint.class.getDeclaredMethods())
                        .map(Method::getName)
                        .filter(name -> name.startsWith("set"))
                        .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4)))
                .hasSizeGreaterThan(10)
                .allSatisfy(option -> assertThat(page).contains("\n| `" + option + "`"));
    }
}
