package dev.tandem.ops.observe;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is watched besides the ledger and the calls. All are asked at any rate and answer at once.
 *
 * @param configuration the version in force, and the last edit if it was rejected
 * @param silentWebhook in a sentence, which webhook has fallen silent; none if all is well
 * @param unreadablePayloads how many payloads are encrypted under an unknown key
 */
public record Watched(
        Supplier<Configuration> configuration,
        Supplier<Optional<String>> silentWebhook,
        Supplier<Long> unreadablePayloads) {}
