package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeListTest {
    private static final String HEADER = "ours,theirs,direction,ambiguous,note\n";

    @TempDir
    Path temp;

    private Directory dir;

    @BeforeEach
    void make() {
        dir = Directory.in(temp);
    }

    private String fault(String rows) {
        var faults = dir.with("code-lists/colours.csv", rows).faults();
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    @Test
    void a_spreadsheets_byte_order_mark_and_line_ends_are_accepted() {
        MappingSet set = dir.with(
                        "code-lists/colours.csv",
                        ("\uFEFF" + HEADER + "red,\"Red, one\",both,,\"a\nb\"\n\nblue,Blue,both,,\n")
                                .replace("\n", "\r\n"))
                .load();
        assertThat(set.code("colours", "there", "red")
                        .orElseThrow()
                        .get("theirs")
                        .asText())
                .isEqualTo("Red, one");
        assertThat(set.code("colours", "back", "Blue").orElseThrow().get("ours").asText())
                .isEqualTo("blue");
    }

    @Test
    void a_row_is_used_in_its_own_direction_only() {
        MappingSet set = dir.with(
                        "code-lists/colours.csv",
                        HEADER + "red,Red,both,,\ncrimson,Red,there,,\nred,Rouge,back,,\ngrey,Grey,none,,\n")
                .load();
        assertThat(set.code("colours", "there", "crimson")).isPresent();
        assertThat(set.code("colours", "back", "Red").orElseThrow().get("ours").asText())
                .isEqualTo("red");
        assertThat(set.code("colours", "back", "Rouge")).isPresent();
        assertThat(set.code("colours", "there", "red")
                        .orElseThrow()
                        .get("theirs")
                        .asText())
                .isEqualTo("Red");
        assertThat(set.code("colours", "there", "grey")).isEmpty();
        assertThat(set.rows("colours"))
                .extracting(row -> row.get("ours").asText())
                .contains("grey");
    }

    @Test
    void an_empty_key_is_a_key() {
        MappingSet set = dir.with("code-lists/colours.csv", HEADER + ",Not Specified,both,,\n")
                .load();
        assertThat(set.code("colours", "there", "")).isPresent();
    }

    @Test
    void a_duplicate_key_is_told_with_both_lines() {
        assertThat(fault(HEADER + "red,Red,both,,\nred,Crimson,there,,\nx,Crimson,both,,\n"))
                .startsWith("code-lists/colours.csv:3:1: the key of line 2 again, in the direction there");
    }

    @Test
    void the_line_told_is_the_files_own_also_after_a_cell_of_two_lines() {
        assertThat(fault(HEADER + "red,Red,both,,\"two\nlines\"\n\nblue,Blue,sideways,,\n"))
                .startsWith(
                        "code-lists/colours.csv:5:3: the direction \"sideways\" is unknown (one of both, there, back, none)");
    }

    @Test
    void a_wrong_number_of_cells_is_told() {
        assertThat(fault(HEADER + "red,Red,both,\n"))
                .startsWith("code-lists/colours.csv:2: 4 cells where the header has 5");
    }

    @Test
    void unknown_and_missing_columns_are_told_together() {
        assertThat(dir.with("code-lists/colours.csv", "ours,theirs,direction,note,extra\nred,Red,both,,\n")
                        .faults())
                .containsExactly(
                        "code-lists/colours.csv:1:5: unknown column \"extra\" (remove it, or declare it in lists.csv)",
                        "code-lists/colours.csv:1: the column \"ambiguous\" is missing (add it to the header and each row)");
    }

    @Test
    void what_cannot_be_mapped_back_is_told() {
        assertThat(fault(HEADER + "red,Red,there,,\n"))
                .startsWith("code-lists/colours.csv:2:2: what this row gives cannot be");
        assertThat(fault(HEADER + "red,Red,back,,\n"))
                .startsWith("code-lists/colours.csv:2:1: what this row gives cannot be");
    }

    @Test
    void of_ambiguous_rows_exactly_one_must_be_the_way_back() {
        assertThat(dir.with("code-lists/colours.csv", HEADER + "red,Red,both,yes,\ncrimson,Red,there,yes,\n")
                        .faults())
                .isEmpty();
        assertThat(fault(HEADER + "red,Red,back,yes,\ncrimson,Red,there,yes,\nred,X,both,,\n"))
                .startsWith("code-lists/colours.csv:2:4: 0 of the 2 ambiguous rows for one value are \"both\"");
        assertThat(fault(HEADER + "red,Red,both,maybe,\n"))
                .startsWith("code-lists/colours.csv:2:4: ambiguous is neither");
    }

    @Test
    void semicolons_are_named_as_such() {
        assertThat(fault("ours;theirs;direction;ambiguous;note\nred;Red;both;;\n"))
                .isEqualTo(
                        "code-lists/colours.csv:1: the columns are separated by semicolons (save it as CSV separated by commas)");
    }

    @Test
    void a_list_that_is_not_declared_and_one_that_is_not_there_are_faults() {
        dir.with("code-lists/extra.csv", "a,direction\n")
                .with("code-lists/lists.csv", Directory.DECLARED + "shapes,a,there,\nshapes,direction,,\n");
        assertThat(dir.faults())
                .containsExactly(
                        "code-lists/lists.csv:10:1: there is no code-lists/shapes.csv (add the file, or remove the rows)",
                        "code-lists/extra.csv: this code list is not declared (add its columns to code-lists/lists.csv, or to a lists-NAME.csv beside it)");
    }
}
