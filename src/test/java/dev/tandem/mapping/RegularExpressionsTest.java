package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ours give what JSLT's own give. */
class RegularExpressionsTest {
    private static final List<String> TEXTS = List.of(
            "\"a1b22c\"",
            "\"\"",
            "\",a,,b,,\"",
            "\"\u1780\u17d2 x$y\"",
            "\"2020-01-31\"",
            "12345",
            "0.50",
            "true",
            "null",
            "[1, 2]");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test(%s, \"[0-9]+\")",
                "test(%s, \"^$\")",
                "capture(%s, \"(?<y>[0-9]{4})-(?<m>[0-9]{2})(?<z>x)?\")",
                "capture(%s, \"no\")",
                "split(%s, \",\")",
                "split(%s, \"[0-9]\")",
                "split(%s, \"\")",
                "replace(%s, \"[0-9]\", \"$1\")",
                "replace(%s, \"^0+(?=.)\", \"\")",
                "replace(%s, \"a\", 7)",
                "replace(%s, \"a\", null)"
            })
    void they_give_the_same(String call) {
        TEXTS.forEach(text -> {
            String jslt = call.formatted(text);
            assertThat(eval(jslt, true)).as(jslt).isEqualTo(eval(jslt, false));
        });
    }

    @Test
    void what_is_none_fails_when_the_mapping_is_compiled() {
        assertThatThrownBy(() -> eval("test(\"\", \"(\")", true)).isInstanceOf(JsltException.class);
        assertThatThrownBy(() -> eval("test(\"\", \"(\" + .)", true)).isInstanceOf(JsltException.class);
        assertThatThrownBy(() -> eval("replace(\"xa\", \"a*\", \"\")", true)).isInstanceOf(JsltException.class);
    }

    private static Object eval(String jslt, boolean ours) {
        return Parser.compileString(jslt, ours ? RegularExpressions.all() : List.of())
                .apply(NullNode.instance);
    }
}
