package dev.tandem.endtoend;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.sandbox.http.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas share the work; they are killed, and one is cut off from the database for longer than its lease. */
class ReplicasKillIT {
    private static final Duration A_WHILE = Duration.ofMinutes(3);
    /** So that there is work left when one is killed. */
    private static final Duration SLOW = Duration.ofMillis(150);

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
                replicas.await("three of them", PATIENCE, () -> tables.replicas() == 3);
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

    @Test
    void one_killed_and_one_cut_off_lose_and_double_nothing_unnamed() {
        String url = TestDatabase.freshUrl();
        try (Bench bench = Quick.bench(directory, url)) {
            Crowd crowd = new Crowd(bench, 120, 20);
            Tables tables = new Tables(url, "postgres");
            bench.adopt();
            bench.oscar.faults().every("POST", "/api/v1/organizations/clients/upsert", Fault.latency(SLOW));
            try (Replicas replicas = new Replicas(bench, tables, url, directory)) {
                // Not in the middle of the first sweeps: another one then waits for the lease of the dead one's.
                replicas.await(
                        "work",
                        A_WHILE,
                        () -> tables.replicas() == 3 && tables.readInFull() == 2 && tables.confirmed() > 20);
                replicas.cutOffTheLast();
                replicas.kill(0);
                replicas.await(
                        "rest without the one that is cut off",
                        A_WHILE,
                        () -> tables.readInFull() == 2 && tables.items() >= crowd.items() && tables.open() == 0);
                replicas.heal();
                long sweeps = tables.sweeps("primero");
                replicas.await("sweeps that go on", A_WHILE, () -> tables.sweeps("primero") > sweeps + 1);
                replicas.await("rest", A_WHILE, () -> tables.open() == 0);
                replicas.sweptOnceAMoment();
                crowd.isDeliveredByTheRule(tables.referrals(), replicas.mayBeLost());
                crowd.isOnceInPrimero();
            }
        }
    }
}
