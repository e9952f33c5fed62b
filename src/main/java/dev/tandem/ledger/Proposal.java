package dev.tandem.ledger;

import java.util.Optional;

/**
 * What is about to be sent for one effect.
 *
 * @param input what it was made of, as bytes to be hashed: the same input is not tried again once it was parked
 * @param said in clear what will have been said when it is confirmed
 * @param facts codes and ids to be remembered with it, as JSON
 */
public record Proposal(String key, String kind, byte[] input, Optional<String> said, Optional<String> facts) {

    @Override
    public String toString() {
        return "Proposal[" + key + "]";
    }
}
