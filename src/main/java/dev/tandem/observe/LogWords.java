package dev.tandem.observe;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.tandem.reader.ReaderTime;

/** The words of a line of the log, with each moment in the zone of this machine. */
public final class LogWords extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return ReaderTime.here().exactIn(super.convert(event));
    }
}
