package dev.tandem.console.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.Advice;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text is there in both languages, and can be written. */
class MessagesTest {
    private static final Pattern KEY = Pattern.compile("(?:say|act)\\(\\s*\"([a-z.-]+[a-z])\"");
    private static final Pattern KHMER = Pattern.compile("\\p{IsKhmer}");

    @Test
    void each_text_is_there_in_both_languages() {
        assertThat(own("km")).containsExactlyInAnyOrderElementsOf(own("en"));
    }

    @Test
    void each_khmer_text_is_khmer() {
        Properties khmer = read("km");
        assertThat(khmer.stringPropertyNames())
                .filteredOn(key -> !key.equals("flow.name"))
                .allSatisfy(key -> assertThat(khmer.getProperty(key)).as(key).containsPattern(KHMER));
    }

    @Test
    void each_reason_and_its_advice_is_there_in_khmer() throws IOException {
        Properties khmer = read("km");
        try (Stream<String> rows = Files.lines(Path.of("src/main/resources/dev/tandem/operation/advice.csv"))) {
            List<String> codes = rows.skip(1).map(row -> row.split(",", 2)[0]).toList();
            assertThat(codes).hasSizeGreaterThan(40).allSatisfy(code -> {
                assertThat(Advice.entry(code)).isPresent();
                assertThat(khmer.getProperty("reason." + code)).as(code).isNotBlank();
                assertThat(khmer.getProperty("advice." + code)).as(code).isNotBlank();
            });
        }
    }

    @Test
    void each_key_that_a_page_names_is_there() throws IOException {
        Set<String> known = own("en");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/tandem/console"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher named = KEY.matcher(Files.readString(file));
                while (named.find()) {
                    assertThat(known)
                            .as("%s in %s", named.group(1), file.getFileName())
                            .contains(named.group(1));
                }
            }
        }
    }

    @Test
    void each_trouble_has_its_words() throws IOException {
        Set<String> known = own("en");
        Matcher code = Pattern.compile("^    [A-Z_]+\\(\\s*\"([a-z-]+)\"", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("src/main/java/dev/tandem/observe/Trouble.java")));
        Set<String> codes = new TreeSet<>(Set.of("since"));
        while (code.find()) {
            codes.add(code.group(1));
            assertThat(known).contains("need." + code.group(1), "need." + code.group(1) + ".todo");
        }
        assertThat(codes).hasSizeGreaterThan(15);
        assertThat(read("km").stringPropertyNames().stream()
                        .filter(key -> key.startsWith("details."))
                        .map(key -> key.substring("details.".length())))
                .isSubsetOf(codes);
    }

    @Test
    void each_act_says_what_it_will_do_and_what_was_done() {
        Set<String> known = own("en");
        assertThat(Act.values())
                .allSatisfy(act -> assertThat(known).contains("act." + act.code(), "will." + act.code()));
    }

    @Test
    void each_text_can_be_written_and_takes_the_same_values_in_both_languages() {
        Properties english = read("en");
        Properties khmer = read("km");
        for (String key : own("en")) {
            Object[] values = key.startsWith("will.retry-reason")
                    ? new Object[] {3L, "reason"}
                    : Stream.generate(() -> (Object) 3L).limit(6).toArray();
            for (Properties texts : List.of(english, khmer)) {
                assertThat(new MessageFormat(texts.getProperty(key), Locale.ROOT).format(values))
                        .as(key)
                        .doesNotContain("{");
                assertThat(texts.getProperty(key)).as(key).doesNotContain("'");
            }
            assertThat(used(khmer.getProperty(key))).as(key).isEqualTo(used(english.getProperty(key)));
        }
    }

    private static Set<String> used(String text) {
        Set<String> used = new TreeSet<>();
        Matcher value = Pattern.compile("\\{(\\d)").matcher(text);
        while (value.find()) {
            used.add(value.group(1));
        }
        return used;
    }

    /** Without what English takes from where Tandem says it everywhere. */
    private static Set<String> own(String language) {
        Set<String> keys = new TreeSet<>(read(language).stringPropertyNames());
        keys.removeIf(key ->
                Stream.of("reason.", "advice.", "details.", "step.", "refused.").anyMatch(key::startsWith));
        return keys;
    }

    private static Properties read(String language) {
        Properties texts = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream("messages_" + language + ".properties")) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
