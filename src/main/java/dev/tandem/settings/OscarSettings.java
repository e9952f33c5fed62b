package dev.tandem.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is set for OSCaR. {@code url} has no slash at the end; an empty webhook secret means no webhook, no NGOs mean all. */
public record OscarSettings(
        URI url,
        String user,
        Secret password,
        Schedule schedule,
        Schedule fullSchedule,
        Optional<Secret> webhookSecret,
        Optional<Secret> previousWebhookSecret,
        int maxCalls,
        SecondNgo secondNgo,
        LostAnswer lostAnswer,
        Duration lostAnswerWait,
        Duration feedTimeout,
        Duration fullOnEvent,
        Optional<Set<String>> ngos) {
    /** What events may be shown or signed with; none without a webhook. */
    public List<String> webhookSecrets() {
        return webhookSecret.stream()
                .flatMap(secret -> Stream.concat(Stream.of(secret), previousWebhookSecret.stream()))
                .map(Secret::reveal)
                .toList();
    }
}
