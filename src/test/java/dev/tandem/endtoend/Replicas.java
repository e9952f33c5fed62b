package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Three Tandems on one PostgreSQL. The way of the last one to it can be cut. */
final class Replicas implements AutoCloseable {
    private static final int COUNT = 3;
    /** The schedules of {@link Quick}. */
    private static final int SECONDS_BETWEEN_SWEEPS = 2;

    private final Bench bench;
    private final Tables tables;
    private final Path directory;
    private final CutOff way;
    private final String wayUrl;
    private final List<Child> running = new ArrayList<>();
    private final OffsetDateTime since;
    private final long began = System.nanoTime();
    private int starts;
    private long mayBeLost;

    Replicas(Bench bench, Tables tables, String url, Path directory) {
        this.bench = bench;
        this.tables = tables;
        this.directory = directory;
        since = tables.now();
        int port = Integer.parseInt(url.replaceFirst("^jdbc:postgresql://[^:]+:(\\d+)/.*$", "$1"));
        way = new CutOff("localhost", port);
        wayUrl = url.replaceFirst(":" + port + "/", ":" + way.port() + "/");
        for (int i = 0; i < COUNT; i++) {
            running.add(start(i));
        }
    }

    private Child start(int number) {
        starts++;
        Map<String, String> variables = number == COUNT - 1 ? Map.of("TANDEM_DB_URL", wayUrl) : Map.of();
        return Child.run(bench, log(number), variables);
    }

    Path log(int number) {
        return directory.resolve("replica-" + number + ".log");
    }

    /** {@code kill -9}, and another one in its place. */
    void kill(int number) {
        mayBeLost += tables.intended(since);
        running.get(number).kill();
        running.set(number, start(number));
    }

    /** The last one hears and says nothing any more at the database. */
    void cutOffTheLast() {
        mayBeLost += tables.intended(since);
        way.cut();
    }

    void heal() {
        way.heal();
    }

    /** No answers can have been lost but those that were under way when one was killed or cut off. */
    long mayBeLost() {
        return mayBeLost;
    }

    void await(String what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            for (int i = 0; i < COUNT; i++) {
                assertThat(running.get(i).isAlive())
                        .as("replica %d is alive while waiting for %s:\n%s", i, what, lastWords(i))
                        .isTrue();
            }
            assertThat(System.nanoTime())
                    .as("%s did not come about: %s", what, tables.restless())
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private String lastWords(int number) {
        try {
            var lines = Files.readAllLines(log(number));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One sweep of a source for each moment of its schedule at the most, and one for each start. */
    void sweptOnceAMoment() {
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(tables.sweeps("oscar")).isLessThanOrEqualTo(seconds / SECONDS_BETWEEN_SWEEPS + starts + 1);
        assertThat(tables.sweeps("primero")).isLessThanOrEqualTo(seconds / SECONDS_BETWEEN_SWEEPS + starts + 1);
    }

    @Override
    public void close() {
        running.forEach(Child::close);
        way.close();
    }
}
