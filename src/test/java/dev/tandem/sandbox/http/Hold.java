package dev.tandem.sandbox.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A gate in a call: the test sees that a call stands in it, and lets it go on. */
public final class Hold {
    private final CountDownLatch in = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits until a call stands here. @return whether one came within that time */
    public boolean awaitCall(Duration atMost) {
        return await(in, atMost);
    }

    public boolean hasCall() {
        return in.getCount() == 0;
    }

    /** Lets the call that stands here, and all later ones, pass. */
    public void release() {
        released.countDown();
    }

    public boolean isReleased() {
        return released.getCount() == 0;
    }

    /** Stands here until it is released. */
    public void pass() {
        in.countDown();
        // A test that fails before it releases must not leave a thread behind for ever.
        await(released, Duration.ofMinutes(5));
    }

    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
