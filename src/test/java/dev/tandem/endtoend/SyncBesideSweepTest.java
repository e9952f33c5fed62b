package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.sandbox.http.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sync} while another process reads the same source. */
class SyncBesideSweepTest {
    @TempDir
    Path directory;

    @Test
    void it_says_what_it_waits_for_and_ends_in_time() throws SQLException {
        try (Bench bench = new Bench(directory).onPostgresql()) {
            new Crowd(bench, 1, 1);
            bench.adopt();
            bench.sync();
            try (Connection beside = bench.beside();
                    Statement statement = beside.createStatement()) {
                statement.execute("update sweep set leased_until = now() + interval '1 hour' where source = 'oscar'");
            }
            List<String> steps = new ArrayList<>();
            SyncReport report;
            long began = System.nanoTime();
            try (Operations operations = bench.open()) {
                report = operations.sync(
                        new SyncRequest(Optional.empty(), false, Optional.empty(), Duration.ofSeconds(2)),
                        new Steps(steps));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
            assertThat(steps).anySatisfy(step -> assertThat(step)
                    .startsWith("waiting for the sweep of OSCaR that is under way elsewhere since 2"));
            assertThat(report.exitCode()).isEqualTo(4);
            assertThat(report.reasons()).anySatisfy(reason -> {
                assertThat(reason.code()).isEqualTo("sweep-under-way");
                assertThat(reason.words()).contains("did not begin within 2s");
            });
            assertThat(report.sweeps())
                    .as("the other source is read")
                    .extracting(SyncReport.Sweep::source)
                    .containsExactly("primero");
        }
    }

    @Test
    void it_ends_in_time_though_a_system_puts_off_each_call_to_a_little_later() {
        try (Bench bench = new Bench(directory)) {
            new Crowd(bench, 2, 1);
            bench.adopt();
            bench.oscar.faults().every("POST", "/api/v1/organizations/clients/upsert", Fault.retryAfter(503, 1));
            SyncReport report;
            long began = System.nanoTime();
            try (Operations operations = bench.open()) {
                report = operations.sync(
                        new SyncRequest(Optional.empty(), false, Optional.empty(), Duration.ofSeconds(3)),
                        Progress.NONE);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
            assertThat(report.exitCode()).isEqualTo(4);
        }
    }

    private record Steps(List<String> steps) implements Progress {
        @Override
        public void begin(String step, long expected) {
            steps.add(step);
        }

        @Override
        public void reached(long done) {}

        @Override
        public void end() {}
    }
}
