package dev.tandem.sandbox.primero;

import java.util.Optional;
import java.util.UUID;

/**
 * A receiver of events (contract primero-v2 §5.1). What authenticates it is set by console only, never by the API.
 *
 * @param apiKey sent as {@code x-api-key}
 * @param basic {@code user:password}
 */
public record Webhook(String id, String event, String url, Role role, Optional<String> apiKey, Optional<String> basic) {
    public static Webhook of(String event, String url) {
        return new Webhook(
                UUID.randomUUID().toString(), event, url, Role.service(), Optional.empty(), Optional.empty());
    }

    public Webhook withApiKey(String secret) {
        return new Webhook(id, event, url, role, Optional.of(secret), basic);
    }

    public Webhook withBasic(String userAndPassword) {
        return new Webhook(id, event, url, role, apiKey, Optional.of(userAndPassword));
    }

    public Webhook withRole(Role role) {
        return new Webhook(id, event, url, role, apiKey, basic);
    }

    @Override
    public String toString() {
        return "Webhook[" + id + " " + event + "]";
    }
}
