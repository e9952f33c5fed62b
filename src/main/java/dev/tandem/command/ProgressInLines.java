package dev.tandem.command;

import dev.tandem.operation.Progress;
import java.io.PrintStream;

/** Where there is no terminal to draw on: nothing but a line when a command waits for another process. */
record ProgressInLines(PrintStream stream) implements Progress {
    @Override
    public void begin(String step, long expected) {
        if (step.startsWith(WAITING)) {
            stream.println(Character.toUpperCase(step.charAt(0)) + step.substring(1) + " ...");
        }
    }

    @Override
    public void reached(long done) {}

    @Override
    public void end() {}
}
