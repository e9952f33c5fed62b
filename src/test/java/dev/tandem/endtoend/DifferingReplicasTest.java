package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.ledger.TestDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two services on one PostgreSQL, of which one has an older mapping or route that would park what the other sends. */
class DifferingReplicasTest {
    private static final int REFERRALS = 6;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"mappings/primero-to-oscar/referral.jslt, //", "routes/referral-to-oscar.camel.yaml, #"})
    void the_one_with_the_older_files_claims_nothing_and_status_names_both(String file, String comment)
            throws SQLException {
        String url = TestDatabase.freshUrl();
        try (Bench bench = Quick.bench(directory, url)) {
            bench.adopt();
            EditedCopy poor = new EditedCopy(directory);
            Path older = directory.resolve(file);
            poor.write(older, poor.read(older) + "\n" + comment + " an older version\n");
            poor.of(bench);
            try (Overheard log = new Overheard(Map.of());
                    RunningService poorer = RunningService.of(bench)) {
                await("the older one runs").until(() -> replicas(url) == 1);
                bench.with("tandem.routes.dir", "routes").with("tandem.mappings.dir", "mappings");
                try (RunningService newer = RunningService.of(bench)) {
                    await("both say that they differ")
                            .until(() -> poorer.status().differing().size() == 2
                                    && newer.status().differing().size() == 2);
                    String newest = newer.status().configuration().version().orElseThrow();
                    // The older one may be in the midst of its last look.
                    await("the older one knows").until(() -> log.all().contains("claims nothing"));

                    Crowd crowd = new Crowd(bench, REFERRALS, 0);
                    Tables tables = new Tables(url, "postgres");
                    await("all are sent")
                            .until(() -> tables.referrals().stream()
                                            .filter(one -> one.state().equals("confirmed"))
                                            .count()
                                    == REFERRALS);
                    assertThat(crowd.isDeliveredByTheRule(tables.referrals(), 0))
                            .isZero();
                    assertThat(versions(url)).containsExactly(newest);
                }
                await("alone, it goes on").until(() -> {
                    return poorer.status().differing().isEmpty();
                });
            }
        }
    }

    private static long replicas(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var rows = connection.createStatement().executeQuery("select count(*) from replica")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Set<String> versions(String url) throws SQLException {
        Set<String> versions = new HashSet<>();
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var rows = connection
                        .createStatement()
                        .executeQuery("select distinct version from journal where event = 'intended'")) {
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
        }
        return versions;
    }
}
