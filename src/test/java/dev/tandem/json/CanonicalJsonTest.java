package dev.tandem.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    private static String canonical(String json) throws Exception {
        return new String(CanonicalJson.bytes(new ObjectMapper().readTree(json)), StandardCharsets.UTF_8);
    }

    @Test
    void the_order_of_keys_and_the_spelling_of_numbers_do_not_matter() throws Exception {
        assertThat(canonical("{\"b\":[1.0,{\"d\":null,\"c\":true}], \"a\":\"ដ\\u0041\"}"))
                .isEqualTo("{\"a\":\"ដA\",\"b\":[1,{\"c\":true,\"d\":null}]}");
    }

    @Test
    void the_order_of_a_list_null_and_absent_and_text_and_number_do_matter() throws Exception {
        assertThat(canonical("[1,2]")).isNotEqualTo(canonical("[2,1]"));
        assertThat(canonical("{\"a\":null}")).isNotEqualTo(canonical("{}"));
        assertThat(canonical("\"1\"")).isNotEqualTo(canonical("1"));
    }
}
