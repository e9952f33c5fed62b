package dev.tandem.ledger.storage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells the workers that there may be something to claim, as soon as it is committed: those of this process, and of others. */
public final class Signals {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Runnable relay = () -> {};

    /** Calls the listener after each commit that made an item due. It must return at once. */
    public AutoCloseable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The way to the other replicas: is called after each commit of this process. It must return at once. */
    public void relay(Runnable toOthers) {
        relay = toOthers;
    }

    /** Calls the listeners, here and in the other replicas. */
    public void raise() {
        raiseHere();
        relay.run();
    }

    /** Another replica raised it: calls the listeners here. */
    public void raiseHere() {
        listeners.forEach(Runnable::run);
    }
}
