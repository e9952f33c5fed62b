package dev.tandem.endtoend;

import dev.tandem.ledger.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link ReplicasIT} at a size that takes minutes, with kills all along. */
class ReplicasKillIT {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int CASES = Integer.getInteger("tandem.replicas.cases", 9_000);
    private static final int CLIENTS = CASES / 9;

    @TempDir
    Path directory;

    @Test
    void ten_thousand_records_over_three_replicas_that_are_killed_at_random() {
        String url = TestDatabase.freshUrl();
        try (Bench bench = Quick.bench(directory, url)) {
            Crowd crowd = new Crowd(bench, CASES, CLIENTS);
            Tables tables = new Tables(url, "postgres");
            bench.adopt();
            SplittableRandom random = new SplittableRandom(20260301);
            int kills = 0;
            try (Replicas replicas = new Replicas(bench, tables, url, directory)) {
                replicas.await("three of them", PATIENCE, () -> tables.schedulers() == 3);
                long target = 0;
                while (target < CASES) {
                    long until = target += random.nextLong(CASES / 20, CASES / 8);
                    replicas.await(
                            "so many effects",
                            PATIENCE,
                            () -> tables.confirmed() >= until
                                    || (tables.items() >= crowd.items() && tables.open() == 0));
                    if (kills == 3) {
                        replicas.cutOffTheLast();
                    }
                    if (kills == 6) {
                        replicas.heal();
                    }
                    replicas.kill(random.nextInt(2));
                    kills++;
                }
                replicas.heal();
                replicas.await(
                        "rest",
                        PATIENCE,
                        () -> tables.readInFull() == 2 && tables.items() >= crowd.items() && tables.open() == 0);
                replicas.sweptOnceAMoment();
                long repeats = crowd.isDeliveredByTheRule(tables.referrals(), replicas.mayBeLost());
                crowd.isOnceInPrimero();
                System.out.println(crowd.items() + " records, " + kills + " kills, answers that may be lost: "
                        + replicas.mayBeLost() + ", repeats, all named: " + repeats);
            }
        }
    }
}
