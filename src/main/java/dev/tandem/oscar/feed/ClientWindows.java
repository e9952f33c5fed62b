package dev.tandem.oscar.feed;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.ledger.sweeps.WindowReads.State;
import dev.tandem.ledger.sweeps.WindowReads.UnderWay;
import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.camel.Exchange;

/**
 * The steps of a full read by windows of creation, as the bean {@code clientWindows} (protocol 6): each is marked before the
 * next is asked for, and how far it is stands in the ledger, so that a restart goes on there.
 */
public final class ClientWindows {
    private static final String CREATED = "unreadable/created-";

    /** If all windows together took no longer, one piece may do again. */
    private static final Duration FITS = Duration.ofSeconds(20);

    /** Two in turn may be one moment on the edge of both; more of them are no matter of size. */
    private static final int UNREADABLE_IN_TURN = 2;

    private final Ledger ledger;

    public ClientWindows(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A read under way; the state in the ledger is what it was after the last window. */
    private static final class Reading {
        private final boolean fromItsBeginning;
        private final SortedSet<Instant> before;
        private final Set<String> ngos = new TreeSet<>();
        private final SortedSet<Instant> inTurn = new TreeSet<>();
        private State state;
        private boolean foundEmpty;
        private int nameless;
        private long rows;

        private Reading(State before, Instant now) {
            this.fromItsBeginning = before.underWay().isEmpty();
            this.before = before.unreadable();
            this.state = before;
            CreationWindow first = CreationWindow.begin(now);
            UnderWay way = before.underWay()
                    .orElseGet(() -> new UnderWay(now, first.from(), Optional.empty(), first.seconds(), Duration.ZERO));
            state = with(
                    Optional.of(way), before.usualSeconds(), fromItsBeginning ? new TreeSet<>() : before.unreadable());
        }

        private UnderWay way() {
            return state.underWay().orElseThrow();
        }

        private CreationWindow window() {
            return new CreationWindow(way().to(), way().seconds());
        }

        private void goesOn(CreationWindow next, UnderWay way, long usualSeconds, SortedSet<Instant> unreadable) {
            foundEmpty = false;
            state = with(
                    Optional.of(new UnderWay(way.began(), next.from(), way.first(), next.seconds(), way.spent())),
                    usualSeconds,
                    unreadable);
        }

        private State with(Optional<UnderWay> way, long usualSeconds, SortedSet<Instant> unreadable) {
            return new State(true, way, usualSeconds, unreadable, state.changesFailed(), state.changesFrom());
        }
    }

    /** Whether this sweep is to go by windows: a full one, if one piece has failed or taken too long. */
    public boolean begin(Exchange exchange) {
        Sweep sweep = exchange.getProperty(Carried.SWEEP, Sweep.class);
        State state = ledger.windowReads().of(sweep.source());
        if (!sweep.full() || !state.byWindows()) {
            return false;
        }
        Reading reading = new Reading(state, ledger.clock().now());
        exchange.setProperty(Carried.IN_WINDOWS, reading);
        exchange.setProperty(Carried.SWEEP, sweep.begunAt(reading.way().began()));
        save(exchange, reading.state);
        return true;
    }

    /** Whether a window is left. */
    public boolean more(Exchange exchange) {
        return !reading(exchange).window().isBehindAll();
    }

    /** The query of the next one. */
    public void ask(Exchange exchange) {
        CreationWindow window = reading(exchange).window();
        FeedQuery.askedAt(exchange, ledger.clock().now());
        FeedQuery.set(exchange, FeedQuery.created(window.from(), window.to()));
    }

    /** Its clients, a batch at a time. */
    public Iterator<List<Mark>> marks(Exchange exchange) {
        return new FeedMarks(ledger, exchange, true, reading(exchange).nameless);
    }

    /**
     * All of it is marked: on to the next, or once more if it was empty. The body becomes an empty list.
     *
     * @throws AnswerLost if it was not whole
     */
    public void read(Exchange exchange) throws IOException {
        FeedMarks marks = FeedMarks.ended(exchange);
        Reading reading = reading(exchange);
        reading.nameless = marks.nameless();
        reading.ngos.addAll(marks.ngos());
        long rows = marks.feed().rows();
        if (rows == 0 && marks.feed().hasFurtherKeys()) {
            throw new AnswerLost("feed-foreign", "an empty list that is not OSCaR's");
        }
        if (rows == 0 && !reading.foundEmpty) {
            // An empty list counts once a second question confirms it, as that of a whole system does.
            reading.foundEmpty = true;
            exchange.getMessage().setBody(List.of());
            return;
        }
        reading.rows += rows;
        Instant now = ledger.clock().now();
        Duration took = Duration.between(marks.requestedAt(), now);
        UnderWay way = reading.way();
        CreationWindow window = reading.window();
        long usualSeconds = reading.state.usualSeconds();
        reading.inTurn.clear();
        reading.goesOn(
                window.next(rows, took, usualSeconds, now),
                new UnderWay(
                        way.began(),
                        way.to(),
                        way.first().or(() -> Optional.of(window.from()).filter(from -> rows > 0)),
                        way.seconds(),
                        way.spent().plus(took)),
                rows > 0 ? window.seconds() : usualSeconds,
                reading.state.unreadable());
        saved(exchange, reading);
    }

    /**
     * It did not come: a half of it next. A second that does not come is listed, and the read goes on behind it.
     *
     * @throws AnswerLost as it was caught, if so many do not come that it cannot be their size
     */
    public void failed(Exchange exchange) {
        Reading reading = reading(exchange);
        CreationWindow window = reading.window();
        SortedSet<Instant> unreadable = new TreeSet<>(reading.state.unreadable());
        CreationWindow next = window.canBeHalved() ? window.half() : window.behind();
        boolean ends = false;
        if (!window.canBeHalved()) {
            reading.inTurn.add(window.from());
            unreadable.add(window.from());
            if (reading.inTurn.size() > UNREADABLE_IN_TURN) {
                // Nothing comes at all: where this began is where it goes on.
                next = new CreationWindow(reading.inTurn.first(), Math.max(1, reading.state.usualSeconds()));
                unreadable.removeAll(reading.inTurn);
                ends = true;
            }
        }
        reading.goesOn(next, reading.way(), reading.state.usualSeconds(), unreadable);
        saved(exchange, reading);
        if (ends) {
            throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, AnswerLost.class);
        }
    }

    /** All windows are read. */
    public void end(Exchange exchange) {
        Reading reading = reading(exchange);
        Instant now = ledger.clock().now();
        SortedSet<Instant> unreadable = reading.state.unreadable();
        for (Instant second : unreadable) {
            UnreadableRow.list(
                    ledger,
                    CREATED + second,
                    "the clients that were created in OSCaR in the second from " + second
                            + " do not fit into one answer and are not read: ask OSCaR's operators to raise the time limit of"
                            + " their gateway",
                    now);
        }
        reading.before.stream()
                .filter(second -> !unreadable.contains(second))
                .forEach(second -> UnreadableRow.isGone(ledger, CREATED + second, now));
        // Of a read that went on after a restart it is not known whom its first windows have shown.
        exchange.setProperty(Carried.HOLDERS, reading.fromItsBeginning ? reading.ngos : Set.of());
        State done = reading.with(Optional.empty(), reading.state.usualSeconds(), unreadable);
        save(exchange, done);
        if (reading.fromItsBeginning && reading.rows == 0) {
            // That there is no client at all is for the read in one piece to say.
            exchange.removeProperty(Carried.IN_WINDOWS);
        } else {
            new FeedChanges(ledger).fullReadStands(done);
        }
    }

    /** Whether to read in one piece: by rule, and after windows that took so little time that it may be the rule again. */
    public boolean fitsInOnePiece(Exchange exchange) {
        return exchange.getProperty(Carried.IN_WINDOWS) == null
                || reading(exchange).way().spent().compareTo(FITS) <= 0;
    }

    private void saved(Exchange exchange, Reading reading) {
        save(exchange, reading.state);
        exchange.getMessage().setBody(List.of());
    }

    private void save(Exchange exchange, State state) {
        ledger.windowReads()
                .save(exchange.getProperty(Carried.SWEEP, Sweep.class).source(), state);
    }

    private static Reading reading(Exchange exchange) {
        return exchange.getProperty(Carried.IN_WINDOWS, Reading.class);
    }
}
