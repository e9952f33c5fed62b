package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Hold;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in each of the three windows (protocol 9), and at random. Each window is proved at the moment of the kill,
 * from outside: by the rows that the ledger had committed and by the calls that had reached the simulators.
 */
class KillIT {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";
    private static final int AT_ONCE = Quick.AT_ONCE;

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
        try (Bench bench = Quick.bench(directory, url)) {
            Crowd crowd = new Crowd(bench, 260, 40);
            Tables tables = new Tables(url, "postgres");
            bench.adopt();
            readEverythingAndRememberTheClasses(bench, tables, crowd);
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

    /** The embedded database must not have forgotten what was committed before the call. */
    @Test
    void ten_kills_on_the_embedded_database_lose_nothing_that_was_intended() {
        try (Bench bench = Quick.bench(directory)) {
            Crowd crowd = new Crowd(bench, 60, 1);
            bench.adopt();
            Windows windows = new Windows();
            for (int i = 0; i < 10; i++) {
                Hold hold = new Hold();
                Faults.Rule calls = bench.oscar
                        .faults()
                        .every("POST", UPSERT, i % 2 == 0 ? Fault.holdAnswer(hold) : Fault.holdCall(hold));
                try (Child child = Child.run(bench, log())) {
                    Eventually.so("a call", child, () -> calls.struck() == AT_ONCE);
                    child.kill();
                    windows.count(0, AT_ONCE, 0, 0);
                    windows.mayBeLost += AT_ONCE;
                } finally {
                    hold.release();
                    bench.oscar.faults().clear();
                }
            }
            System.out.println("H2: " + windows);
            SyncReport report;
            do {
                report = bench.sync();
            } while (report.nextMoment().isPresent());
            Tables tables = new Tables("jdbc:h2:file:" + directory.resolve("ledger"), "");
            assertThat(tables.open()).isZero();
            long repeats = crowd.isDeliveredByTheRule(tables.referrals(), windows.mayBeLost);
            assertThat(tables.referrals().stream()
                            .mapToLong(Tables.Referral::lostAnswers)
                            .sum())
                    .as("each call that was cut off is known")
                    .isGreaterThanOrEqualTo(windows.mayBeLost);
            System.out.println("repeats at the NGO, all of them named: " + repeats);
        }
    }

    /**
     * A first run that sends nothing, because OSCaR asks it to come back later. At its orderly end Java writes down the
     * classes that it had loaded, which halves the work of each start to come.
     */
    private void readEverythingAndRememberTheClasses(Bench bench, Tables tables, Crowd crowd) {
        Faults.Rule later = bench.oscar.faults().every("POST", UPSERT, Fault.retryAfter(503, 1));
        try (Child first = Child.run(bench, log(), "-XX:ArchiveClassesAtExit=" + classes())) {
            Eventually.so(
                    "reading both systems in full",
                    first,
                    // More items than children: the cases that were made in Primero have come back by its sweep.
                    () -> tables.readInFull() == 2 && tables.items() >= crowd.items() && later.struck() > 0,
                    () -> "%d systems read in full, %d items of %d, %d upserts put off"
                            .formatted(tables.readInFull(), tables.items(), crowd.items(), later.struck()));
            first.end();
        }
        later.remove();
    }

    private Path classes() {
        return directory.resolve("classes.jsa");
    }

    private Path log() {
        return directory.resolve("tandem.log");
    }

    private Child run(Bench bench) {
        return Child.run(bench, log(), "-XX:SharedArchiveFile=" + classes());
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
        try (Child child = run(bench)) {
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
                    long until = callsBefore + random.nextInt(1, 30);
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
        try (Child last = run(bench)) {
            Eventually.so(
                    "rest",
                    last,
                    // More items than children: the cases that were made in Primero have come back by its sweep.
                    () -> tables.readInFull() == 2 && tables.items() >= crowd.items() && tables.open() == 0,
                    () -> "%d systems read in full, %d items of %d, %s"
                            .formatted(tables.readInFull(), tables.items(), crowd.items(), tables.restless()));
            last.kill();
        }
        long repeats = crowd.isDeliveredByTheRule(tables.referrals(), mayBeLost);
        crowd.isOnceInPrimero();
        System.out.println("repeats at the NGO, all of them named: " + repeats);
    }

    private static long calls(Bench bench) {
        return bench.oscar.calls().total() + bench.primero.calls().total();
    }
}
