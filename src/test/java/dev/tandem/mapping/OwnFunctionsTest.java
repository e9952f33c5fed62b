package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.outcome.Unmappable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFunctionsTest {
    @TempDir
    Path temp;

    private JsonNode eval(String expression, String x) {
        JsonNode input = JsonNodeFactory.instance.objectNode().put("x", x);
        return Directory.in(temp).with("m.jslt", expression).load().apply("m", input);
    }

    private Unmappable failure(String expression, String x) {
        return catchThrowableOfType(Unmappable.class, () -> eval(expression, x));
    }

    @Test
    void code_gives_the_row_as_an_object() {
        assertThat(eval("code(\"colours\", \"there\", .x)", "red").get("theirs").asText())
                .isEqualTo("Red One");
        assertThat(eval("code-or-null(\"colours\", \"there\", .x)", "blue").isNull())
                .isTrue();
    }

    @Test
    void a_code_without_row_parks_and_names_list_value_and_field() {
        Unmappable failure = failure("code(\"colours\", \"there\", .x, \"colour\")", "sky_blue");
        assertThat(failure).hasMessage("colours.csv has no row for \"sky_blue\" (field colour): add a row");
        assertThat(failure.code()).isEqualTo("unmapped-code");
        assertThat(failure.field()).isEqualTo("colour");
        assertThat(failure.offendingValue()).isEqualTo("sky_blue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sok Dara",
                "Sokha",
                "sok dara",
                "សុខ",
                "012345678",
                "2013-11-17",
                "20131117",
                "a@b.example",
                "Sok_Dara"
            })
    void what_may_be_personal_is_not_named(String value) {
        assertThat(failure("code(\"colours\", \"there\", .x, \"colour\")", value)
                        .getMessage())
                .doesNotContain(value)
                .contains("not shown");
    }

    @Test
    void no_row_says_as_data_what_code_throws() {
        assertThat(eval("no-row(\"colours\", .x, \"colour\")", "xyz"))
                .isEqualTo(TheMappings.JSON
                        .createObjectNode()
                        .put("code", "unmapped-code")
                        .put("field", "colour")
                        .put("words", "colours.csv has no row for \"xyz\" (field colour): add a row")
                        .put("offendingValue", "xyz"));
    }

    @Test
    void a_mapping_parks_by_itself() {
        Unmappable failure = failure("unmappable(\"blank\", \"name\", \"no name\", .x)", "v");
        assertThat(failure).hasMessage("no name");
        assertThat(failure.code() + "/" + failure.field() + "/" + failure.offendingValue())
                .isEqualTo("blank/name/v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2013-02-30", "2013-2-3", "22013-11-17", "17-11-2013", "2013-11-17T00:00:00Z", "x"})
    void a_text_that_is_not_a_real_date_parks(String value) {
        Unmappable failure = failure("date(.x, \"born\")", value);
        assertThat(failure.code() + "/" + failure.field()).isEqualTo("not-a-date/born");
        assertThat(failure.getMessage()).doesNotContain(value + " ").doesNotContain("2013");
    }

    @Test
    void a_real_date_passes_and_a_blank_one_is_null() {
        assertThat(eval("date(.x, \"born\")", "2012-02-29").asText()).isEqualTo("2012-02-29");
        assertThat(eval("date(.x, \"born\")", "").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2013-11-17,12",
        "2013-03-10,13",
        "2013-03-11,12",
        "2026-03-09,0",
        "2030-01-01,0",
        "2012-02-29,14",
        "'',0"
    })
    void age_is_completed_years(String born, int years) {
        assertThat(eval("age(.x, \"2026-03-10\")", born).intValue()).isEqualTo(years);
    }

    @Test
    void digits_are_digits_only() {
        assertThat(eval("digits(.x, \"f\")", "0041").asText()).isEqualTo("0041");
        assertThat(eval("whole-number(.x, \"f\")", "0041").longValue()).isEqualTo(41);
        assertThat(failure("whole-number(.x, \"f\")", "7x").code()).isEqualTo("not-digits");
        assertThat(failure("whole-number(.x, \"f\")", "-7").code()).isEqualTo("not-digits");
        assertThat(failure("whole-number(.x, \"f\")", "1234567890123456789").code())
                .isEqualTo("not-digits");
    }

    @Test
    void numbers_become_text_in_plain_decimal() {
        assertThat(eval("[text(120304), text(120304.0), text(1e5), text(0.0), text(\"07\"), text(null)]", ""))
                .isEqualTo(TheMappings.json("['120304', '120304', '100000', '0', '07', null]"));
    }

    @Test
    void millis_compares_moments_whatever_their_precision() {
        assertThat(eval("millis(\"2026-03-02T03:00:00.500Z\") - millis(\"2026-03-02T10:00:00+07:00\")", "")
                        .asInt())
                .isEqualTo(500);
        assertThat(eval("millis(.x)", "yesterday").isNull()).isTrue();
    }

    @Test
    void distinct_keeps_the_first_of_equal_ones_in_order() {
        assertThat(eval("distinct([\"b\", \"a\", \"b\"])", "")).isEqualTo(TheMappings.json("['b', 'a']"));
    }

    /** The examples of protocol 8, and the case id of contract mapping-facts O2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20673dfe-3699-5d80-8602-41f4acbb6eef|\"primero-case\", \"01SYNTHETIC00000000000000C\"",
                "4ce049f6-5424-5ec5-86e2-8576a18f736a|\"primero-case\", \"01SYNTHETIC00000000000000D\"",
                "8b089da7-7bce-5163-b94b-1709c3876086|\"primero-referral\", \"01SYNTHETIC00000000000000C\", \"cif\", 12,"
                        + " \"1a1accbd-90a9-4c71-a077-2595322744cb\"",
                "1f9bd42d-56fa-5448-a622-6fa75bb41ecc|\"primero-program\", \"01SYNTHETIC00000000000000E\", \"cif\","
                        + " \"Example programme\", \"37cd9808-c417-4a19-9563-36ac7865e2f8\""
            })
    void name_based_ids_are_those_of_the_protocol(String id, String parts) {
        assertThat(eval("uuid5(" + parts + ")", "").asText()).isEqualTo(id);
    }
}
