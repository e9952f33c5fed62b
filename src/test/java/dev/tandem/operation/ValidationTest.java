package dev.tandem.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.report.ValidationReport;
import dev.tandem.settings.Settings;
import dev.tandem.settings.UnreachableSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor's mistake looks like: each is named with its file, and its line where there is one. */
class ValidationTest {
    @TempDir
    Path directory;

    @BeforeEach
    void copyWhatShips() throws IOException {
        for (String folder : List.of("routes", "mappings")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.toList()) {
                    Files.copy(file, directory.resolve(file.toString()));
                }
            }
        }
    }

    @Test
    void what_ships_is_well() {
        ValidationReport report = Validation.validate(settings());
        assertThat(report.faults()).isEmpty();
        assertThat(report.examples()).isGreaterThan(100);
    }

    @Test
    void files_as_editors_of_windows_write_them_are_well() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));
            }
        }
        assertThat(faults()).isEmpty();
    }

    @Test
    void a_misspelt_step_is_named_with_file_and_line() {
        edit("routes/read-case.camel.yaml", "- setBody:", "- setBdy:");
        assertThat(faults()).anyMatch(fault -> fault.contains("read-case.camel.yaml:1") && fault.contains("setBdy"));
    }

    @Test
    void every_unreadable_file_is_named_not_only_the_first() {
        edit("routes/read-case.camel.yaml", "- setBody:", "- setBdy:");
        edit("routes/link-to-oscar.camel.xml", "</routes>", "");
        assertThat(faults())
                .anyMatch(fault -> fault.contains("read-case.camel.yaml"))
                .anyMatch(fault -> fault.contains("link-to-oscar.camel.xml"));
    }

    @Test
    void a_direct_without_its_other_end_is_a_fault() {
        edit("routes/deliver-primero-to-oscar.camel.yaml", "direct:referral-to-oscar", "direct:referal-to-oscar");
        assertThat(faults())
                .anyMatch(fault -> fault.matches(
                        "deliver-primero-to-oscar.camel.yaml:\\d+: nothing begins at direct:referal-to-oscar.*"));
    }

    @Test
    void an_id_used_twice_is_a_fault_that_names_both_places() {
        edit("routes/read-case.camel.yaml", "id: call-referrals", "id: call-case");
        assertThat(faults())
                .anyMatch(fault -> fault.contains("the id call-case is used already at read-case.camel.yaml:"));
    }

    @Test
    void a_step_without_an_id_is_a_fault() {
        edit("routes/read-case.camel.yaml", "            id: call-referrals\n", "");
        assertThat(faults()).anyMatch(fault -> fault.matches("read-case.camel.yaml:\\d+: a step has no id.*"));
    }

    @Test
    void a_route_that_begins_nowhere_is_a_fault() throws IOException {
        Path half = directory.resolve("routes/half-written.camel.yaml");
        Files.writeString(half, "- route:\n    id: half-written\n    description: The first lines of a route\n");
        assertThat(faults())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("half-written.camel.yaml:")
                .contains("the route half-written begins nowhere");
    }

    @Test
    void an_id_on_the_shared_error_handling_is_a_fault() {
        edit("routes/errors.camel.yaml", "- routeConfiguration:\n", "- routeConfiguration:\n    id: errors\n");
        assertThat(faults()).anyMatch(fault -> fault.contains("errors.camel.yaml") && fault.contains("remove the id"));
    }

    @Test
    void an_unknown_bean_mapping_or_action_is_a_fault_with_its_line() {
        edit(
                "routes/read-case.camel.yaml",
                "ref: caseReading\n            method: answeredReferrals",
                "ref: caseReader\n            method: answeredReferrals");
        edit(
                "routes/referral-to-oscar.camel.yaml",
                "mapping:primero-to-oscar/referral",
                "mapping:primero-to-oscar/referal");
        edit("routes/decision-to-oscar.camel.yaml", "ledger:confirm", "ledger:confrm");
        assertThat(faults())
                .anyMatch(fault -> fault.matches("read-case.camel.yaml:\\d+: there is no bean named caseReader.*"))
                .anyMatch(fault -> fault.matches("referral-to-oscar.camel.yaml:\\d+: .*referal.*"))
                .anyMatch(fault -> fault.matches("decision-to-oscar.camel.yaml:\\d+: there is no ledger:confrm.*"));
    }

    @Test
    void a_component_or_a_host_that_is_not_allowed_is_a_fault() {
        edit("routes/decision-to-oscar.camel.yaml", "ledger:confirm", "exec:rm");
        edit("routes/call-oscar.camel.yaml", "uri: \"{{tandem.oscar.url}}\"", "uri: https://elsewhere.example.org");
        assertThat(faults())
                .anyMatch(fault -> fault.contains("the component exec: may not be used"))
                .anyMatch(fault -> fault.contains("call-oscar.camel.yaml") && fault.contains("allowed-hosts"));
    }

    @Test
    void what_says_which_answers_are_the_systems_own_must_be_jslt() {
        edit("routes/call-oscar.camel.yaml", "else if ($method == \"PUT\")", "else if $method == \"PUT\")");
        edit("routes/call-primero.camel.yaml", "is-array(.errors) and", "is-list(.errors) and");
        assertThat(faults())
                .anyMatch(
                        fault -> fault.matches(
                                "call-oscar.camel.yaml:\\d+: the JSLT of successIs of the step success-of-oscar cannot be compiled: .+"))
                .anyMatch(
                        fault -> fault.matches(
                                "call-primero.camel.yaml:\\d+: the JSLT of refusalIs of the step refusal-of-primero cannot be compiled: .*is-list.*"));
    }

    /** Reading or building them would make the object, whatever its constructor does: here, a file. */
    @Test
    void nothing_is_made_of_a_class_that_a_route_names() {
        Path made = directory.resolve("made");
        String stream = "java.io.FileOutputStream('" + made.toString().replace('\\', '/') + "')";
        edit(
                "routes/read-case.camel.yaml",
                "aggregationStrategy: caseAndReferrals",
                "aggregationStrategy: \"#class:" + stream + "\"");
        edit(
                "routes/referral-to-oscar.camel.yaml",
                "ledger:confirm",
                "\"log:x?exchangeFormatter=#{{none:cl}}ass:" + stream + "\"");
        edit("routes/link-to-oscar.camel.xml", "ledger:confirm", "log:x?exchangeFormatter=&#35;class:" + stream);
        edit(
                "routes/errors.camel.yaml",
                "- routeConfiguration:\n",
                "- beans:\n    - name: x\n      type: java.io.FileOutputStream\n      constructors:\n        \"0\": \""
                        + made + "\"\n- routeConfiguration:\n");
        assertThat(faults())
                .anyMatch(fault -> fault.matches("read-case.camel.yaml:\\d+: an object by its class.*"))
                .anyMatch(fault -> fault.matches("referral-to-oscar.camel.yaml:\\d+: an object by its class.*"))
                .anyMatch(fault -> fault.matches("link-to-oscar.camel.xml:\\d+: an object by its class.*"))
                .anyMatch(fault -> fault.matches("errors.camel.yaml:\\d+: beans may not stand beside the routes.*"));
        assertThat(made).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{env:HOME}}",
                "{{PATH}}",
                "{{?PATH}}",
                "{{sys:user.home}}",
                "{{service:tandem}}",
                "{{boolean:true}}",
                "{{tandem.none:{{env:HOME}}}}",
                "{{tandem.primero.password}}",
                "{{?tandem.primero.user}}",
                "{{tandem.primero.password:none}}",
                "{{TANDEM_PRIMERO_PASSWORD}}",
                "${env:HOME}",
                "$simple{env:HOME}",
                "${sysenv.HOME}"
            })
    void nothing_is_read_of_what_surrounds_the_process(String reading) {
        edit(
                "routes/read-case.camel.yaml",
                "simple:\n                expression: \"${null}\"",
                "simple:\n                expression: \"" + reading + "\"");
        edit(
                "routes/call-primero.camel.yaml",
                "message: \"primero is down, or its circuit breaker is open\"",
                "message: \"" + reading + "\"");
        edit("routes/link-to-oscar.camel.xml", "ledger:confirm", "log:x?marker=" + reading);
        for (String file : List.of("read-case.camel.yaml", "call-primero.camel.yaml", "link-to-oscar.camel.xml")) {
            assertThat(faults())
                    .anyMatch(fault -> fault.matches(Pattern.quote(file)
                            + ":\\d+: .*(reaches outside the message|is no setting that routes may name).*"));
        }
    }

    static Stream<Arguments> endless() {
        String laughs = "- &a0 {route: {id: x}}\n";
        for (int i = 1; i < 12; i++) {
            laughs += "- &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "x]\n";
        }
        String route = "- route:\n    id: own\n    description: Own\n    from:\n      uri: direct:own\n      steps: ";
        return Stream.of(
                Arguments.of("own.camel.yaml", "- &self\n  route: *self\n"),
                Arguments.of("own.camel.yaml", "- &self [*self, *self]\n"),
                Arguments.of("own.camel.yaml", laughs),
                Arguments.of("own.camel.yaml", route + "[".repeat(10_000) + "]".repeat(10_000) + "\n"),
                Arguments.of("own.camel.yaml", route + "{a: ".repeat(10_000) + "1" + "}".repeat(10_000) + "\n"),
                Arguments.of("own.camel.yaml", "# " + "x".repeat(11 * 1024 * 1024) + "\n" + route + "[]\n"),
                Arguments.of("own.camel.yaml", route + "\"" + "x".repeat(5 * 1024 * 1024) + "\"\n"),
                Arguments.of(
                        "own.xml", "<routes>" + "<choice>".repeat(10_000) + "</choice>".repeat(10_000) + "</routes>"));
    }

    /** Each would end the thread that reads it, or take all memory. */
    @ParameterizedTest
    @MethodSource("endless")
    @Timeout(60)
    void a_text_without_end_or_bottom_is_a_fault_of_its_file(String file, String text) throws IOException {
        Files.writeString(directory.resolve("routes").resolve(file), text);
        assertThat(faults()).anyMatch(fault -> fault.startsWith(file));
    }

    @Test
    @Timeout(60)
    void a_mapping_without_bottom_is_a_fault_too() throws IOException {
        Files.writeString(directory.resolve("mappings/own.jslt"), "[".repeat(100_000) + "]".repeat(100_000));
        assertThat(faults()).isNotEmpty();
    }

    @Test
    void a_misspelt_setting_is_named_with_the_one_that_was_meant() {
        edit("routes/sweep-primero.camel.yaml", "{{tandem.primero.schedule}}", "{{tandem.primero.shedule}}");
        assertThat(faults())
                .anyMatch(fault ->
                        fault.matches("sweep-primero.camel.yaml:\\d+: .*tandem.primero.shedule.* is no setting.*"
                                + "did you mean tandem.primero.schedule\\?.*"));
    }

    @Test
    void a_flow_that_is_marked_and_not_delivered_or_the_other_way_round_is_a_fault() {
        edit("routes/sweep-primero.camel.yaml", "flow: primero-to-oscar", "flow: primero-to-oskar");
        edit("routes/webhook-primero.camel.yaml", "flow: primero-to-oscar", "flow: primero-to-oskar");
        assertThat(faults())
                .anyMatch(
                        fault -> fault.matches(
                                "sweep-primero.camel.yaml:\\d+: no route delivers the flow primero-to-oskar.*did you mean primero-to-oscar.*"))
                .anyMatch(
                        fault -> fault.matches(
                                "deliver-primero-to-oscar.camel.yaml:\\d+: no route marks records of the flow primero-to-oscar.*"));
    }

    /** The webhooks of this installation are switched off. */
    @Test
    void a_route_that_a_setting_switches_off_is_checked_and_built_all_the_same() {
        edit("routes/webhook-oscar.camel.yaml", "pause: \"{{tandem.oscar.sweep-on-event}}\"", "pause: soon");
        assertThat(faults()).anyMatch(fault -> fault.contains("soon"));
    }

    @Test
    void a_precondition_that_asks_for_more_than_settings_is_a_fault() {
        edit(
                "routes/webhook-primero.camel.yaml",
                "\"{{tandem.primero.webhook.enabled}}\"",
                "\"${bean:events?method=ofCase}\"");
        assertThat(faults()).anyMatch(fault -> fault.contains("the precondition of the route webhook-primero asks"));
    }

    @Test
    void a_webhook_that_does_not_ask_who_calls_is_a_fault() {
        edit(
                "routes/webhook-primero.camel.yaml",
                "ref: authenticity\n            method: primero",
                "ref: events\n            method: ofCase");
        assertThat(faults()).anyMatch(fault -> fault.contains("the webhook webhook-primero does not begin"));
    }

    @Test
    void routes_of_a_system_that_the_settings_do_not_name_are_faults_each_with_its_file() throws IOException {
        for (String folder : List.of("routes", "mappings")) {
            Path example = Path.of("docs/edit/second-pair").resolve(folder);
            try (Stream<Path> files = Files.walk(example)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = directory.resolve(folder).resolve(example.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        assertThat(faults())
                .anyMatch(fault -> fault.matches(
                        "call-registry.camel.yaml:\\d+: \\{\\{tandem.system.registry.url}} is no setting.*"))
                .anyMatch(fault -> fault.matches(
                        "sweep-registry.camel.yaml:\\d+: \\{\\{tandem.system.registry.schedule}} is no setting.*"))
                .anyMatch(
                        fault -> fault.matches(
                                "deliver-primero-to-registry.camel.yaml:\\d+: no route marks records of the flow primero-to-registry.*"));
    }

    @Test
    void a_broken_mapping_and_a_broken_list_are_named_with_their_lines() {
        edit("mappings/code-lists/risk-levels.csv", "low,low,both,", "high,low,both,");
        edit("mappings/primero-to-oscar/link.jslt", "{", "{ oops ");
        assertThat(faults())
                .anyMatch(fault -> fault.contains("risk-levels.csv:"))
                .anyMatch(fault -> fault.contains("link.jslt:"));
    }

    private List<String> faults() {
        return Validation.validate(settings()).faults();
    }

    private void edit(String file, String before, String after) {
        try {
            Path edited = directory.resolve(file);
            String text = Files.readString(edited);
            assertThat(text).as("what the test edits").contains(before);
            Files.writeString(edited, text.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Settings settings() {
        return UnreachableSystems.ofEdition(directory);
    }
}
