package dev.tandem.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressOnTerminalTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final ProgressOnTerminal progress =
            new ProgressOnTerminal(new PrintStream(screen, true, StandardCharsets.UTF_8));

    @Test
    void each_step_has_a_bar_that_is_finished_before_the_next() {
        progress.begin("reading OSCaR", -1);
        progress.reached(7);
        progress.begin("delivering", 4);
        progress.reached(4);
        progress.end();

        assertThat(screen.toString(StandardCharsets.UTF_8))
                .containsPattern("(?s)reading OSCaR.*7/\\?.*delivering 100%.*4/4");
    }
}
