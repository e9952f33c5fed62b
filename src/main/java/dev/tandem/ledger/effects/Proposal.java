package dev.tandem.ledger.effects;

import java.util.Optional;

/**
 * What is about to be sent for one effect.
 *
 * @param input what it was made of, as bytes to be hashed: the same input is not tried again once it was parked
 * @param confirmedValue in clear what the target holds once it is confirmed
 * @param facts codes and ids to be remembered with it, as JSON
 * @param needs the key of another effect of the record, without which this one cannot be sent: it goes with it, or waits
 */
public record Proposal(
        String key,
        String kind,
        byte[] input,
        Optional<String> confirmedValue,
        Optional<String> facts,
        Optional<String> needs) {

    /** One that stands for itself. */
    public Proposal(String key, String kind, byte[] input, Optional<String> confirmedValue, Optional<String> facts) {
        this(key, kind, input, confirmedValue, facts, Optional.empty());
    }

    @Override
    public String toString() {
        return "Proposal[" + key + "]";
    }
}
