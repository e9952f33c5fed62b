package dev.tandem.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTextsTest {
    @Test
    void the_steps_of_beans_go_by_their_names_of_the_release_before_too() throws IOException {
        assertThat(read("  method: heard\n  id: was-heard")).isEqualTo("  method: answered\n  id: was-heard");
        assertThat(read("method: \"heard(${exchange}, '/rows')\""))
                .isEqualTo("method: \"answered(${exchange}, '/rows')\"");
        assertThat(read("<bean method=\"heardReferrals\"/>")).isEqualTo("<bean method=\"answeredReferrals\"/>");
        assertThat(read("method: heardings")).isEqualTo("method: heardings");
    }

    private static String read(String text) throws IOException {
        return RouteTexts.text(
                RouteTexts.resources(Map.of("a.camel.yaml", text)).get(0));
    }
}
