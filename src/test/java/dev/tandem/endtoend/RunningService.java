package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.sandbox.http.FreePort;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A Tandem that runs as a service in this JVM, on ports of its own. */
final class RunningService implements AutoCloseable {
    final Operations operations;
    private final CompletableFuture<Integer> running;

    private RunningService(Operations operations) {
        this.operations = operations;
        this.running = CompletableFuture.supplyAsync(operations::run);
    }

    static RunningService of(Bench bench) {
        bench.with("tandem.http.port", String.valueOf(FreePort.any()))
                .with("tandem.management.port", String.valueOf(FreePort.any()));
        return new RunningService(bench.open());
    }

    StatusReport status() {
        // One that could not start says why here, not by a wait that ends without a word.
        if (running.isDone()) {
            running.join();
        }
        return operations.status();
    }

    /** What became of the run, once it has ended by itself. */
    CompletableFuture<Integer> ended() {
        return running;
    }

    @Override
    public void close() {
        operations.stop();
        try {
            assertThat(running).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(0);
        } finally {
            operations.close();
        }
    }
}
