package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Hold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that stands still past its lease ({@code SIGSTOP}) and is woken when another has done its work. */
class StalledWorkerIT {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    private static final int REFERRALS = 4;

    @TempDir
    Path directory;

    @Test
    void stopped_during_a_call_and_before_another_it_sends_and_writes_nothing_more() {
        String url = TestDatabase.freshUrl();
        try (Bench bench = Quick.bench(directory, url).with("tandem.oscar.max-calls", "1")) {
            Crowd crowd = new Crowd(bench, REFERRALS, 1);
            Tables tables = new Tables(url, "postgres");
            bench.adopt();
            Hold hold = new Hold();
            Faults.Rule calls = bench.oscar.faults().every("POST", UPSERT, Fault.holdCall(hold));
            OffsetDateTime since = tables.now();
            try (Child stalled = Child.run(bench, log("stalled"))) {
                Eventually.so(
                        "one called and the others waiting for their turn",
                        stalled,
                        () -> calls.struck() == 1 && tables.intended(since) == REFERRALS);
                stalled.stop();
                hold.release();
                bench.oscar.faults().clear();
                takeOver(bench, tables);

                long called = bench.oscar.calls().count("POST", UPSERT);
                assertThat(called).as("one by the stalled, each by the other").isEqualTo(REFERRALS + 1L);
                long journaled = tables.journaled();
                stalled.wake();
                Eventually.so(
                        "the stalled one noticing that it has lost all",
                        stalled,
                        () -> lines(log("stalled"), "was lost to another worker") >= REFERRALS);
                assertThat(bench.oscar.calls().count("POST", UPSERT)).isEqualTo(called);
                assertThat(tables.journaled()).isEqualTo(journaled);
                // Its sweeps go on, and may just have marked a case that was made in Primero meanwhile.
                Eventually.so("rest", stalled, () -> tables.open() == 0);
            }
            assertThat(crowd.isDeliveredByTheRule(tables.referrals(), 1)).isEqualTo(1);
        }
    }

    /** It stops with the answer in its hands, in the middle of the transaction that was to record it. */
    @Test
    void stopped_while_it_records_an_answer_it_keeps_nobody_waiting_for_long() {
        String url = TestDatabase.freshUrl();
        try (Bench bench = Quick.bench(directory, url)) {
            Crowd crowd = new Crowd(bench, 1, 1);
            Tables tables = new Tables(url, "postgres");
            bench.adopt();
            Hold hold = new Hold();
            Faults.Rule calls = bench.oscar.faults().every("POST", UPSERT, Fault.holdCall(hold));
            OffsetDateTime since = tables.now();
            try (Child stalled = Child.run(bench, log("stalled"))) {
                Eventually.so("a call", stalled, () -> calls.struck() == 1);
                try (var holding = tables.holdBack(since)) {
                    hold.release();
                    bench.oscar.faults().clear();
                    Eventually.so("an answer that cannot be recorded", stalled, () -> tables.heldBack() == 1);
                    stalled.stop();
                    holding.rollback();
                }
                takeOver(bench, tables);
                stalled.wake();
                Eventually.so(
                        "the stalled one noticing that it has lost it",
                        stalled,
                        () -> lines(log("stalled"), "was lost to another worker") >= 1);
                Eventually.so("rest", stalled, () -> tables.open() == 0);
            }
            assertThat(crowd.isDeliveredByTheRule(tables.referrals(), 1)).isEqualTo(1);
        }
    }

    private void takeOver(Bench bench, Tables tables) {
        try (Child other = Child.run(bench, log("other"))) {
            Eventually.so("the other one bringing all to rest", other, () -> tables.open() == 0);
            other.kill();
        }
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private static long lines(Path log, String words) {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(words)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
