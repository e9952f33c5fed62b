package dev.tandem.oscar.entries;

import java.time.Instant;

/**
 * An effect {@code referral:...} of the case that was sent, is being sent, or may have been.
 *
 * @param organization the NGO by OSCaR's name
 * @param serviceName the service by OSCaR's name, as it was sent
 * @param sentAt when it was first intended
 * @param attempts the calls that were begun, the present one included
 * @param withGlobalId whether any of them named a {@code global_id}
 */
public record SentReferral(
        String rowUniqueId,
        String referralId,
        String organization,
        String serviceName,
        State state,
        Instant sentAt,
        int attempts,
        boolean withGlobalId) {

    /**
     * What is known of the arrival. LOST: parked after a lost answer, or saved in part. UNKNOWN: lost, and still to be sent again
     * or parked.
     */
    public enum State {
        CONFIRMED,
        INTENDED,
        UNKNOWN,
        LOST
    }

    /** Whether its outcome is still to come. */
    boolean open() {
        return state == State.INTENDED || state == State.UNKNOWN;
    }

    boolean isFor(String row, String referral) {
        return rowUniqueId.equals(row) && referralId.equals(referral);
    }

    /** How many referrals at OSCaR may stem from it: one for each attempt that was answered, or whose answer was lost. */
    int mayHaveArrived() {
        return state == State.INTENDED ? attempts - 1 : Math.max(attempts, 1);
    }
}
