package dev.tandem.oscar.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.ledger.sweeps.WindowReads.State;
import dev.tandem.outcome.AnswerLost;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the outcome of a read in one piece means for the next ones (protocol 6). */
final class FeedChanges {
    /** Usual gateways cut at 60 seconds. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    /** One may fail for any reason. */
    private static final int FAILURES = 2;

    /** Answers that are wrong, not too large. */
    private static final Set<String> FOREIGN = Set.of("feed-empty", "feed-without-data", AccountRegistration.MISSING);

    private static final String GAP = "unreadable/changes";

    private final Ledger ledger;

    FeedChanges(Ledger ledger) {
        this.ledger = ledger;
    }

    /** When the last complete sweep began; later, where the changes since then do not fit into one answer. */
    Optional<Instant> from(Sweep sweep) {
        return ledger.windowReads()
                .of(sweep.source())
                .changesFrom()
                .map(day -> day.plus(1, ChronoUnit.DAYS))
                .filter(moved -> sweep.lastComplete().filter(moved::isAfter).isPresent())
                .or(sweep::lastComplete);
    }

    void read(Sweep sweep, Duration took) {
        State state = ledger.windowReads().of(sweep.source());
        boolean byWindows = sweep.full() ? took.compareTo(LONGEST) > 0 : state.byWindows();
        State next = new State(
                byWindows,
                state.underWay(),
                state.usualSeconds(),
                state.unreadable(),
                sweep.full() ? state.changesFailed() : 0,
                sweep.full() ? state.changesFrom() : Optional.empty());
        if (!next.equals(state)) {
            ledger.windowReads().save(sweep.source(), next);
        }
        if (sweep.full()) {
            fullReadStands(sweep, next);
        }
    }

    void failed(Sweep sweep, AnswerLost lost) {
        State state = ledger.windowReads().of(sweep.source());
        if (FOREIGN.contains(lost.code()) || (!sweep.full() && !state.byWindows())) {
            return;
        }
        int failures = sweep.full() ? state.changesFailed() : state.changesFailed() + 1;
        Optional<Instant> moved = Optional.empty();
        if (failures >= FAILURES) {
            Instant from = FeedWindow.day(from(sweep).orElseThrow());
            Instant today = ledger.clock().now().truncatedTo(ChronoUnit.DAYS);
            Instant next = from.isBefore(today) ? from.plus(1, ChronoUnit.DAYS) : from;
            moved = Optional.of(next);
            failures = 0;
            list(sweep, next);
        }
        ledger.windowReads()
                .save(
                        sweep.source(),
                        new State(
                                true,
                                state.underWay(),
                                state.usualSeconds(),
                                state.unreadable(),
                                failures,
                                moved.or(state::changesFrom)));
    }

    /** A full read shows what changed before it, so the gap is none any more, unless it is still growing. */
    void fullReadStands(Sweep sweep, State state) {
        if (state.changesFrom().isEmpty()
                && !ledger.effects().of(ClientSweep.FLOW, GAP).isEmpty()) {
            mark(GAP, UnreadableRow.gone());
        }
    }

    private void list(Sweep sweep, Instant moved) {
        mark(
                GAP,
                UnreadableRow.said("what changed in OSCaR from "
                        + FeedWindow.day(sweep.lastComplete().orElse(moved)) + " to " + moved
                        + " does not fit into one answer. Full reads by windows stand for it, without risk and note of"
                        + " referrals: ask OSCaR's operators to raise the time limit of their gateway"));
    }

    private void mark(String record, ObjectNode kept) {
        ledger.marks()
                .mark(
                        ClientSweep.FLOW,
                        List.of(FeedMarks.unreadable(
                                record, kept, ledger.clock().now(), false)));
    }
}
