package dev.tandem.ops.observe;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is watched besides the ledger and the calls. All are asked at any rate and answer at once.
 *
 * @param silentWebhook in a sentence, which webhook has fallen silent; none if all is well
 * @param unreadablePayloads how many payloads are encrypted under an unknown key
 */
public record Watched(Supplier<Optional<String>> silentWebhook, Supplier<Long> unreadablePayloads) {}
