package dev.tandem.sandbox.oscar;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** So many calls that wait for one another and then see the same, before any of them has written. */
final class AtOnce<T> {
    private final AtomicInteger places;
    private final CountDownLatch allHere;
    private T seen;

    AtOnce(int calls) {
        places = new AtomicInteger(calls);
        allHere = new CountDownLatch(calls);
    }

    /** What that call sees: its own look, unless it is one of those that look together. */
    T arrive(Supplier<T> look) {
        if (places.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return look.get();
        }
        allHere.countDown();
        try {
            allHere.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (seen == null) {
                seen = look.get();
            }
            return seen;
        }
    }
}
