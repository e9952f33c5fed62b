package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outcome.Unmappable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingSetTest {
    @TempDir
    Path temp;

    private Directory dir;

    @BeforeEach
    void make() {
        dir = Directory.in(temp);
    }

    private JsonNode map(String mapping, String input) {
        return dir.with("m.jslt", mapping).load().apply("m", TheMappings.json(input));
    }

    @Test
    void a_key_that_is_given_null_is_left_out_and_every_other_value_stays() {
        assertThat(map(
                        "{\"a\": .missing, \"b\": .none, \"c\": {}, \"d\": [], \"e\": \"\", \"f\": 0}",
                        "{'none': null}"))
                .isEqualTo(TheMappings.json("{'c': {}, 'd': [], 'e': '', 'f': 0}"));
    }

    @Test
    void an_explicit_null_is_written_as_null_at_any_depth() {
        assertThat(map("{\"a\": explicit-null(), \"b\": [{\"c\": explicit-null()}]}", "{}"))
                .isEqualTo(TheMappings.json("{'a': null, 'b': [{'c': null}]}"));
    }

    @Test
    void an_absent_key_and_one_that_is_null_can_be_told_apart() {
        String mapping = "[has-key(., \"a\"), has-key(., \"b\")]";
        assertThat(map(mapping, "{'a': null}")).isEqualTo(TheMappings.json("[true, false]"));
    }

    @Test
    void the_input_that_is_passed_through_keeps_its_nulls_and_is_not_changed() {
        JsonNode input = TheMappings.json("{'in': {'x': null}}");
        JsonNode before = input.deepCopy();
        assertThat(dir.with("m.jslt", "{\"out\": .in, \"n\": explicit-null()}")
                        .load()
                        .apply("m", input))
                .isEqualTo(TheMappings.json("{'out': {'x': null}, 'n': null}"));
        assertThat(input).isEqualTo(before);
    }

    @Test
    void what_goes_wrong_while_mapping_names_the_mapping_and_no_value() {
        Unmappable failure =
                catchThrowableOfType(Unmappable.class, () -> map("{\"a\": number(.name)}", "{'name': 'Sok Example'}"));
        assertThat(failure.code()).isEqualTo("mapping-failed");
        assertThat(failure.field()).isEqualTo("m");
        assertThat(failure.getMessage()).contains("m").doesNotContain("Sok");
        assertThat(failure.getCause()).isNull();
        assertThat(failure.offendingValue()).contains("Sok");
    }

    @Test
    void endless_recursion_parks_the_record_and_nothing_more() {
        assertThatThrownBy(() -> map("def f(x) f($x + 1)\nf(0)", "{}"))
                .isInstanceOfSatisfying(
                        Unmappable.class, e -> assertThat(e.code()).isEqualTo("mapping-failed"));
    }

    @Test
    @Timeout(30)
    void a_mapping_that_does_not_end_is_given_up_and_the_next_record_is_mapped() {
        dir.with("slow.jslt", "def f(n) if ($n > 0) f($n - 1) + size({\"a\": f($n - 1)}) else 1\nf(60)");
        MappingSet set = dir.with("m.jslt", "{\"a\": 1}").load(Duration.ofMillis(200));
        // More often than there are places for those that have not ended yet: each must give its place back.
        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> set.apply("slow", TheMappings.json("{}")))
                    .isInstanceOfSatisfying(
                            Unmappable.class, e -> assertThat(e.code()).isEqualTo("mapping-too-slow"));
        }
        assertThat(set.apply("m", TheMappings.json("{}"))).isEqualTo(TheMappings.json("{'a': 1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f(n) if ($n > 0) f($n - 1) + f($n - 1) else 1\nf(60)",
                "import \"lib.jslt\" as lib\n[for ([1, 2, 3]) lib:f(60)]"
            })
    @Timeout(30)
    void a_recursion_that_reads_nothing_ends_when_it_is_given_up(String endless) {
        dir.with("lib.jslt", "def f(n) if ($n > 0) f($n - 1) + f($n - 1) else 1");
        MappingSet set = dir.with("endless.jslt", endless).load(Duration.ofMillis(200));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> set.apply("endless", TheMappings.json("{}")))
                    .isInstanceOfSatisfying(
                            Unmappable.class, e -> assertThat(e.code()).isEqualTo("mapping-too-slow"));
            await().until(() -> !MappingSet.goingOn().contains("endless"));
        }
    }

    @Test
    @Timeout(60)
    void what_JSLT_does_in_one_step_is_known_to_go_on_until_it_ends() {
        StringBuilder doubled = new StringBuilder("let a0 = [.x]\nlet b0 = [.x]\n");
        for (int i = 1; i <= 27; i++) {
            doubled.append("let a%1$d = [$a%2$d, $a%2$d]\nlet b%1$d = [$b%2$d, $b%2$d]\n".formatted(i, i - 1));
        }
        MappingSet set = dir.with("doubled.jslt", doubled + "$a27 == $b27").load(Duration.ofMillis(20));
        assertThatThrownBy(() -> set.apply("doubled", TheMappings.json("{'x': 1}")))
                .isInstanceOfSatisfying(
                        Unmappable.class, e -> assertThat(e.code()).isEqualTo("mapping-too-slow"));
        assertThat(MappingSet.goingOn()).contains("doubled");
        await().until(() -> !MappingSet.goingOn().contains("doubled"));
    }

    @Test
    void all_faults_are_told_at_once_each_with_file_line_and_column() {
        dir.with("a.jslt", "{\"a\": 1,\n \"b\" 2}")
                .with("sub/b.jslt", "{\n  \"x\": nothing(.)\n}")
                .with("c.jslt", "import \"lib.jslt\" as lib\nlib:f(1)")
                .with("d.jslt", "import \"lib.jslt\" as lib\nlib:f(2)")
                .with("lib.jslt", "def f(x)\n  $y")
                .with("code-lists/provinces.csv", "code,owner,direction\n1,a,there\n");
        assertThat(dir.faults())
                .containsExactlyInAnyOrder(
                        "a.jslt:2:6: Encountered \" <INTEGER> \"2 \"\" (look at or just before this place for a bracket, a"
                                + " comma or a quote)",
                        "sub/b.jslt:2:8: No such function: 'nothing' (see docs/edit/mappings.md)",
                        "lib.jslt:2:3: there is no variable $y (declare it with let, or as an argument of the function)",
                        "code-lists/provinces.csv:2:1: \"1\" in code is not of the form ([0-9]{2})? (write 01: a"
                                + " spreadsheet has dropped the leading zero; format the column as text)");
    }

    @Test
    void an_import_reaches_only_files_of_the_directory() {
        dir.with("a.jslt", "// first\nimport \"../secret.jslt\" as s\ns:f(1)")
                .with("b.jslt", "import \"/etc/passwd\" as s\ns:f(1)")
                .with("c.jslt", "import \"sub/../lib.jslt\" as s\ns:f(1)")
                .with("lib.jslt", "def f(x) $x");
        assertThat(dir.faults()).hasSize(3).allMatch(fault -> fault.contains("cannot import"));
        assertThat(dir.faults().get(0)).startsWith("a.jslt:2: cannot import \"../secret.jslt\"");
    }

    @Test
    void a_link_that_leads_out_of_the_directory_is_a_fault() throws IOException {
        Path mappings = Files.createDirectory(temp.resolve("mappings"));
        Path outside = Files.writeString(temp.resolve("outside.jslt"), "{\"a\": 1}");
        Directory inside = Directory.in(mappings);
        Files.createSymbolicLink(mappings.resolve("m.jslt"), outside);
        assertThat(inside.faults()).singleElement().asString().startsWith("m.jslt: this link leads out");
    }

    @Test
    void a_mounted_config_map_is_read_as_the_version_that_its_link_points_to() throws IOException {
        Path mount = Files.createDirectory(temp.resolve("mount"));
        Directory.in(Files.createDirectory(mount.resolve("..v1"))).with("m.jslt", "{\"v\": 1}");
        Directory.in(Files.createDirectory(mount.resolve("..v2"))).with("m.jslt", "{\"v\": 2}");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..v2"));
        Files.createSymbolicLink(mount.resolve("m.jslt"), Path.of("..data/m.jslt"));
        MappingSet set = new Directory(mount).load();
        assertThat(set.names()).containsExactly("m");
        assertThat(set.apply("m", TheMappings.json("{}"))).isEqualTo(TheMappings.json("{'v': 2}"));
    }

    @Test
    void a_file_of_functions_only_is_no_mapping() {
        MappingSet set = dir.with("lib.jslt", "def f(x) $x + 1")
                .with("m.jslt", "import \"lib.jslt\" as lib\nlib:f(1)")
                .load();
        assertThat(set.names()).containsExactly("m");
        assertThat(set.apply("m", TheMappings.json("{}")).asInt()).isEqualTo(2);
    }

    @Test
    void a_code_list_misspelt_in_a_mapping_is_found_before_the_first_record() {
        dir.with("m.jslt", "// code(\"nonsense\", \"there\", .x)\n{\"a\": code(\"colors\", \"there\", .x)}")
                .with("n.jslt", "{\"a\": code-or-null(\"colours\", \"their\", .x)}");
        assertThat(dir.faults())
                .containsExactly(
                        "m.jslt:2:7: there is no sound code list colors (see code-lists/lists.csv)",
                        "n.jslt:1:7: colours.csv has no key for the direction their (one of there, back)");
    }
}
