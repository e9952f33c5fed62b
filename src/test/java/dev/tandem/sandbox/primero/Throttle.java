package dev.tandem.sandbox.primero;

import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.http.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code POST /api/v2/tokens}: the 7th for one name within a minute is 429. Any other is 403 here, as over plain HTTP: the
 * cookie that holds the CSRF token is never sent without TLS (contract primero-v2 §1.2, §1.3, §11).
 */
final class Throttle {
    private static final int AT_MOST = 6;
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Map<String, Deque<Instant>> attempts = new HashMap<>();
    private final SimClock clock;

    Throttle(SimClock clock) {
        this.clock = clock;
    }

    Reply signIn(Request request) {
        String name = request.json().at("/user/user_name").asText("");
        if (isTooMany(name)) {
            return Reply.text(429, "text/plain", "Retry later\n");
        }
        var error = Json.object()
                .put("status", 403)
                .put("resource", request.path())
                .put("message", "Can't verify CSRF token authenticity.");
        return Reply.json(403, Json.object().set("errors", Json.array().add(error)));
    }

    private synchronized boolean isTooMany(String name) {
        Instant now = clock.now();
        Deque<Instant> times = attempts.computeIfAbsent(name, each -> new ArrayDeque<>());
        times.removeIf(time -> !time.isAfter(now.minus(WITHIN)));
        times.add(now);
        return times.size() > AT_MOST;
    }
}
