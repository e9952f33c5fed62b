package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.tandem.live.Edition;
import dev.tandem.outcome.Unmappable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who writes a mapping can do nothing but map. */
class HostileMappingsTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(
            strings = {
                "def f(n) f($n + 1) {\"a\": f(1)}",
                "def f(s, n) if ($n == 0) $s else f($s + $s, $n - 1) {\"a\": f(\"xxxxxxxx\", 40)}",
                "def f(s, n) if ($n == 0) $s else f([$s, $s], $n - 1) {\"a\": f(1, 60)}",
                "def f(s, n) if ($n == 0) size($s) else f($s, $n - 1) + f($s, $n - 1) {\"a\": f(., 60)}",
                "{\"a\": [for ([for (split(., \"\")) [for (split(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"\")) .]]) .]}"
                        + " // harmless, and ends",
                "{\"a\": test(., \"^(.*)(.*)(.*)(.*)(.*)(.*)(.*)\\\\1z$\")}"
            })
    void a_mapping_ends_within_its_limits_and_stops_no_other(String mapping) {
        // Another for each, since it is given up by its name.
        String name = "hostile" + Integer.toHexString(mapping.hashCode());
        Endable text = new Endable("a".repeat(60) + "b");
        MappingSet set = Directory.in(directory)
                .with(name + ".jslt", mapping)
                .with("good.jslt", "{\"b\": .}")
                .load(LIMIT);
        for (int i = 0; i < 4; i++) {
            if (mapping.contains("harmless")) {
                assertThat(set.apply(name, TextNode.valueOf("ab")).get("a")).hasSize(2);
            } else {
                assertThat(catchThrowableOfType(Unmappable.class, () -> set.apply(name, text)))
                        .extracting(Unmappable::code)
                        .isIn("mapping-too-slow", "mapping-failed");
            }
            assertThat(set.apply("good", TextNode.valueOf("x")).get("b").asText())
                    .isEqualTo("x");
        }
        text.end();
        await().atMost(Duration.ofSeconds(30)).until(() -> running("com.schibsted.spt.data.jslt") == 0);
    }

    /** Lets a test end what Tandem had to leave running; it would take a processor from all tests that follow. */
    private static final class Endable extends TextNode {
        private transient volatile boolean over;

        Endable(String text) {
            super(text);
        }

        void end() {
            over = true;
        }

        @Override
        public String asText() {
            if (over) {
                throw new CancellationException("the test is over");
            }
            return super.asText();
        }
    }

    private static long running(String library) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("mapping"))
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith(library)))
                .count();
    }

    @Test
    @Timeout(60)
    void a_regular_expression_whose_time_is_over_ends_and_keeps_no_thread() {
        String bomb = "^(.*)(.*)(.*)(.*)(.*)(.*)(.*)\\\\1z$";
        MappingSet set = Directory.in(directory)
                .with("tests.jslt", "{\"a\": test(., \"" + bomb + "\")}")
                .with("captures.jslt", "{\"a\": capture(., \"" + bomb + "\")}")
                .with("splits.jslt", "{\"a\": split(., \"" + bomb + "\")}")
                .with("replaces.jslt", "{\"a\": replace(., \"" + bomb + "\", \"\")}")
                .load(Duration.ofMillis(200));
        for (int i = 0; i < 4; i++) {
            set.names().forEach(name -> assertThat(catchThrowableOfType(
                            Unmappable.class, () -> set.apply(name, TextNode.valueOf("a".repeat(60) + "b"))))
                    .extracting(Unmappable::code)
                    .isEqualTo("mapping-too-slow"));
        }
        await().until(() -> matching() == 0);
    }

    @Test
    @Timeout(60)
    void a_condition_of_a_route_ends_too() {
        Condition condition = Condition.of("test(., \"^(.*)(.*)(.*)(.*)(.*)(.*)(.*)\\\\1z$\")");
        assertThat(condition.holds(Map.of(), TextNode.valueOf("a".repeat(60) + "b")))
                .isFalse();
        await().until(() -> matching() == 0);
    }

    private static long matching() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().startsWith("java.util.regex.Pattern")))
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().startsWith(RegularExpressions.class.getName())))
                .count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": now()}",
                "{\"a\": random()}",
                "{\"a\": uuid ( )}",
                "import \"/etc/passwd\" as x {}",
                "import \"../outside.jslt\" as x {}",
                "import \"http://127.0.0.1:1/x.jslt\" as x {}",
                "import \"classpath:x.jslt\" as x {}",
                "import /* */ \"file:/etc/passwd\" as x {}"
            })
    void a_mapping_reads_its_input_only(String mapping) {
        assertThat(catchThrowableOfType(
                                InvalidMappings.class,
                                () -> MappingSet.of(
                                        Edition.readMappings(Directory.in(directory)
                                                .with("own.jslt", mapping)
                                                .path()),
                                        LIMIT))
                        .faults())
                .allSatisfy(fault -> assertThat(fault.toString()).startsWith("own.jslt:"));
    }

    @Test
    void words_of_a_text_are_no_calls() {
        assertThat(Directory.in(directory)
                        .with("own.jslt", "// not now()\n{\"a\": \"random() now\"}")
                        .load()
                        .apply("own", TextNode.valueOf(""))
                        .get("a")
                        .asText())
                .isEqualTo("random() now");
    }
}
