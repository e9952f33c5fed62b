package dev.tandem.observe;

import dev.tandem.ledger.EditionBook;
import dev.tandem.ledger.FindingBook;
import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.NoticeBook;
import dev.tandem.ledger.Replicas;
import dev.tandem.ledger.effects.HeldCalls;
import dev.tandem.ledger.items.Brake;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.ledger.sweeps.EventActivity;
import dev.tandem.ledger.sweeps.SweepCursor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is asked of the ledger at one moment.
 *
 * @param skew how far this machine's clock is ahead of the database's
 */
record LedgerReading(
        Instant at,
        Duration skew,
        List<FlowReading> flows,
        List<SweepCursor> sweeps,
        List<Brake.Held> braked,
        Optional<Replicas.Difference> replicas,
        List<GateBook.Gate> gates,
        List<HeldCalls.Held> held,
        List<EventActivity.Source> eventSources,
        Configuration configuration,
        List<FindingBook.Drift> drift,
        Optional<FindingBook.Examination> examination,
        Optional<Parity> parity,
        List<NoticeBook.Undelivered> undelivered) {
    /** @param channels the ways by which notices are sent */
    static LedgerReading of(Ledger ledger, List<String> flows, List<String> channels) {
        Instant now = ledger.clock().now();
        Instant initialisedAt = ledger.origin().map(LedgerOrigin::initialisedAt).orElse(now);
        List<SweepCursor> cursors = ledger.sweeps().cursors();
        Set<String> paused = ledger.pauses().all().keySet();
        Map<Tally.Entry, Long> counts = ledger.tally().counts();
        return new LedgerReading(
                now,
                // The one place that looks at this machine's own clock: to tell how wrong it is.
                Duration.between(now, Clock.systemUTC().instant()),
                ledger.status().unsettled(flows).stream()
                        .map(unsettled -> flow(unsettled, now, initialisedAt, cursors, paused, counts))
                        .toList(),
                cursors,
                ledger.brake().held(),
                ledger.replicas().difference(),
                ledger.gates().all(),
                ledger.heldCalls().all(),
                ledger.eventActivity().sources(),
                new Configuration(
                        ledger.editions()
                                .inForce()
                                .map(EditionBook.Entry::version)
                                .orElse(""),
                        ledger.editions()
                                .turnedAway()
                                .map(entry -> new Configuration.Rejected(entry.at(), entry.faults()))),
                ledger.findings().drift(),
                ledger.findings().last(),
                Parity.last(ledger),
                ledger.notices().undelivered(channels));
    }

    private static FlowReading flow(
            LedgerStatus.Unsettled unsettled,
            Instant now,
            Instant initialisedAt,
            List<SweepCursor> cursors,
            Set<String> paused,
            Map<Tally.Entry, Long> counts) {
        String flow = unsettled.flow();
        Optional<SweepCursor> source = cursors.stream()
                .filter(cursor -> cursor.source().equals(Flow.source(flow)))
                .findFirst();
        long settled = counts.getOrDefault(new Tally.Entry(flow, "record", "settled"), 0L);
        return new FlowReading(now, initialisedAt, unsettled, source, paused.contains(flow), settled);
    }

    long undelivered(String channel) {
        return undelivered.stream()
                .filter(notices -> notices.channel().equals(channel))
                .mapToLong(NoticeBook.Undelivered::notices)
                .sum();
    }

    Optional<FlowReading> flow(String name) {
        return flows.stream().filter(reading -> reading.flow().equals(name)).findFirst();
    }
}
