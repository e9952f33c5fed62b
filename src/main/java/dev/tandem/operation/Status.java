package dev.tandem.operation;

import dev.tandem.engine.Heartbeat;
import dev.tandem.engine.port.WebhookHealth;
import dev.tandem.ledger.EditionBook;
import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Replicas;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.ledger.storage.Flow;
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
import java.util.function.Predicate;
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
        reasons.addAll(pending());
        if (unanswered > 0) {
            reasons.add(new Reason(
                    "unanswered",
                    "unanswered",
                    "no NGO has answered within " + unansweredDays + " days: ask it whether it has seen the referral",
                    unanswered,
                    ledger.status().unansweredReferrals(before, EXAMPLES)));
        }
        return new StatusReport(
                ledgerIs(),
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

    private StatusReport.LedgerIs ledgerIs() {
        LedgerOrigin origin = ledger.origin().orElseThrow();
        return new StatusReport.LedgerIs(
                ledger.identity().ledgerId(),
                settings.db().address(),
                origin.initialisedAt(),
                origin.words(),
                ledger.replicas().running().stream().map(Status::service).toList());
    }

    /** Its id is that of its process and host, and something that tells it from others of the same. */
    private static StatusReport.Service service(Replicas.Replica replica) {
        String[] processAndHost = replica.id().replaceFirst("-[^-]*$", "").split("@", 2);
        return new StatusReport.Service(
                processAndHost[0], processAndHost[processAndHost.length - 1], replica.software(), replica.startedAt());
    }

    private StatusReport.Configuration configuration() {
        Optional<EditionBook.Entry> inForce = ledger.editions().inForce();
        return new StatusReport.Configuration(
                inForce.map(EditionBook.Entry::version),
                inForce.map(EditionBook.Entry::at),
                ledger.editions()
                        .turnedAway()
                        .map(entry -> new StatusReport.TurnedAway(
                                entry.version(), entry.at(), entry.files(), entry.faults())),
                settings.http().allowedInRoutes().stream().sorted().toList());
    }

    private List<StatusReport.Flow> flows() {
        Map<String, LedgerStatus.Flow> items =
                ledger.status().flows().stream().collect(Collectors.toMap(LedgerStatus.Flow::flow, flow -> flow));
        EffectCounts effects = new EffectCounts(ledger.status().effects(), Map.of());
        return flows.stream()
                .map(flow ->
                        flow(items.getOrDefault(flow, new LedgerStatus.Flow(flow, 0, 0, 0, Optional.empty())), effects))
                .toList();
    }

    private StatusReport.Flow flow(LedgerStatus.Flow items, EffectCounts effects) {
        Predicate<LedgerStatus.EffectCount> ofFlow = count -> count.flow().equals(items.flow());
        return new StatusReport.Flow(
                items.flow(),
                items.pending(),
                items.leased(),
                effects.in(ofFlow, "waiting"),
                effects.in(ofFlow, "parked"),
                effects.in(ofFlow, "baseline"),
                effects.possibleRepeats(ofFlow),
                items.oldestOpenSince()
                        .map(since ->
                                Duration.between(since, ledger.clock().now()).toSeconds()),
                items.settled(),
                ledger.pauses().paused(items.flow()));
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
                                        owed.since(), owed.full(), owed.cutShort(), owed.why(), owed.againAt())),
                        cursor.failed()
                                .map(failed -> new StatusReport.Failed(
                                        failed.at(), failed.after().toSeconds(), failed.why()))))
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
        long toGo = Math.max(0, way.to().until(ledger.clock().now(), ChronoUnit.SECONDS));
        long minutes = Math.round(way.spent().toSeconds() * (toGo / (double) done) / 60);
        return ", about " + Math.max(1, minutes) + " min to go";
    }

    private List<StatusReport.Gate> gates() {
        Map<String, StatusReport.Silent> silent = ledger.gates().silent().stream()
                .collect(Collectors.toMap(
                        GateBook.Silent::system, one -> new StatusReport.Silent(one.since(), one.why())));
        return ledger.gates().all().stream()
                .map(gate -> new StatusReport.Gate(
                        gate.system(),
                        gate.open(),
                        gate.closedAt(),
                        gate.code(),
                        Optional.ofNullable(silent.get(gate.system()))))
                .toList();
    }

    /** Why records are pending, as far as none of their effects says so. */
    private List<Reason> pending() {
        return ledger.status().pending(flows).stream()
                .map(some -> new Reason(
                        "pending",
                        some.why(),
                        some.flow() + ": " + words(some),
                        some.records(),
                        List.of(some.sample())))
                .toList();
    }

    private String words(LedgerStatus.Pending some) {
        return switch (some.why()) {
            case "turn" -> "another record of the same case is in work";
            case "later" -> "tried again, the first at " + some.nextDue();
            default -> stopped(some.flow()).orElse("about to be read and delivered");
        };
    }

    private Optional<String> stopped(String flow) {
        if (ledger.pauses().paused(flow)) {
            return Optional.of("a person has paused the flow");
        }
        return gates().stream()
                .filter(gate -> Flow.systems(flow).contains(gate.system()))
                .filter(gate -> !gate.open() || gate.silent().isPresent())
                .findFirst()
                .map(gate -> gate.open()
                        ? gate.system() + " does not answer"
                        : "the gate of " + gate.system() + " is closed: `reopen " + gate.system() + "`");
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
        return List.of("waiting", "parked", "baseline").contains(ofEffect) ? ofEffect : "pending";
    }
}
