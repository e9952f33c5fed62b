package dev.tandem.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is set for Primero. {@code url} has no slash at the end; an empty webhook secret means no webhook. */
public record PrimeroSettings(
        URI url,
        String user,
        Secret password,
        Schedule schedule,
        Schedule fullSchedule,
        Optional<Secret> webhookSecret,
        Optional<Secret> previousWebhookSecret,
        int maxCalls,
        boolean markSynced,
        String markSyncedUrl) {
    /** What events may be shown or signed with; none without a webhook. */
    public List<String> webhookSecrets() {
        return webhookSecret.stream()
                .flatMap(secret -> Stream.concat(Stream.of(secret), previousWebhookSecret.stream()))
                .map(Secret::reveal)
                .toList();
    }
}
