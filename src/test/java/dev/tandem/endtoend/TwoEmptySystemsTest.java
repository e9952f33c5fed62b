package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two new systems, in which nobody has entered anything yet (protocol 6). */
class TwoEmptySystemsTest {
    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void both_are_read_in_full_and_the_first_of_each_side_crosses() {
        bench.init(new InitRequest.Since(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(bench.status().cursors())
                .extracting(StatusReport.Cursor::source)
                .containsExactlyInAnyOrder("primero", "oscar");
        assertThat(bench.status().cursors())
                .allMatch(cursor -> cursor.lastFull().isPresent());

        var ngo = bench.oscar.worker("cif");
        String slug = ngo.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        ngo.referToMinistry(slug, Outward.of("medium", "Kinship care"));
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(bench.primero.cases())
                .extracting(row -> row.path("oscar_short_id").asText())
                .containsExactly(slug);
    }

    @Test
    void the_first_referral_goes_to_an_oscar_without_clients() {
        assertThat(bench.adopt().sync().exitCode()).isZero();

        String caseId = bench.primero.worker().newCase(Children.of("Dara", "Example"));
        String row = bench.primero.worker().addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(caseId, row, "agency-cif-user", "Example note");
        assertThat(bench.sync().exitCode()).isZero();

        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        assertThat(bench.oscar.checks().referrals("cif", externalId)).hasSize(1);
    }
}
