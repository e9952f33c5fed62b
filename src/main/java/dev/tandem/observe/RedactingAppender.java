package dev.tandem.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The one place through which each line of the log goes: what the database's and the JSON libraries say of an exception may quote
 * a value of a record, whoever logs it. Of a chain with one of theirs only the classes and the frames are written.
 */
public final class RedactingAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {
    private static final List<String> QUOTING = List.of(
            "java.sql.",
            "org.h2.",
            "org.postgresql.",
            "org.jdbi.",
            "com.zaxxer.hikari.",
            "com.fasterxml.jackson.",
            "com.schibsted.spt.data.");
    private static final String LEFT_OUT = "(left out: it may quote a record)";

    private final AppenderAttachableImpl<ILoggingEvent> lines = new AppenderAttachableImpl<>();

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        List<IThrowableProxy> all = new ArrayList<>();
        gather(thrown, all);
        boolean quotes = all.stream().anyMatch(one -> QUOTING.stream().anyMatch(one.getClassName()::startsWith));
        lines.appendLoopOnAppenders(quotes ? redacted(event, thrown, all) : event);
    }

    private static void gather(IThrowableProxy thrown, List<IThrowableProxy> all) {
        if (thrown != null && !all.contains(thrown)) {
            all.add(thrown);
            gather(thrown.getCause(), all);
            if (thrown.getSuppressed() != null) {
                Arrays.stream(thrown.getSuppressed()).forEach(one -> gather(one, all));
            }
        }
    }

    private static ILoggingEvent redacted(ILoggingEvent event, IThrowableProxy thrown, List<IThrowableProxy> all) {
        String words = event.getFormattedMessage();
        for (IThrowableProxy one : all) {
            if (one.getMessage() != null && !one.getMessage().isBlank()) {
                words = words.replace(one.getMessage(), LEFT_OUT);
            }
        }
        String message = words;
        return overridden(
                ILoggingEvent.class,
                event,
                Map.of(
                        "getThrowableProxy", behind -> bare(thrown),
                        "getFormattedMessage", behind -> message,
                        "getMessage", behind -> message,
                        "getArgumentArray", behind -> null));
    }

    private static IThrowableProxy bare(IThrowableProxy thrown) {
        return overridden(
                IThrowableProxy.class,
                thrown,
                Map.of(
                        "getMessage", one -> LEFT_OUT,
                        "getCause", one -> one.getCause() == null ? null : bare(one.getCause()),
                        "getSuppressed",
                                one -> Arrays.stream(
                                                one.getSuppressed() == null
                                                        ? new IThrowableProxy[0]
                                                        : one.getSuppressed())
                                        .map(RedactingAppender::bare)
                                        .toArray(IThrowableProxy[]::new)));
    }

    private static <T> T overridden(Class<T> type, T behind, Map<String, Function<T, Object>> answers) {
        return type.cast(Proxy.newProxyInstance(
                RedactingAppender.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Function<T, Object> answer = answers.get(method.getName());
                    try {
                        return answer == null ? method.invoke(behind, arguments) : answer.apply(behind);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        lines.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return lines.iteratorForAppenders();
    }

    @Override
    public Appender<ILoggingEvent> getAppender(String name) {
        return lines.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return lines.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        lines.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return lines.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return lines.detachAppender(name);
    }
}
