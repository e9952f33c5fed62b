package dev.tandem.operation.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.tandem.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What to sweep.
 *
 * @param flow only this one: {@code primero-to-oscar} or {@code oscar-to-primero}
 * @param full read everything
 * @param since read again what changed from then on; never with {@code full}
 * @param patience how long to wait for what is pending before it is reported as such; a minute if not given
 */
public record SyncRequest(
        Optional<String> flow,
        boolean full,
        Optional<Instant> since,

        @JsonProperty("wait") @JsonSerialize(converter = ToText.class) @JsonDeserialize(converter = FromText.class)
        Duration patience) {
    public SyncRequest {
        patience = patience == null ? Duration.ofMinutes(1) : patience;
        flow = RequestRefused.oneLine("flow", flow);
        if (full && since.isPresent()) {
            throw RequestRefused.field("since", "left out where full is true");
        }
    }

    private static final class ToText extends StdConverter<Duration, String> {
        @Override
        public String convert(Duration duration) {
            return duration.toSeconds() + "s";
        }
    }

    private static final class FromText extends StdConverter<String, Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.of(text).orElseThrow(() -> RequestRefused.field("wait", "a duration such as 60s"));
        }
    }
}
