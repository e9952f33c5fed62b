package dev.tandem.observe;

import dev.tandem.call.Reachability;
import dev.tandem.ledger.FindingBook;
import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.sweeps.OwedSweep;
import dev.tandem.ledger.sweeps.SweepCursor;
import dev.tandem.live.RoutedFlows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the overview together. */
final class Overviews {
    /** The schedule's first moment after that one; none if the source is never read by it. */
    interface Next {
        Optional<Instant> after(String source, boolean full, Instant moment);
    }

    private Overviews() {}

    static Overview of(LedgerReading reading, Watched watched, List<Verdict> verdicts, RoutedFlows routed, Next next) {
        return new Overview(
                reading.at(),
                reading.flows().stream().map(flow -> flow(flow, routed)).toList(),
                watched.systems().stream()
                        .map(system -> system(system, reading, watched, next))
                        .toList(),
                verdicts.stream()
                        .sorted(Comparator.comparing(verdict -> Trouble.urgency(verdict.reason())))
                        .toList(),
                reading.parity()
                        .map(Parity::run)
                        .map(run -> new Overview.ParityNow(run.endedAt(), run.records(), run.inStep())),
                reading.examination().map(FindingBook.Examination::at),
                reading.configuration().version());
    }

    private static Overview.FlowNow flow(FlowReading reading, RoutedFlows routed) {
        var open = reading.unsettled();
        return new Overview.FlowNow(
                reading.flow(),
                Flow.source(reading.flow()),
                Flow.target(reading.flow()),
                routed.flows().stream()
                        .filter(flow -> flow.name().equals(reading.flow()))
                        .findFirst()
                        .map(Flow::kinds)
                        .orElse(Set.of())
                        .stream()
                        .sorted()
                        .toList(),
                open.pending(),
                open.leased(),
                open.waiting(),
                open.parked(),
                open.possibleRepeats(),
                open.oldestOpenSince(),
                reading.settledHere(),
                reading.paused());
    }

    private static Overview.SystemNow system(String system, LedgerReading reading, Watched watched, Next next) {
        Optional<GateBook.Gate> closed = reading.gates().stream()
                .filter(gate -> gate.system().equals(system) && !gate.open())
                .findFirst();
        Optional<SweepCursor> cursor = reading.sweeps().stream()
                .filter(sweep -> sweep.source().equals(system))
                .findFirst();
        Reachability.Found found = watched.reachability().apply(system);
        return new Overview.SystemNow(
                system,
                closed.isEmpty(),
                closed.flatMap(GateBook.Gate::code),
                closed.flatMap(GateBook.Gate::closedAt),
                found.down() ? found.failingSince() : Optional.empty(),
                cursor.filter(SweepCursor::underWay).isPresent(),
                cursor.flatMap(SweepCursor::lastComplete),
                cursor.flatMap(SweepCursor::lastFull),
                next.after(system, false, reading.at()),
                next.after(system, true, reading.at()),
                cursor.flatMap(SweepCursor::missing).map(OwedSweep::since),
                watched.webhooks().contains(system));
    }
}
