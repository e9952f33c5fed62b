package dev.tandem.observe;

import dev.tandem.call.Reachability;
import dev.tandem.ledger.FindingBook;
import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.effects.HeldCalls;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.sweeps.EventActivity;
import dev.tandem.ledger.sweeps.SweepCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is wrong now, each as a sentence with what to do; from the newest reading, so that it can be asked at any rate. */
final class Verdicts implements Supplier<List<Verdict>> {
    private static final int SHOWN = 5;
    private static final Duration MOST_SKEW = Duration.ofMinutes(1);

    private final Readings readings;
    private final Watched watched;

    Verdicts(Readings readings, Watched watched) {
        this.readings = readings;
        this.watched = watched;
    }

    @Override
    public List<Verdict> get() {
        List<Verdict> verdicts = new ArrayList<>();
        Optional<Instant> diskFullSince = watched.diskFullSince().get();
        if (diskFullSince.isPresent()) {
            verdicts.add(Verdict.of(
                    Trouble.LEDGER,
                    "",
                    diskFullSince,
                    "The disk of the ledger's database has been full since " + seconds(diskFullSince.get()) + "."));
        } else if (watched.ledgerAway().get().isPresent()) {
            verdicts.add(Verdict.of(
                    Trouble.LEDGER,
                    "",
                    Optional.empty(),
                    watched.ledgerAway().get().get()));
        } else if (readings.failing()) {
            verdicts.add(Verdict.of(
                    Trouble.LEDGER,
                    "",
                    Optional.empty(),
                    "The ledger's database last answered " + readings.age().toSeconds() + " seconds ago."));
        }
        LedgerReading reading = readings.newest();
        owedSweeps(reading, verdicts);
        reading.replicas()
                .ifPresent(difference ->
                        verdicts.add(Verdict.of(Trouble.REPLICAS_DIFFER, "", Optional.empty(), difference.words())));
        reading.braked()
                .forEach(held -> verdicts.add(Verdict.of(
                        Trouble.BRAKED,
                        held.name(),
                        Optional.of(held.since()),
                        "Held since " + seconds(held.since()) + ": " + held.words() + ", after " + held.records()
                                + " records; " + held.effects() + " effects wait.")));
        watched.systems().forEach(system -> target(system, reading, verdicts));
        reading.flows().forEach(flow -> flow(flow, verdicts));
        parked(reading, verdicts);
        reading.undelivered()
                .forEach(notices -> verdicts.add(Verdict.of(
                        Trouble.NOTICES_UNDELIVERED,
                        notices.channel(),
                        Optional.of(notices.since()),
                        notices.notices() + (notices.notices() == 1 ? " notice" : " notices") + " could not be sent by "
                                + notices.channel() + "; the oldest is of " + seconds(notices.since()) + ".")));
        Duration skew = reading.skew().abs();
        if (skew.compareTo(MOST_SKEW) > 0) {
            verdicts.add(Verdict.of(
                    Trouble.CLOCK_SKEW,
                    "",
                    Optional.empty(),
                    "This machine's clock is " + skew.toSeconds() + " seconds "
                            + (reading.skew().isNegative() ? "behind" : "ahead of") + " the database's."));
        }
        reading.configuration()
                .rejected()
                .ifPresent(rejected -> verdicts.add(Verdict.of(
                        Trouble.EDIT_REJECTED,
                        "",
                        Optional.of(rejected.at()),
                        "The edit of " + rejected.at() + " was refused: " + String.join("; ", rejected.faults())
                                + ".")));
        List<String> goingOn = watched.mappingsGoingOn().get();
        if (!goingOn.isEmpty()) {
            verdicts.add(Verdict.of(
                    Trouble.MAPPING_GOES_ON,
                    "",
                    Optional.empty(),
                    "Given up and still running: "
                            + goingOn.stream().limit(SHOWN).collect(Collectors.joining(", ")) + "."));
        }
        drift(reading, verdicts);
        silentWebhooks(reading, verdicts);
        long unreadable = watched.unreadablePayloads();
        if (unreadable > 0) {
            verdicts.add(Verdict.of(
                    Trouble.PAYLOAD_KEY,
                    "",
                    Optional.empty(),
                    unreadable + " kept records are encrypted with a key that is no longer set."));
        }
        return List.copyOf(verdicts);
    }

    /** One for each check: a form that is gone takes many fields with it. */
    private static void drift(LedgerReading reading, List<Verdict> verdicts) {
        reading.drift().stream()
                .collect(Collectors.groupingBy(FindingBook.Drift::check, LinkedHashMap::new, Collectors.toList()))
                .forEach((check, drifts) -> verdicts.add(Verdict.of(
                        Trouble.DRIFT,
                        check,
                        Optional.of(drifts.get(0).since()),
                        drifts.stream()
                                        .limit(SHOWN)
                                        .map(FindingBook.Drift::words)
                                        .collect(Collectors.joining(" "))
                                + (drifts.size() > SHOWN ? " And " + (drifts.size() - SHOWN) + " more." : "") + " "
                                + drifts.get(0).remedy())));
    }

    private static void owedSweeps(LedgerReading reading, List<Verdict> verdicts) {
        reading.sweeps().forEach(cursor -> cursor.missing()
                .ifPresent(owed -> verdicts.add(Verdict.of(
                        Trouble.SWEEP_OWED,
                        cursor.source(),
                        Optional.of(owed.since()),
                        "A " + (owed.full() ? "full " : "") + "sweep of " + named(cursor.source())
                                + " has been owed since "
                                + seconds(owed.since()) + ": it was cut short"
                                + owed.why().map(why -> " (" + why + ")").orElse("") + "."))));
    }

    private void silentWebhooks(LedgerReading reading, List<Verdict> verdicts) {
        for (EventActivity.Source events : reading.eventSources()) {
            if (watched.webhooks().contains(events.source()) && events.silent(reading.at(), watched.silentAfter())) {
                verdicts.add(Verdict.of(
                        Trouble.WEBHOOK_SILENT,
                        events.source(),
                        events.heardAt(),
                        "No event of " + named(events.source()) + " has come"
                                + events.heardAt()
                                        .map(at -> " since " + seconds(at))
                                        .orElse(" yet")
                                + ", although its sweeps find changes."));
            }
        }
    }

    private void target(String system, LedgerReading reading, List<Verdict> verdicts) {
        reading.gates().stream()
                .filter(gate -> gate.system().equals(system) && !gate.open())
                .findFirst()
                .ifPresent(gate -> verdicts.add(Verdict.of(Trouble.GATE_CLOSED, system, gate.closedAt(), gate(gate))));
        reading.held().stream()
                .filter(held -> held.system().equals(system))
                .forEach(held ->
                        verdicts.add(Verdict.of(Trouble.CALLS_HELD, system, Optional.of(held.since()), held(held))));
        Reachability.Found found = watched.reachability().apply(system);
        if (found.down()) {
            verdicts.add(Verdict.of(
                    Trouble.TARGET_DOWN,
                    system,
                    found.failingSince(),
                    named(system) + " has not answered"
                            + found.failingSince()
                                    .map(since -> " since " + seconds(since))
                                    .orElse("")
                            + " (" + found.code() + ")"
                            + (found.words().isEmpty() ? "" : ": " + found.words()) + "."));
        }
        if (found.breakerOpen()) {
            verdicts.add(Verdict.of(
                    Trouble.BREAKER_OPEN,
                    system,
                    found.failingSince(),
                    named(system) + " failed again and again. Tandem leaves it alone for half a minute at a time."));
        }
    }

    private static String gate(GateBook.Gate gate) {
        return (gate.code().filter("not-registered"::equals).isPresent()
                        ? named(gate.system()) + "'s account is not registered as an external system"
                        : named(gate.system()) + " refused the login")
                + gate.code().map(code -> " (" + code + ")").orElse("")
                + gate.closedAt().map(at -> " at " + seconds(at)).orElse("") + ": nobody calls it.";
    }

    private static String held(HeldCalls.Held held) {
        return named(held.system()) + " fails every " + held.words() + " since " + seconds(held.since()) + "; "
                + held.waiting() + " held. "
                + held.nextTry()
                        .map(next -> "Another one is tried at " + seconds(next) + ".")
                        .orElse("Ten were tried: none goes before `reopen " + held.system() + "`.");
    }

    private void flow(FlowReading flow, List<Verdict> verdicts) {
        if (flow.paused()) {
            verdicts.add(Verdict.of(
                    Trouble.PAUSED, flow.flow(), Optional.empty(), flow.flow() + " was paused by a person."));
        }
        flow.unsettled()
                .oldestOpenSince()
                .filter(since -> since.plus(watched.pendingAge()).isBefore(flow.at()))
                .ifPresent(since -> verdicts.add(Verdict.of(
                        Trouble.BACKLOG,
                        flow.flow(),
                        Optional.of(since),
                        flow.flow() + ": a record has been open since " + seconds(since) + "; "
                                + flow.unsettled().pending() + " are pending.")));
        String source = Flow.source(flow.flow());
        stale(flow, source, false, SweepCursor::lastCompleteBegan, Trouble.SWEEP_STALE, verdicts);
        stale(flow, source, true, SweepCursor::lastFullBegan, Trouble.FULL_SWEEP_STALE, verdicts);
        if (source.equals("oscar")
                && flow.source().flatMap(SweepCursor::firstFull).isEmpty()) {
            verdicts.add(Verdict.of(
                    Trouble.REFERRALS_HELD,
                    source,
                    Optional.of(flow.initialisedAt()),
                    "OSCaR has not been read in full since the ledger was created at " + seconds(flow.initialisedAt())
                            + ": referrals are held."));
        }
    }

    private void stale(
            FlowReading flow,
            String source,
            boolean full,
            Function<SweepCursor, Optional<Instant>> last,
            Trouble trouble,
            List<Verdict> verdicts) {
        Instant since = flow.source().flatMap(last).orElse(flow.initialisedAt());
        watched.schedules()
                .expected(source, full, since)
                .filter(expected -> expected.isBefore(flow.at()))
                .ifPresent(expected -> verdicts.add(Verdict.of(
                        trouble,
                        source,
                        Optional.of(since),
                        named(source) + " was last read" + (full ? " in full" : "") + " at " + seconds(since)
                                + "; by its schedule it should have been read again by " + seconds(expected) + ".")));
    }

    private void parked(LedgerReading reading, List<Verdict> verdicts) {
        long parked = reading.flows().stream()
                .mapToLong(flow -> flow.unsettled().parked())
                .sum();
        if (parked > watched.parked()) {
            verdicts.add(Verdict.of(
                    Trouble.PARKED,
                    "",
                    Optional.empty(),
                    parked + " effects are parked; " + watched.parked() + " are allowed (tandem.alert.parked)."));
        }
    }

    private static String named(String system) {
        return SystemName.forPeople(system);
    }

    private static String seconds(Instant at) {
        return at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }
}
