package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class QuartzThreadsTest {
    @Test
    void a_stop_waits_for_what_runs_and_takes_nothing_new() throws InterruptedException {
        QuartzThreads threads = new QuartzThreads();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        threads.runInThread(() -> {
            begun.countDown();
            awaited(mayEnd);
            ended.set(true);
        });
        begun.await();
        threads.shutdown(false);
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> {
            threads.shutdown(true);
            return ended.get();
        });
        assertThat(threads.runInThread(() -> {})).isFalse();
        mayEnd.countDown();
        assertThat(stopped).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(true);
    }

    @Test
    void while_all_are_busy_the_next_one_waits() throws InterruptedException {
        QuartzThreads threads = new QuartzThreads();
        CountDownLatch begun = new CountDownLatch(threads.getPoolSize());
        CountDownLatch mayEnd = new CountDownLatch(1);
        assertThat(threads.blockForAvailableThreads()).isEqualTo(threads.getPoolSize());
        for (int i = 0; i < threads.getPoolSize(); i++) {
            threads.runInThread(() -> {
                begun.countDown();
                awaited(mayEnd);
            });
        }
        begun.await();
        CompletableFuture<Integer> free = CompletableFuture.supplyAsync(threads::blockForAvailableThreads);
        assertThat(free).isNotDone();
        mayEnd.countDown();
        assertThat(free).succeedsWithin(Duration.ofMinutes(1));
        assertThat(free.join()).isPositive();
        threads.shutdown(true);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
