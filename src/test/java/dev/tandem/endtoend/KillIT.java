package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Hold;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in each of the three windows (protocol 9), and at random. Each window is proved at the moment of the kill,
 * from outside: by the rows that the ledger had committed and by the calls that had reached the simulators.
 */
class KillIT {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";
    /** Calls to OSCaR at once: those beyond it are intended and wait for their turn. */
    private static final int AT_ONCE = 2;

    private enum Aim {
        /** Calls have arrived and not yet taken effect, others wait for their turn. */
        CALLED,
        /** Calls have taken effect and not been answered, others wait for their turn. */
        TAKEN_EFFECT,
        /** Calls have been answered, which cannot be recorded. */
        ANSWERED,
        /** After so many calls as a random number says. */
        RANDOM
    }

    /** How many kills met at least one referral in each window, and how many referrals they met in all. */
    private static final class Windows {
        private int kills;
        private int before;
        private int during;
        private int after;
        private int duringInPrimero;
        private long mayBeLost;

        void count(long waiting, long called, long answered, long calledInPrimero) {
            kills++;
            before += waiting > 0 ? 1 : 0;
            during += called > 0 ? 1 : 0;
            after += answered > 0 ? 1 : 0;
            duringInPrimero += calledInPrimero > 0 ? 1 : 0;
        }

        @Override
        public String toString() {
            return "%d kills; before the call: %d, during it: %d, after it: %d; during a write to Primero: %d; answers that may be lost: %d"
                    .formatted(kills, before, during, after, duringInPrimero, mayBeLost);
        }
    }

    @TempDir
    Path directory;

    @Test
    void fifty_kills_on_postgresql_hit_every_window_and_double_nothing_unnamed() {
        String url = TestDatabase.freshUrl();
        try (Bench bench = bench().with("tandem.db.url", url)
                .with("tandem.db.user", "postgres")
                .with("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]))) {
            Crowd crowd = new Crowd(bench, 150, 40);
            Tables tables = new Tables(url, "postgres");
            bench.adopt();
            Windows windows = new Windows();
            SplittableRandom random = new SplittableRandom(20260301);
            for (int i = 0; i < 52; i++) {
                Aim aim = Aim.values()[i % Aim.values().length];
                killOne(bench, tables, aim, windows, random);
            }
            System.out.println("PostgreSQL: " + windows);
            assertThat(windows.kills).isGreaterThanOrEqualTo(50);
            assertThat(windows.before).as("before the call").isGreaterThanOrEqualTo(5);
            assertThat(windows.during).as("during the call").isGreaterThanOrEqualTo(5);
            assertThat(windows.after).as("after the call").isGreaterThanOrEqualTo(5);
            comesToRest(bench, tables, crowd, windows.mayBeLost);
        }
    }

    private void killOne(Bench bench, Tables tables, Aim aim, Windows windows, SplittableRandom random) {
        Hold hold = new Hold();
        Fault fault = aim == Aim.TAKEN_EFFECT ? Fault.holdAnswer(hold) : Fault.holdCall(hold);
        OffsetDateTime since = tables.now();
        long callsBefore = calls(bench);
        Faults.Rule upserts = null;
        Faults.Rule writes = null;
        if (aim != Aim.RANDOM) {
            upserts = bench.oscar.faults().every("POST", UPSERT, fault);
            writes = bench.primero.faults().times(1, "POST", "/api/v2/cases", fault);
        }
        try (Child child = Child.run(bench, directory.resolve("tandem.log"))) {
            switch (aim) {
                case CALLED, TAKEN_EFFECT -> {
                    Faults.Rule calls = upserts;
                    Eventually.so(
                            "more referrals intended than called",
                            child,
                            () -> calls.struck() == AT_ONCE && tables.intended(since) > AT_ONCE);
                    child.kill();
                    // Looked at once more after it is dead: none of the calls had been given up or recorded.
                    long intended = tables.intended(since);
                    long called = calls.struck();
                    windows.count(
                            intended - called,
                            intended >= called ? called : 0,
                            0,
                            Math.min(writes.struck(), tables.intendedInPrimero(since)));
                    windows.mayBeLost += called;
                }
                case ANSWERED -> {
                    Faults.Rule calls = upserts;
                    Eventually.so("a call", child, () -> calls.struck() > 0 && tables.intended(since) > 0);
                    try (var holding = tables.holdBack(since)) {
                        bench.oscar.faults().clear();
                        bench.primero.faults().clear();
                        Eventually.so("an answer that cannot be recorded", child, () -> tables.heldBack() > 0);
                        long answered = tables.heldBack();
                        child.kill();
                        long intended = tables.intended(since);
                        windows.count(0, 0, Math.min(answered, intended), 0);
                        windows.mayBeLost += intended;
                        holding.rollback();
                    }
                }
                case RANDOM -> {
                    long until = callsBefore + random.nextInt(1, 80);
                    Eventually.so("so many calls", child, () -> calls(bench) >= until || tables.open() == 0);
                    child.kill();
                    windows.kills++;
                    windows.mayBeLost += tables.intended(since);
                }
            }
        } finally {
            // Those that were held take effect now, without anybody who waits for their answer.
            hold.release();
            bench.oscar.faults().clear();
            bench.primero.faults().clear();
        }
    }

    private void comesToRest(Bench bench, Tables tables, Crowd crowd, long mayBeLost) {
        try (Child last = Child.run(bench, directory.resolve("tandem.log"))) {
            Eventually.so(
                    "rest",
                    last,
                    () -> tables.fullSweeps() > 0 && tables.items() == crowd.items() && tables.open() == 0);
            last.kill();
        }
        long repeats = crowd.isDeliveredByTheRule(tables.referrals(), mayBeLost);
        crowd.isOnceInPrimero();
        System.out.println("repeats at the NGO, all of them named: " + repeats);
    }

    private static long calls(Bench bench) {
        return bench.oscar.calls().total() + bench.primero.calls().total();
    }

    private Bench bench() {
        return new Bench(directory)
                .with("tandem.call-timeout", "5s")
                .with("tandem.oscar.feed-timeout", "4s")
                .with("tandem.lease", "5s")
                .with("tandem.workers", "6")
                .with("tandem.oscar.max-calls", String.valueOf(AT_ONCE))
                .with("tandem.oscar.schedule", "0/2 * * * * ?")
                .with("tandem.primero.schedule", "1/2 * * * * ?")
                .with("tandem.retry.min", "200ms")
                .with("tandem.retry.max", "1s")
                .with("tandem.retry.attempts", "100")
                .with("tandem.oscar.lost-answer-wait", "1s");
    }
}
