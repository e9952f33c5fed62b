package dev.tandem.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.quartz.spi.ThreadPool;

/** The threads that fire schedules. Quartz's own look only twice a second whether they are to end, so that each stop waited. */
public final class QuartzThreads implements ThreadPool {
    private static final int THREADS = 10;

    private final Semaphore free = new Semaphore(THREADS);
    private final ExecutorService threads = Executors.newCachedThreadPool(job -> {
        Thread thread = new Thread(job, "quartz");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public boolean runInThread(Runnable job) {
        free.acquireUninterruptibly();
        if (threads.isShutdown()) {
            free.release();
            return false;
        }
        threads.execute(() -> {
            try {
                job.run();
            } finally {
                free.release();
            }
        });
        return true;
    }

    @Override
    public int blockForAvailableThreads() {
        free.acquireUninterruptibly();
        free.release();
        return free.availablePermits();
    }

    @Override
    public void shutdown(boolean wait) {
        threads.shutdown();
        try {
            while (wait && !threads.awaitTermination(1, TimeUnit.MINUTES)) {
                // What a job has begun it ends: who stops the engine has given it its time before.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void initialize() {}

    @Override
    public int getPoolSize() {
        return THREADS;
    }

    @Override
    public void setInstanceId(String id) {}

    @Override
    public void setInstanceName(String name) {}
}
