package dev.tandem.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is watched besides the ledger's own numbers and the calls.
 *
 * @param webhooks the systems whose events are expected
 * @param silentAfter how long none may come although sweeps find changes
 * @param unreadablePayloads how many payloads are encrypted under an unknown key; asked at any rate, and answers at once
 * @param ledgerAway why the ledger's database cannot be written; asked at any rate, and answers at once
 * @param diskFullSince since when the embedded database's disk has had no room; asked at any rate, and answers at once
 */
public record Watched(
        List<String> webhooks,
        Duration silentAfter,
        Supplier<Long> unreadablePayloads,
        Supplier<Optional<String>> ledgerAway,
        Supplier<Optional<Instant>> diskFullSince) {
    public Watched {
        webhooks = List.copyOf(webhooks);
    }
}
