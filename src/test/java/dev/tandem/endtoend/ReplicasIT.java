package dev.tandem.endtoend;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.sandbox.http.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas share the work; one is killed, and one is cut off from the database for longer than its lease. */
class ReplicasIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** So that there is work left when one is killed. */
    private static final Duration SLOW = Duration.ofMillis(150);

    @TempDir
    Path directory;

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
                        PATIENCE,
                        () -> tables.schedulers() == 3 && tables.readInFull() == 2 && tables.confirmed() > 20);
                replicas.cutOffTheLast();
                replicas.kill(0);
                replicas.await(
                        "rest without the one that is cut off",
                        PATIENCE,
                        () -> tables.readInFull() == 2 && tables.items() >= crowd.items() && tables.open() == 0);
                replicas.heal();
                long sweeps = tables.sweeps("primero");
                replicas.await("sweeps that go on", PATIENCE, () -> tables.sweeps("primero") > sweeps + 1);
                replicas.await("rest", PATIENCE, () -> tables.open() == 0);
                replicas.sweptOnceAMoment();
                crowd.isDeliveredByTheRule(tables.referrals(), replicas.mayBeLost());
                crowd.isOnceInPrimero();
            }
        }
    }
}
