package dev.tandem.endtoend;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * The lines that the log has, at the levels that ship, while this is open; with {@code T} for a moment, {@code D} for a duration
 * and {@code N} for a number that differs from run to run.
 */
final class LogLines implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage()
                    + (event.getThrowableProxy() == null ? "" : " WITH A TRACE"));
        }
    };

    private Optional<Logger> closer = Optional.empty();

    LogLines() {
        root.setLevel(Level.INFO);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    /** Also what this logger says only to who looks closer. */
    LogLines closer(String logger) {
        closer = Optional.of((Logger) LoggerFactory.getLogger(logger));
        closer.get().setLevel(Level.DEBUG);
        return this;
    }

    List<String> all() {
        return lines.stream().map(LogLines::withoutChance).toList();
    }

    boolean has(String words) {
        return all().stream().anyMatch(line -> line.contains(words));
    }

    private static String withoutChance(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "T")
                .replaceAll("\\d+(\\.\\d)? (s|min|h|seconds)( \\d+ (s|min))?\\b", "D")
                .replaceAll("(port|version) [0-9a-f]+", "$1 N")
                .replaceAll("at try \\d+", "at try N");
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        closer.ifPresent(logger -> logger.setLevel(null));
        root.setLevel(before);
    }
}
