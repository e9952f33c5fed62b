package dev.tandem.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small fault run: {@code mvn -q -Pchaos} does the same at any size. */
class FaultRunIT {
    private static final int RECORDS = 40;
    private static final int FAULTS = 12;
    private static final int PACE_MILLIS = 25;

    @TempDir
    Path directory;

    @Test
    void nothing_is_lost_or_doubled_on_the_embedded_database() {
        sound(Plan.of(1, RECORDS, FAULTS, StoreKind.H2, 1, Plan.Protocol.BOTH));
    }

    @Test
    void nothing_is_lost_or_doubled_by_two_replicas_on_postgresql() {
        sound(Plan.of(2, RECORDS, FAULTS, StoreKind.POSTGRESQL, 2, Plan.Protocol.SCHEDULE));
    }

    private void sound(Plan plan) {
        Run.Outcome outcome = Run.of(plan, directory.resolve("run"), PACE_MILLIS, Optional.empty());
        assertThat(outcome.findings().sound()).as(Report.of(outcome)).isTrue();
        assertThat(outcome.faults()).as("faults that struck").hasSize(FAULTS);
    }
}
