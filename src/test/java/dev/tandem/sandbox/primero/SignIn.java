package dev.tandem.sandbox.primero;

import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.http.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** HTTP Basic with Devise's lock (contract primero-v2 §1.1, §1.3). */
final class SignIn {
    /** Either a user or the answer that refuses. */
    record Result(Optional<Account> user, Optional<Reply> refusal) {}

    private static final int ATTEMPTS = 6;
    private static final Duration LOCKED_FOR = Duration.ofMinutes(30);

    private final Configuration configuration;
    private final SimClock clock;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Instant> lockedAt = new HashMap<>();

    SignIn(Configuration configuration, SimClock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    Result check(Request request) {
        Optional<Request.Basic> basic = request.basic();
        if (basic.isEmpty()) {
            return refused("You need to sign in or sign up before continuing.");
        }
        Optional<Account> user = configuration.user(basic.get().user());
        if (user.isEmpty() || !passes(user.get(), basic.get().password())) {
            return refused("Invalid User name or password.");
        }
        if (user.get().disabled()) {
            return refused("Your account is not activated yet.");
        }
        return new Result(user, Optional.empty());
    }

    /** While locked even the right password fails, and counts as a failure. The answer does not show the lock. */
    private synchronized boolean passes(Account user, String password) {
        String name = user.userName();
        Instant since = lockedAt.get(name);
        if (since != null && !clock.now().isBefore(since.plus(LOCKED_FOR))) {
            lockedAt.remove(name);
            failures.remove(name);
            since = null;
        }
        if (since == null && user.password().equals(password)) {
            failures.remove(name);
            return true;
        }
        if (failures.merge(name, 1, Integer::sum) >= ATTEMPTS && since == null) {
            lockedAt.put(name, clock.now());
        }
        return false;
    }

    synchronized int failures(String userName) {
        return failures.getOrDefault(userName, 0);
    }

    synchronized boolean isLocked(String userName) {
        Instant since = lockedAt.get(userName);
        return since != null && clock.now().isBefore(since.plus(LOCKED_FOR));
    }

    private static Result refused(String why) {
        Reply reply = Reply.json(401, Json.object().put("error", why))
                .with("WWW-Authenticate", "Bearer realm=\"Primero\" charset=\"UTF8\"");
        return new Result(Optional.empty(), Optional.of(reply));
    }
}
