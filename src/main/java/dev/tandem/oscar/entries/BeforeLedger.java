package dev.tandem.oscar.entries;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/**
 * What this ledger's beginning means for one client (protocol 8, mapping-facts R21 and R22).
 *
 * @param at the moment T from which we are responsible; null with {@code --adopt}: nothing ran before us
 * @param clientExistedBefore whether the client is older than T
 * @param ours keys of the client's effects that are no baseline, such as those that a person has asked for
 * @param firstFullSweepEnded when the first full sweep of the feed was complete; null while it is not
 */
public record BeforeLedger(Instant at, boolean clientExistedBefore, Instant firstFullSweepEnded, Set<String> ours) {
    public static final ZoneId PHNOM_PENH = ZoneId.of("Asia/Phnom_Penh");

    /** Without any that a person has asked for. */
    BeforeLedger(Instant at, boolean clientExistedBefore, Instant firstFullSweepEnded) {
        this(at, clientExistedBefore, firstFullSweepEnded, Set.of());
    }

    /** A ledger that takes everything as its own. */
    public static BeforeLedger adopted() {
        return new BeforeLedger(null, false, null);
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

    /**
     * Whether an enrolment is older than we are. Dates are Cambodia's; one of the day on which we began is old only if it was
     * there at the first look.
     */
    boolean enrolledBefore(LocalDate date, Instant firstSeen) {
        if (at == null || !clientExistedBefore) {
            return false;
        }
        LocalDate began = LocalDate.ofInstant(at, PHNOM_PENH);
        return date.isBefore(began) || (date.equals(began) && presentAtFirst(firstSeen));
    }
}
