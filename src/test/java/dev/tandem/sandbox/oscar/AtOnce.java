package dev.tandem.sandbox.oscar;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** So many upserts that wait for one another, and of which none sees what the others save. */
final class AtOnce {
    private final AtomicInteger places;
    private final CountDownLatch allHere;
    /** What they have saved. Guarded by OSCaR's lock, as all else is. */
    private final Set<Referral> saved = new HashSet<>();

    AtOnce(int upserts) {
        places = new AtomicInteger(upserts);
        allHere = new CountDownLatch(upserts);
    }

    /** @return what the caller does not see; it adds what it saves */
    Set<Referral> arrive() {
        if (places.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return new HashSet<>();
        }
        allHere.countDown();
        try {
            allHere.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return saved;
    }
}
