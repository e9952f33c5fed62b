package dev.tandem.engine;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.tandem.settings.Settings.LogFormat;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * The form of the log's lines. Java sets the log up before any setting is read: in the form that the variable
 * {@code TANDEM_LOG_FORMAT} names, or as text.
 */
public final class Logs {
    private static final String PROPERTY = "tandem.log.format";
    private static final String VARIABLE = "TANDEM_LOG_FORMAT";

    private Logs() {}

    public static void write(LogFormat format) {
        String wanted = format.name().toLowerCase(Locale.ROOT);
        String before = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, "text"));
        if (wanted.equals(before) || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        System.setProperty(PROPERTY, wanted);
        configure(context, wanted);
    }

    static void configure(LoggerContext context, String format) {
        context.reset();
        context.putProperty(PROPERTY, format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(Logs.class.getResource("/logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException("the log's own configuration is faulty", e);
        }
    }
}
