package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    @TempDir
    Path temp;

    @Test
    void every_example_of_this_repository_holds_and_every_mapping_has_one() {
        assertThat(Examples.run(TheMappings.SET)).isEmpty();
        Set<String> tried = new TreeSet<>();
        TheMappings.SET.examples().forEach(example -> tried.add(example.mapping()));
        assertThat(tried).containsExactlyElementsOf(new TreeSet<>(TheMappings.SET.names()));
    }

    @Test
    void a_failure_names_file_and_paths_and_no_value() {
        MappingSet set = Directory.in(temp)
                .with("m.jslt", "{\"name\": .name, \"list\": [1, 2], \"more\": true}")
                .with(
                        "examples/m/one.json",
                        "{\"input\": {\"name\": \"Sokha\"}, \"output\": {\"name\": \"Dara\", \"list\": [1], \"less\": 1}}")
                .load();
        assertThat(Examples.run(set))
                .containsExactly(
                        "examples/m/one.json: $.less is missing; $.list has 2 elements, wanted 1; $.more is not"
                                + " wanted; $.name differs");
    }

    @Test
    void contains_compares_what_it_names_and_null_means_not_there() {
        Directory dir = Directory.in(temp).with("m.jslt", "[{\"a\": 1, \"b\": {\"c\": 2, \"d\": 3}}]");
        assertThat(Examples.run(dir.with(
                                "examples/m/x.json", "{\"input\": 0, \"contains\": [{\"b\": {\"c\": 2, \"e\": null}}]}")
                        .load()))
                .isEmpty();
        assertThat(Examples.run(dir.with("examples/m/x.json", "{\"input\": 0, \"contains\": [{\"b\": {\"d\": null}}]}")
                        .load()))
                .hasSize(1);
        assertThat(Examples.run(dir.with("examples/m/x.json", "{\"input\": 0, \"contains\": []}")
                        .load()))
                .hasSize(1);
    }

    @Test
    void unmappable_wants_that_reason_and_no_other() {
        Directory dir = Directory.in(temp).with("m.jslt", "{\"a\": date(.x, \"born\")}");
        String input = "{\"input\": {\"x\": \"yesterday\"}, \"unmappable\": ";
        assertThat(Examples.run(dir.with("examples/m/x.json", input + "\"not-a-date/born\"}")
                        .load()))
                .isEmpty();
        assertThat(Examples.run(dir.with("examples/m/x.json", input + "\"not-a-date/died\"}")
                        .load()))
                .hasSize(1);
        assertThat(Examples.run(dir.with("examples/m/x.json", "{\"input\": {}, \"unmappable\": \"not-a-date/born\"}")
                        .load()))
                .hasSize(1);
    }

    @Test
    void an_example_that_tests_nothing_is_a_fault() {
        Directory dir = Directory.in(temp)
                .with("m.jslt", "{\"a\": 1}")
                .with("examples/m/a.json", "{\"input\": 1}")
                .with("examples/n/b.json", "{\"input\": 1, \"output\": 1}")
                .with("examples/m/c.json", "{\"input\": 1,\n }");
        assertThat(dir.faults())
                .hasSize(3)
                .anyMatch(fault -> fault.startsWith("examples/m/a.json: an example needs"))
                .anyMatch(fault -> fault.startsWith("examples/n/b.json: there is no sound mapping"))
                .anyMatch(fault -> fault.startsWith("examples/m/c.json:2:"));
    }
}
