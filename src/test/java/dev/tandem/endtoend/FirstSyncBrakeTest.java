package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.ApproveReport;
import dev.tandem.operation.report.SyncReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ministry's first sync writes to {@code tandem.brake} records, and to the others when a person has looked at those. */
class FirstSyncBrakeTest {
    private static final String NGO = Everything.NGO;

    @TempDir
    Path directory;

    @Test
    void the_first_sync_waits_for_a_person_and_a_child_referred_meanwhile_does_not() {
        try (Bench bench = new Bench(directory).with("tandem.brake", "2")) {
            new Crowd(bench, 5, 1);
            bench.adopt();

            SyncReport first = bench.sync();

            assertThat(arrived(bench)).isEqualTo(2);
            assertThat(first.exitCode()).as("waiting, and listed").isZero();
            assertThat(first.reasons()).anySatisfy(reason -> {
                assertThat(reason.code()).isEqualTo("braked");
                assertThat(reason.count()).isEqualTo(3);
                assertThat(reason.words()).contains("approve");
            });

            new Crowd(bench, 1, 0);
            bench.sync();
            assertThat(arrived(bench)).as("the day's work goes on").isEqualTo(3);

            try (Operations operations = bench.open()) {
                assertThat(operations
                                .ask(Operation.APPROVE, new Operation.Approval("a person"))
                                .approved())
                        .singleElement()
                        .extracting(ApproveReport.Approved::name, ApproveReport.Approved::effects)
                        .containsExactly("first-sync:primero-to-oscar", 3L);
            }
            bench.sync();
            assertThat(arrived(bench)).isEqualTo(6);
        }
    }

    private static long arrived(Bench bench) {
        return bench.oscar.checks().referrals(NGO).stream()
                .filter(referral -> referral.received())
                .count();
    }
}
