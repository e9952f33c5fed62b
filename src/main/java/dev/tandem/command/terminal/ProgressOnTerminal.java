package dev.tandem.command.terminal;

import dev.tandem.operation.run.Progress;
import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar per step. It goes where the log goes, so that the report can be sent to a file. */
public final class ProgressOnTerminal implements Progress {
    private static final int WIDTH = 79;

    private final PrintStream stream;
    private Optional<ProgressBar> bar = Optional.empty();

    public ProgressOnTerminal(PrintStream stream) {
        this.stream = stream;
    }

    @Override
    public void begin(String step, long expected) {
        end();
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName(step)
                .setInitialMax(expected)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(stream, WIDTH))
                .build());
    }

    @Override
    public void reached(long done) {
        bar.ifPresent(running -> running.stepTo(done));
    }

    @Override
    public void end() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }
}
