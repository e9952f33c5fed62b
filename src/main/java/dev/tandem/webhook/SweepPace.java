package dev.tandem.webhook;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.sweeps.EventActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Whether a scheduled sweep of what changed may be left out, as the bean {@code sweepPace}: while the system's events are heard
 * and no sweep has found what they missed, it runs less often ({@code tandem.webhook.relaxed-sweep}).
 */
public final class SweepPace {
    private final Ledger ledger;
    private final Optional<Duration> relaxed;
    private final Set<String> heardFrom;

    /**
     * @param relaxed the least time between two sweeps then; none: every one runs
     * @param heardFrom the systems whose events are taken
     */
    public SweepPace(Ledger ledger, Optional<Duration> relaxed, Collection<String> heardFrom) {
        this.ledger = ledger;
        this.relaxed = relaxed;
        this.heardFrom = Set.copyOf(heardFrom);
    }

    /** Ends the route if Primero need not be swept now. */
    public void primero(Exchange exchange) {
        exchange.setRouteStop(mayRest("primero"));
    }

    /** Ends the route if OSCaR need not be swept now. */
    public void oscar(Exchange exchange) {
        exchange.setRouteStop(mayRest("oscar"));
    }

    private boolean mayRest(String source) {
        if (relaxed.isEmpty() || !heardFrom.contains(source)) {
            return false;
        }
        Instant now = ledger.clock().now();
        boolean heard = ledger.eventActivity().sources().stream()
                .filter(events -> events.source().equals(source))
                .anyMatch(SweepPace::isHealthy);
        boolean recent = ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals(source))
                .anyMatch(cursor -> cursor.lastCompleteBegan()
                        .filter(began -> began.plus(relaxed.get()).isAfter(now))
                        .isPresent());
        return heard && recent;
    }

    private static boolean isHealthy(EventActivity.Source events) {
        return events.heardAt().isPresent() && events.missedSince().isEmpty();
    }
}
