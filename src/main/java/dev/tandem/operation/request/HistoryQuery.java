package dev.tandem.operation.request;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;

/**
 * How far to look back.
 *
 * @param span {@code hour}, {@code day} (if not given) or {@code month}
 * @param zone whose days are meant; UTC if not given
 */
public record HistoryQuery(String span, String zone) {
    private static final Set<String> SPANS = Set.of("hour", "day", "month");

    public HistoryQuery {
        span = span == null ? "day" : span;
        zone = zone == null ? "UTC" : zone;
        if (!SPANS.contains(span)) {
            throw RequestRefused.field("span", "one of " + SPANS);
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw RequestRefused.field("zone", "a time zone such as Asia/Phnom_Penh");
        }
    }
}
