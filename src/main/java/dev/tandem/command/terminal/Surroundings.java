package dev.tandem.command.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tandem.reader.ReaderTime;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * What a command has around it; a process, or a test.
 *
 * @param environment as {@link System#getenv()}
 * @param workingDirectory where settings are looked for
 * @param out for reports
 * @param err for everything else
 * @param answer the next line that a person types; blank if there is none
 * @param terminal whether a person looks on
 * @param onSignal takes what to do when the process is told to stop
 * @param ifCutShort takes what to do when the process is told to stop before the command has ended, which it then does not
 * @param time how whoever looks on reads moments
 * @param quiet keeps the log to warnings, so that a short command prints its report and nothing else
 */
public record Surroundings(
        Map<String, String> environment,
        Path workingDirectory,
        PrintWriter out,
        PrintWriter err,
        Supplier<String> answer,
        boolean terminal,
        Consumer<Runnable> onSignal,
        Consumer<Runnable> ifCutShort,
        ReaderTime time,
        Runnable quiet) {

    /** Those of this process. */
    public static Surroundings ofProcess(CleanStop stop) {
        return new Surroundings(
                System.getenv(),
                Path.of(""),
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Surroundings::typed,
                attached(),
                stop::onSignal,
                stop::ifCutShort,
                ReaderTime.here(),
                () -> ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN));
    }

    @SuppressWarnings("SystemConsoleNull") // where nobody types there is none, or one that answers nothing
    private static String typed() {
        Console console = System.console();
        String line = console == null ? null : console.readLine();
        return line == null ? "" : line;
    }

    @SuppressWarnings("SystemConsoleNull") // null up to 21; from 22 on it is asked below
    private static boolean attached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console also where output goes to a file, and this method to ask it.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
