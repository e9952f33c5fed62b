package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.report.SyncReport;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any call may lose its answer, before or after it took effect: everything ends as it would have, each referral is delivered
 * once or named as a possible repeat, and there are no more repeats than lost answers.
 */
class LostAnswersIT {
    private record Route(boolean atOscar, String method, String template) {
        Faults faults(Bench bench) {
            return atOscar ? bench.oscar.faults() : bench.primero.faults();
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    private static final List<Route> WRITES = List.of(
            new Route(true, "POST", UPSERT),
            new Route(true, "PUT", "/api/v1/organizations/clients/update_links"),
            new Route(true, "PUT", "/api/v1/organizations/referrals/update_statuses"),
            new Route(false, "POST", "/api/v2/cases"),
            new Route(false, "PATCH", "/api/v2/cases/:id"),
            new Route(false, "PATCH", "/api/v2/cases/:id/referrals/:referral"));

    private static final List<Route> READS = List.of(
            new Route(true, "POST", "/api/v1/admin_auth/sign_in"),
            new Route(true, "GET", "/api/v1/organizations/clients"),
            new Route(false, "GET", "/api/v2/cases"),
            new Route(false, "GET", "/api/v2/cases/:id"),
            new Route(false, "GET", "/api/v2/cases/:id/referrals"),
            new Route(false, "GET", "/api/v2/users"));

    /** Beyond the patience that its bench has; of the others no call is to be lost because the machine is slow. */
    private static final Fault TOO_LATE = Fault.latency(Duration.ofMillis(2500));

    private static String undisturbed;

    @TempDir
    static Path reference;

    @TempDir
    Path directory;

    static List<Route> writes() {
        return WRITES;
    }

    @ParameterizedTest
    @MethodSource("writes")
    void a_write_that_loses_its_answer_once_ends_as_if_it_had_not(Route write) {
        rehearse(bench -> write.faults(bench).next(write.method(), write.template(), Fault.dropAfter()), 1);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("cut off in the middle of the answer", Fault.truncated()),
                Arguments.of("a proxy's page after the effect", Fault.html(502).afterEffect()),
                Arguments.of("200 without a body", Fault.emptyBody()),
                Arguments.of("half of the JSON", Fault.malformedJson()),
                Arguments.of("too late", TOO_LATE),
                Arguments.of("closed before the effect", Fault.dropBefore()),
                Arguments.of("closed before it was read", Fault.dropUnread()),
                Arguments.of("to come back later", Fault.retryAfter(503, 1)),
                Arguments.of("too many requests", Fault.retryAfter(429, 1)));
    }

    /** Every route at once, the reads and the sign-in among them, and each twice but the upsert. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whatever_becomes_of_every_call_all_comes_to_its_end(String name, Fault fault) {
        rehearse(
                bench -> {
                    if (fault.equals(TOO_LATE)) {
                        bench.with("tandem.call-timeout", "2s");
                    }
                    Stream.concat(WRITES.stream(), READS.stream()).forEach(route -> route.faults(bench)
                            .times(route.template().equals(UPSERT) ? 1 : 2, route.method(), route.template(), fault));
                },
                1);
    }

    @Test
    void a_read_that_loses_its_answer_is_read_again() {
        rehearse(
                bench -> READS.forEach(
                        read -> read.faults(bench).next(read.method(), read.template(), Fault.dropAfter())),
                0);
    }

    @Test
    void a_token_that_ends_in_the_middle_of_the_run_costs_nothing() {
        rehearse(
                bench -> WRITES.stream().filter(Route::atOscar).forEach(write -> write.faults(bench)
                        .next(write.method(), write.template(), bench.oscar.unauthorized())),
                0);
    }

    /** Lost twice, it is parked: never a third time. */
    @Test
    void a_referral_that_loses_every_answer_arrives_twice_and_is_named() {
        try (Bench bench = bench()) {
            Everything all = new Everything(bench).refer();
            bench.adopt();
            bench.oscar.faults().every("POST", UPSERT, Fault.dropAfter());
            SyncReport report = repeatedly(bench);
            assertThat(all.arrived()).isEqualTo(2);
            assertThat(possibleRepeats(report)).isEqualTo(1);
            assertThat(referrals(report).parked()).isEqualTo(1);
            assertThat(bench.oscar.calls().count("POST", UPSERT)).isEqualTo(2);
        }
    }

    @Test
    void with_park_a_lost_answer_is_never_followed_by_a_repeat_and_the_ngos_answer_still_finds_its_row() {
        try (Bench bench = bench().with("tandem.oscar.lost-answer", "park")) {
            Everything all = new Everything(bench).refer();
            bench.adopt();
            bench.oscar.faults().next("POST", UPSERT, Fault.dropAfter());
            SyncReport report = repeatedly(bench);
            assertThat(all.arrived()).isEqualTo(1);
            assertThat(possibleRepeats(report)).isEqualTo(1);
            all.decide();
            repeatedly(bench);
            assertThat(all.arrived()).isEqualTo(1);
            assertThat(bench.oscar.calls().count("POST", UPSERT)).isEqualTo(1);
            assertThat(all.outcome()).isEqualTo(undisturbed());
        }
    }

    @Test
    void a_feed_that_breaks_off_completes_no_sweep() {
        try (Bench bench = bench()) {
            Everything all = new Everything(bench).refer();
            bench.adopt();
            bench.oscar.faults().every("GET", "/api/v1/organizations/clients", Fault.truncated());
            SyncReport report = repeatedly(bench);
            assertThat(report.exitCode()).isEqualTo(4);
            assertThat(bench.status().cursors())
                    .filteredOn(cursor -> cursor.source().equals("oscar"))
                    .allSatisfy(cursor -> assertThat(cursor.lastFull()).isEmpty());
            assertThat(all.arrived())
                    .as("no referral before OSCaR was read in full")
                    .isZero();
            bench.oscar.faults().clear();
            repeatedly(bench);
            assertThat(all.arrived()).isEqualTo(1);
        }
    }

    private void rehearse(Consumer<Bench> disturb, int lostUpserts) {
        String expected = undisturbed();
        try (Bench bench = bench()) {
            Everything all = new Everything(bench).refer();
            bench.adopt();
            disturb.accept(bench);
            repeatedly(bench);
            all.decide();
            SyncReport report = repeatedly(bench);
            assertThat(all.outcome()).isEqualTo(expected);
            // A late answer is lost for who has stopped waiting; the simulator, which sends it, does not count it.
            long lost = bench.oscar.faults().struck("latency") > 0
                    ? lostUpserts
                    : bench.oscar.faults().lostAnswers("POST", UPSERT);
            assertThat(all.arrived() - 1L)
                    .as("repeats")
                    .isLessThanOrEqualTo(possibleRepeats(report))
                    .isLessThanOrEqualTo(lost);
            assertThat(possibleRepeats(report)).as("named").isLessThanOrEqualTo(lostUpserts);
            assertThat(bench.oscar.faults().struck().size()
                            + bench.primero.faults().struck().size())
                    .as("faults that struck")
                    .isPositive();
        }
    }

    private static String undisturbed() {
        if (undisturbed == null) {
            try (Bench bench = new Bench(reference)) {
                Everything all = new Everything(bench).refer();
                bench.adopt();
                repeatedly(bench);
                all.decide();
                repeatedly(bench);
                assertThat(all.arrived()).isEqualTo(1);
                undisturbed = all.outcome();
            }
        }
        return undisturbed;
    }

    /** Until two in a row leave nothing pending, or ten have not. */
    private static SyncReport repeatedly(Bench bench) {
        SyncReport report = bench.sync();
        for (int quiet = 0, i = 0; quiet < 1 && i < 10; i++) {
            report = bench.sync();
            quiet = report.exitCode() == 4 ? 0 : quiet + 1;
        }
        return report;
    }

    private Bench bench() {
        return new Bench(directory)
                .with("tandem.retry.min", "100ms")
                .with("tandem.retry.max", "500ms")
                .with("tandem.oscar.lost-answer-wait", "500ms");
    }

    private static long possibleRepeats(SyncReport report) {
        return referrals(report).possibleRepeats();
    }

    private static SyncReport.Effects referrals(SyncReport report) {
        return report.effects().stream()
                .filter(effects -> effects.kind().equals("referral"))
                .findFirst()
                .orElseThrow();
    }
}
