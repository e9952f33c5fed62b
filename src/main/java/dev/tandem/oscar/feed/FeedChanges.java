package dev.tandem.oscar.feed;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.ledger.sweeps.WindowReads.State;
import dev.tandem.outcome.AnswerLost;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** What the outcome of a read in one piece means for the next ones (protocol 6). */
final class FeedChanges {
    /** Usual gateways cut at 60 seconds. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    /** One may fail for any reason. */
    private static final int FAILURES = 2;

    /** Answers that are wrong, not too large. */
    private static final Set<String> FOREIGN =
            Set.of("feed-empty", "feed-foreign", "feed-without-data", "html-answer", AccountRegistration.MISSING);

    private static final String GAP = "unreadable/changes";

    private final Ledger ledger;

    FeedChanges(Ledger ledger) {
        this.ledger = ledger;
    }

    /** When the last complete sweep began; later, where the changes since then do not fit into one answer. */
    Optional<Instant> from(Sweep sweep) {
        return state(sweep)
                .changesFrom()
                .map(day -> day.plus(1, ChronoUnit.DAYS))
                .filter(moved -> sweep.lastComplete().filter(moved::isAfter).isPresent())
                .or(sweep::lastComplete);
    }

    void read(Sweep sweep, Duration took) {
        State state = state(sweep);
        State next = sweep.full()
                ? with(state, took.compareTo(LONGEST) > 0, state.changesFailed(), state.changesFrom())
                : with(state, state.byWindows(), 0, Optional.empty());
        if (!next.equals(state)) {
            ledger.windowReads().save(sweep.source(), next);
        }
        if (sweep.full()) {
            fullReadStands(next);
        }
    }

    void failed(Sweep sweep, AnswerLost lost) {
        State state = state(sweep);
        if (FOREIGN.contains(lost.code()) || (!sweep.full() && !state.byWindows())) {
            return;
        }
        int failures = sweep.full() ? state.changesFailed() : state.changesFailed() + 1;
        Optional<Instant> changesFrom = state.changesFrom();
        if (failures >= FAILURES) {
            Instant from = FeedQuery.day(from(sweep).orElseThrow());
            Instant today = ledger.clock().now().truncatedTo(ChronoUnit.DAYS);
            Instant moved = from.isBefore(today) ? from.plus(1, ChronoUnit.DAYS) : from;
            changesFrom = Optional.of(moved);
            failures = 0;
            UnreadableRow.list(
                    ledger,
                    GAP,
                    "what changed in OSCaR from "
                            + FeedQuery.day(sweep.lastComplete().orElse(moved)) + " to " + moved
                            + " does not fit into one answer. Full reads by windows stand for it, without risk and note of"
                            + " referrals: ask OSCaR's operators to raise the time limit of their gateway",
                    ledger.clock().now());
        }
        ledger.windowReads().save(sweep.source(), with(state, true, failures, changesFrom));
    }

    /** A full read shows what changed before it, so the gap is none any more, unless it is still growing. */
    void fullReadStands(State state) {
        if (state.changesFrom().isEmpty()) {
            UnreadableRow.isGone(ledger, GAP, ledger.clock().now());
        }
    }

    private State state(Sweep sweep) {
        return ledger.windowReads().of(sweep.source());
    }

    private static State with(State state, boolean byWindows, int changesFailed, Optional<Instant> changesFrom) {
        return new State(
                byWindows, state.underWay(), state.usualSeconds(), state.unreadable(), changesFailed, changesFrom);
    }
}
