package dev.tandem.doctor;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What several checks need and the first of them reads; the others wait for it, and share also its failure. */
final class Once<T> {
    private final FutureTask<T> read;

    Once(Callable<T> read) {
        this.read = new FutureTask<>(read);
    }

    T get() {
        read.run();
        try {
            return read.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unread(Level.SKIPPED, "Not checked: stopped.", "");
        }
    }
}
