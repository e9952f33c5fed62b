package dev.tandem.oscar;

import java.time.Instant;

/**
 * What this ledger's birth means for one client (protocol 8, mapping-facts R21 and R22).
 *
 * @param at the moment T from which we are responsible; null with {@code --adopt}: nothing ran before us
 * @param clientExistedBefore whether the client is older than T
 * @param firstFullSweepEnded when the first full sweep of the feed was complete; null while it is not
 */
public record Birth(Instant at, boolean clientExistedBefore, Instant firstFullSweepEnded) {
    /** A ledger that takes everything as its own. */
    public static Birth adopted() {
        return new Birth(null, false, null);
    }

    /** Whether the case's referral is from before us, and was sent, if it was, by what ran before us. */
    boolean before(Instant created) {
        return at != null && created.isBefore(at);
    }

    /** Whether the client's entry was there when we began. */
    boolean presentAtFirst(Instant firstSeen) {
        return at != null
                && clientExistedBefore
                && (firstFullSweepEnded == null || !firstSeen.isAfter(firstFullSweepEnded));
    }
}
