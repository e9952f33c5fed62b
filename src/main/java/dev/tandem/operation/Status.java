package dev.tandem.operation;

import dev.tandem.engine.Heartbeat;
import dev.tandem.engine.WebhookHealth;
import dev.tandem.ledger.EditionBook;
import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.sweeps.WindowReads;
import dev.tandem.operation.report.Reason;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** How things stand, from the ledger's own counts. */
final class Status {
    private static final int EXAMPLES = 5;

    private final Settings settings;
    private final Ledger ledger;
    private final List<String> flows;

    /** @param flows those of the routes in force */
    Status(Settings settings, Ledger ledger, List<String> flows) {
        this.settings = settings;
        this.ledger = ledger;
        this.flows = flows;
    }

    StatusReport report() {
        int unansweredDays = settings.work().unansweredDays();
        Instant before = ledger.clock().now().minus(Duration.ofDays(unansweredDays));
        long unanswered = ledger.status().unansweredReferrals(before);
        List<Reason> reasons = new ArrayList<>(reasons(ledger));
        if (unanswered > 0) {
            reasons.add(new Reason(
                    "unanswered",
                    "unanswered",
                    "no NGO has answered within " + unansweredDays + " days: ask it whether it has seen the referral",
                    unanswered,
                    ledger.status().unansweredReferrals(before, EXAMPLES)));
        }
        return new StatusReport(
                flows(),
                cursors(),
                gates(),
                WebhookHealth.of(settings, ledger),
                reasons,
                ledger.status().unownedCases(),
                unanswered,
                configuration(),
                ledger.replicas()
                        .difference(Heartbeat.patience(settings.directories().lookEvery()))
                        .map(difference -> difference.replicas().stream()
                                .map(replica -> new StatusReport.Replica(
                                        replica.id(), replica.version(), replica.keyId(), replica.since()))
                                .toList())
                        .orElse(List.of()));
    }

    private StatusReport.Configuration configuration() {
        Optional<EditionBook.Entry> inForce = ledger.editions().inForce();
        return new StatusReport.Configuration(
                inForce.map(EditionBook.Entry::version),
                inForce.map(EditionBook.Entry::at),
                ledger.editions()
                        .turnedAway()
                        .map(entry -> new StatusReport.TurnedAway(
                                entry.version(), entry.at(), entry.files(), entry.faults())));
    }

    private List<StatusReport.Flow> flows() {
        Map<String, LedgerStatus.Flow> items =
                ledger.status().flows().stream().collect(Collectors.toMap(LedgerStatus.Flow::flow, flow -> flow));
        List<LedgerStatus.EffectCount> effects = ledger.status().effects();
        return flows.stream()
                .map(flow -> flow(flow, Optional.ofNullable(items.get(flow)), effects))
                .toList();
    }

    private StatusReport.Flow flow(
            String flow, Optional<LedgerStatus.Flow> items, List<LedgerStatus.EffectCount> effects) {
        return new StatusReport.Flow(
                flow,
                items.map(LedgerStatus.Flow::pending).orElse(0L),
                items.map(LedgerStatus.Flow::leased).orElse(0L),
                count(effects, flow, "waiting"),
                count(effects, flow, "parked"),
                count(effects, flow, "baseline"),
                sum(effects, flow, LedgerStatus.EffectCount::possibleRepeats),
                items.flatMap(LedgerStatus.Flow::oldestOpenSince)
                        .map(since ->
                                Duration.between(since, ledger.clock().now()).toSeconds()),
                items.map(LedgerStatus.Flow::settled).orElse(0L),
                ledger.pauses().paused(flow));
    }

    private static long count(List<LedgerStatus.EffectCount> effects, String flow, String state) {
        return effects.stream()
                .filter(count -> count.flow().equals(flow) && count.state().equals(state))
                .mapToLong(LedgerStatus.EffectCount::effects)
                .sum();
    }

    private static long sum(
            List<LedgerStatus.EffectCount> effects, String flow, ToLongFunction<LedgerStatus.EffectCount> of) {
        return effects.stream()
                .filter(count -> count.flow().equals(flow))
                .mapToLong(of)
                .sum();
    }

    private List<StatusReport.Cursor> cursors() {
        return ledger.sweeps().cursors().stream()
                .map(cursor -> new StatusReport.Cursor(
                        cursor.source(),
                        cursor.lastComplete(),
                        cursor.lastFull(),
                        cursor.watermark().or(() -> windowedRead(cursor.source())),
                        cursor.missing()
                                .map(owed -> new StatusReport.Owed(
                                        owed.since(), owed.full(), owed.cutShort(), owed.why(), owed.againAt()))))
                .toList();
    }

    /** How far a read by windows of creation is, and how long the rest will take, as far as that can be told. */
    private Optional<String> windowedRead(String source) {
        return ledger.windowReads().of(source).underWay().map(way -> "created up to " + way.to() + timeToGo(way));
    }

    private String timeToGo(WindowReads.UnderWay way) {
        Optional<Instant> first = way.first().filter(way.to()::isAfter);
        if (first.isEmpty()) {
            return "";
        }
        long done = first.get().until(way.to(), ChronoUnit.SECONDS);
        long rest = Math.max(0, way.to().until(ledger.clock().now(), ChronoUnit.SECONDS));
        long minutes = Math.round(way.spent().toSeconds() * (rest / (double) done) / 60);
        return ", about " + Math.max(1, minutes) + " min to go";
    }

    private List<StatusReport.Gate> gates() {
        return ledger.gates().all().stream()
                .map(gate -> new StatusReport.Gate(gate.system(), gate.open(), gate.closedAt(), gate.code()))
                .toList();
    }

    /** Why effects are not confirmed; {@link GateBook} and sweeps have their own lines. */
    static List<Reason> reasons(Ledger ledger) {
        return ledger.status().reasons().stream()
                .map(reason -> new Reason(
                        state(reason.state()),
                        Optional.ofNullable(reason.code()).orElse("owed"),
                        Optional.ofNullable(reason.words()).orElse("to be sent"),
                        reason.count(),
                        List.of(reason.sample())))
                .toList();
    }

    private static String state(String ofEffect) {
        return ofEffect.equals("waiting") || ofEffect.equals("parked") || ofEffect.equals("baseline")
                ? ofEffect
                : "pending";
    }
}
