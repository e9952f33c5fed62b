package dev.tandem.ledger.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
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
                        Stream.concat(Stream.of("claim", "requested-sweep"), LedgerActions.NAMES.stream())
                                .toList());
    }

    @Test
    void every_word_is_one() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(LedgerActions.NAMES).allSatisfy(name -> assertThat(
                            context.getEndpoint("ledger:" + name + "?flow=a-to-b&source=a&keep=1d")
                                    .createProducer())
                    .isNotNull());
        }
    }

    @Test
    void the_page_names_every_option() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(LedgerOptions.NAMES).hasSizeGreaterThan(10).allSatisfy(option -> assertThat(page)
                .contains("\n| `" + option + "`"));
    }

    @Test
    void the_words_of_the_release_before_mean_what_they_meant() {
        Map<String, Object> written = new HashMap<>(Map.of("beside", "/a,/b", "shownBy", "a-to-b", "elsewhere", "x"));

        LedgerOptions options = new LedgerOptions("told-apart", written);

        assertThat(options.action()).isEqualTo("note-answer");
        assertThat(options.pointers("alsoHash")).hasSize(2);
        assertThat(options.find("readBackBy")).contains("a-to-b");
        assertThat(written).as("what is left for Camel to refuse").containsOnlyKeys("elsewhere");
    }

    @Test
    void an_option_that_is_no_time_is_named() {
        LedgerOptions options = new LedgerOptions("forget", new HashMap<>(Map.of("keep", "long")));

        assertThatThrownBy(() -> options.duration("keep"))
                .hasMessage("ledger:forget: keep is no duration such as 10s or 15m: long");
    }
}
