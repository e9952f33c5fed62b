package dev.tandem.operation;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.history.HourlySums.Sum;
import dev.tandem.operation.report.record.HistoryReport;
import dev.tandem.operation.request.HistoryQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What was done over time; read once in a while, however many ask. */
final class Histories {
    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final int STRETCHES_OF_AN_HOUR = 12;
    private static final int HOURS_OF_A_DAY = 24;
    private static final int DAYS_OF_A_MONTH = 30;
    /** Zones are asked for by strangers: more than these are not kept. */
    private static final int MOST_KEPT = 50;

    private record Known(HistoryReport report, Instant at) {}

    private final Ledger ledger;
    private final Map<HistoryQuery, Known> known = new ConcurrentHashMap<>();

    Histories(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param flows also those of which nothing is known */
    HistoryReport of(HistoryQuery query, List<String> flows) {
        if (known.size() > MOST_KEPT) {
            known.clear();
        }
        Instant now = ledger.clock().now();
        return known.compute(
                        query,
                        (asked, last) -> last != null && last.at().plus(FRESH).isAfter(now)
                                ? last
                                : new Known(read(asked, flows, now), now))
                .report();
    }

    private HistoryReport read(HistoryQuery query, List<String> flows, Instant now) {
        ZonedDateTime here = now.atZone(ZoneId.of(query.zone()));
        return switch (query.span()) {
            case "hour" -> {
                ZonedDateTime last = Instant.ofEpochSecond(
                                now.getEpochSecond() / FIVE_MINUTES.toSeconds() * FIVE_MINUTES.toSeconds())
                        .atZone(here.getZone());
                yield points(
                        last.minus(FIVE_MINUTES.multipliedBy(STRETCHES_OF_AN_HOUR - 1L)),
                        STRETCHES_OF_AN_HOUR,
                        at -> at.plus(FIVE_MINUTES),
                        flows,
                        ledger.hourlySums()
                                .stretches(
                                        last.minus(FIVE_MINUTES.multipliedBy(STRETCHES_OF_AN_HOUR - 1L))
                                                .toInstant(),
                                        FIVE_MINUTES));
            }
            case "month" -> {
                ZonedDateTime first = here.truncatedTo(ChronoUnit.DAYS).minusDays(DAYS_OF_A_MONTH - 1L);
                yield points(
                        first,
                        DAYS_OF_A_MONTH,
                        at -> at.plusDays(1),
                        flows,
                        ledger.hourlySums().hours(first.toInstant()));
            }
            default -> {
                // Of the clock everywhere, since sums are kept by it.
                ZonedDateTime first =
                        now.truncatedTo(ChronoUnit.HOURS).atZone(here.getZone()).minusHours(HOURS_OF_A_DAY - 1L);
                yield points(
                        first,
                        HOURS_OF_A_DAY,
                        at -> at.plusHours(1),
                        flows,
                        ledger.hourlySums().hours(first.toInstant()));
            }
        };
    }

    private static HistoryReport points(
            ZonedDateTime first, int count, UnaryOperator<ZonedDateTime> next, List<String> flows, List<Sum> sums) {
        List<HistoryReport.Point> points = new ArrayList<>();
        ZonedDateTime begin = first;
        for (int one = 0; one < count; one++) {
            ZonedDateTime end = next.apply(begin);
            for (String flow : flows) {
                points.add(point(begin.toInstant(), end.toInstant(), flow, sums));
            }
            begin = end;
        }
        return new HistoryReport(points);
    }

    private static HistoryReport.Point point(Instant begin, Instant end, String flow, List<Sum> sums) {
        long delivered = 0;
        long parked = 0;
        long delay = 0;
        for (Sum sum : sums) {
            if (sum.flow().equals(flow) && !sum.at().isBefore(begin) && sum.at().isBefore(end)) {
                switch (sum.event()) {
                    case "confirmed" -> {
                        delivered += sum.lines();
                        delay += sum.delaySeconds();
                    }
                    case "parked" -> parked += sum.lines();
                    default -> {}
                }
            }
        }
        return new HistoryReport.Point(begin, flow, delivered, parked, delivered == 0 ? 0 : delay / delivered);
    }
}
