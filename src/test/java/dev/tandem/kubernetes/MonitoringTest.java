package dev.tandem.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Alerts and board ask for what the service says, and every alert has been seen to fire. */
class MonitoringTest {
    private static final Path DIRECTORY = Path.of("k8s/monitoring");
    private static final Path METRICS = Path.of("docs/reference/metrics.md");
    private static final Pattern METRIC = Pattern.compile("\\b(?:tandem|camel)_[a-z0-9_]+");

    /** Reasons that are told by a metric which says more. */
    private static final Map<String, String> TOLD_BY = Map.of(
            "gate-closed", "tandem_gate_closed",
            "target-down", "tandem_target_down",
            "breaker-open", "tandem_breaker_open",
            "paused", "tandem_paused");

    private final JsonNode rules = yaml("alerts.yaml").at("/groups/0/rules");
    private final JsonNode board = json("board.json");

    @Test
    void every_metric_that_is_asked_for_is_one_of_the_service() throws IOException {
        Set<String> known = found(METRIC, Files.readString(METRICS));
        Set<String> asked = new TreeSet<>();
        Stream.concat(rules.findValuesAsText("expr").stream(), board.findValuesAsText("expr").stream())
                .forEach(expression -> asked.addAll(found(METRIC, expression)));

        assertThat(asked).hasSizeGreaterThan(15).allSatisfy(metric -> assertThat(known)
                // A timer is named once and has several numbers.
                .containsAnyOf(metric, metric.replaceFirst("_(sum|count|max)$", "")));
    }

    @Test
    void there_is_an_alert_for_every_reason_to_be_degraded() throws IOException {
        String page = Files.readString(METRICS);
        Set<String> reasons = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
                .matcher(page.substring(page.indexOf("## Reasons")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        String expressions = String.join("\n", rules.findValuesAsText("expr"));

        assertThat(reasons).hasSizeGreaterThan(10).allSatisfy(reason -> assertThat(expressions)
                .contains(TOLD_BY.getOrDefault(reason, "reason=\"" + reason + "\"")));
        assertThat(found(Pattern.compile("(?<=reason=\")[a-z-]+"), expressions)).isSubsetOf(reasons);
    }

    @Test
    void every_alert_is_explained_and_nothing_else_is() throws IOException {
        Set<String> explained = found(
                Pattern.compile("(?m)(?<=^\\| `)Tandem[A-Za-z]+"), Files.readString(Path.of("docs/operate/alerts.md")));

        assertThat(explained).containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void every_alert_is_tried_in_its_time_and_while_all_is_well() {
        Set<String> fired = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (JsonNode test : yaml("alerts.test.yaml").at("/tests")) {
            for (JsonNode look : test.path("alert_rule_test")) {
                (look.path("exp_alerts").isEmpty() ? silent : fired)
                        .add(look.path("alertname").asText());
            }
        }

        assertThat(fired).containsExactlyInAnyOrderElementsOf(alerts());
        assertThat(silent).containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void every_alert_fires_in_its_time_and_is_silent_while_all_is_well() throws Exception {
        Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "test", "rules", "alerts.test.yaml")
                    .directory(DIRECTORY.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, "promtool is not installed: that the alerts fire is not tried");
            return;
        }
        String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @Test
    void the_board_can_be_imported_anywhere() {
        List<JsonNode> panels =
                StreamSupport.stream(board.path("panels").spliterator(), false).toList();

        assertThat(board.path("uid").asText()).isNotBlank();
        assertThat(board.path("schemaVersion").asInt()).isPositive();
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
                assertThat(panel.path("targets")).isNotEmpty();
            }
        });
    }

    private List<String> alerts() {
        return rules.findValuesAsText("alert");
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode yaml(String file) {
        return read(new YAMLMapper(), file);
    }

    private static JsonNode json(String file) {
        return read(new ObjectMapper(), file);
    }

    private static JsonNode read(ObjectMapper mapper, String file) {
        try {
            return mapper.readTree(DIRECTORY.resolve(file).toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
