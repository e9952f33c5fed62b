package dev.tandem.engine;

/** What a schedule among the routes has the service do. Nothing, in an engine that does only what it is told. */
public final class ScheduledWork {
    private volatile Runnable work = () -> {};

    void is(Runnable begun) {
        work = begun;
    }

    /** Begins it, and returns at once. */
    public void begin() {
        work.run();
    }
}
