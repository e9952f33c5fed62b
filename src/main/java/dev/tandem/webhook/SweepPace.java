package dev.tandem.webhook;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.sweeps.EventActivity;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Whether a scheduled sweep of what changed may be left out, as the bean {@code sweepPace}: while the system's events arrive
 * and no sweep has found what they missed, it runs less often ({@code tandem.webhook.relaxed-sweep}).
 */
public final class SweepPace {
    private final Settings settings;
    private final Ledger ledger;

    public SweepPace(Settings settings, Ledger ledger) {
        this.settings = settings;
        this.ledger = ledger;
    }

    /** Ends the route if Primero need not be swept now. */
    public void primero(Exchange exchange) {
        exchange.setRouteStop(mayRest(settings, ledger, "primero"));
    }

    /** Ends the route if OSCaR need not be swept now. */
    public void oscar(Exchange exchange) {
        exchange.setRouteStop(mayRest(settings, ledger, "oscar"));
    }

    /** Whether it may. */
    public static boolean mayRest(Settings settings, Ledger ledger, String source) {
        Optional<Duration> relaxed = settings.webhook().relaxedSweep();
        if (relaxed.isEmpty() || !settings.webhooks().contains(source)) {
            return false;
        }
        Instant now = ledger.clock().now();
        boolean eventsArrive = ledger.eventActivity().sources().stream()
                .filter(events -> events.source().equals(source))
                .anyMatch(SweepPace::isHealthy);
        boolean recent = ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals(source))
                .anyMatch(cursor -> cursor.lastCompleteBegan()
                        .filter(began -> began.plus(relaxed.get()).isAfter(now))
                        .isPresent());
        return eventsArrive && recent;
    }

    private static boolean isHealthy(EventActivity.Source events) {
        return events.heardAt().isPresent() && events.missedSince().isEmpty();
    }
}
