package dev.tandem.engine.port;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.sweeps.EventActivity;
import dev.tandem.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the events of a system that has a webhook arrive.
 *
 * @param lastEvent when the last one was taken, to within seconds
 * @param missedSince when a scheduled sweep first found, after that, what no event had told
 * @param silent whether that is so although none has come for {@code tandem.webhook.silent-after}: a warning
 */
public record WebhookHealth(String system, Optional<Instant> lastEvent, Optional<Instant> missedSince, boolean silent) {
    /** Of each system that has a secret set; read from the ledger at each call. */
    public static List<WebhookHealth> of(Settings settings, Ledger ledger) {
        Map<String, EventActivity.Source> sources = ledger.eventActivity().sources().stream()
                .collect(Collectors.toMap(EventActivity.Source::source, Function.identity()));
        List<WebhookHealth> health = new ArrayList<>();
        for (String system : settings.webhooks()) {
            EventActivity.Source source =
                    sources.getOrDefault(system, new EventActivity.Source(system, Optional.empty(), Optional.empty()));
            boolean silent =
                    source.silent(ledger.clock().now(), settings.webhook().silentAfter());
            health.add(new WebhookHealth(system, source.heardAt(), source.missedSince(), silent));
        }
        return health;
    }
}
