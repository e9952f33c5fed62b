package dev.tandem.ledger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells the workers of this process that there may be something to claim, as soon as it is committed. */
public final class Signals {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls the listener after each commit that made an item due. It must return at once. */
    public AutoCloseable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Calls the listeners. */
    public void raise() {
        listeners.forEach(Runnable::run);
    }
}
