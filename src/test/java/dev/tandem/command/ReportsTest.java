package dev.tandem.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.Reason;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.report.record.DeadLetterList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Reason UNMAPPED =
            new Reason("parked", "unmapped-code", "no OSCaR value for a risk level", 2, List.of("case-1", "case-2"));

    private final Desk desk = new Desk();

    @Test
    void sync_for_people() {
        desk.sync = () -> new SyncReport(
                List.of(new SyncReport.Sweep("oscar", true, 1200, 7), new SyncReport.Sweep("primero", false, 30, 3)),
                List.of(
                        new SyncReport.Effects("primero-to-oscar", "referral", 1, 0, 12, 1, 2, 3, 1, 1),
                        new SyncReport.Effects("oscar-to-primero", "case", 0, 4, 0, 0, 0, 0, 0, 0)),
                List.of(UNMAPPED),
                Optional.of(NOON),
                4);

        desk.type("sync");

        assertThat(desk.out.toString()).isEqualTo("""
                source   sweep    read  marked
                oscar    full     1200       7
                primero  changes    30       3

                flow              effect    sent  already there  unchanged  waiting  parked  baseline  possible repeats  pending
                primero-to-oscar  referral     1              0         12        1       2         3                 1        1
                oscar-to-primero  case         0              4          0        0       0         0                 0        0

                state   count  code           why                              for example
                parked      2  unmapped-code  no OSCaR value for a risk level  case-1, case-2

                1 left pending
                Due next: 2026-11-25 19:00:00 +07:00 (2 h ago)
                2 parked: a person or an edit must act
                1 waiting for something that must come first
                1 possible repeats: their answer was lost
                """);
    }

    @Test
    void sync_with_nothing_to_do() {
        desk.type("sync");

        assertThat(desk.out.toString()).isEqualTo("All is settled.\n");
    }

    @Test
    void sync_as_json() {
        desk.sync = () -> new SyncReport(
                List.of(),
                List.of(new SyncReport.Effects("oscar-to-primero", "ids", 1, 0, 0, 0, 0, 0, 0, 0)),
                List.of(UNMAPPED),
                Optional.of(NOON),
                3);

        desk.type("sync", "--json");

        assertThat(desk.out.toString()).isEqualTo("""
                {
                  "sweeps" : [ ],
                  "effects" : [ {
                    "flow" : "oscar-to-primero",
                    "kind" : "ids",
                    "sent" : 1,
                    "alreadyThere" : 0,
                    "unchanged" : 0,
                    "waiting" : 0,
                    "parked" : 0,
                    "baseline" : 0,
                    "possibleRepeats" : 0,
                    "pending" : 0
                  } ],
                  "reasons" : [ {
                    "state" : "parked",
                    "code" : "unmapped-code",
                    "words" : "no OSCaR value for a risk level",
                    "count" : 2,
                    "records" : [ "case-1", "case-2" ]
                  } ],
                  "nextMoment" : "2026-11-25T12:00:00Z",
                  "exitCode" : 3
                }
                """);
    }

    @Test
    void status_for_people() {
        desk.status = ReportsTest::status;

        desk.type("status");

        assertThat(desk.out.toString()).isEqualTo("""
                Ledger 3f2a1b7c in jdbc:h2:file:/data/tandem, made by `init --since 2026-11-25T00:00:00Z` at 2026-11-25 19:00:00 +07:00 (2 h ago)
                Service: process 4711 on ministry, Tandem 0.1.0, running since 2026-11-25 19:00:00 +07:00 (2 h ago)

                flow                       pending  leased  waiting  parked  baseline  possible repeats  settled  oldest pending
                primero-to-oscar (paused)        3       1        0       2         0                 0       99  2h 05m
                oscar-to-primero                 0       0        0       0         0                 0        7  -

                source   last sweep                            last full sweep             read up to
                primero  2026-11-25 19:00:00 +07:00 (2 h ago)  2026-11-25 19:00:00 +07:00  2026-11-25 18:50:00 +07:00
                oscar    -                                     -                           -

                system   state            since                                 why
                primero  does not answer  2026-11-25 19:00:00 +07:00 (2 h ago)  http-503
                oscar    gate closed      2026-11-25 19:00:00 +07:00 (2 h ago)  http-401

                state   count  code           why                              for example
                parked      2  unmapped-code  no OSCaR value for a risk level  case-1, case-2

                Cases without an owner: 4
                Referrals without an answer: 5
                The last sweep of primero that ended early did so at 2026-11-25 19:00:00 +07:00 (2 h ago), after 15 min: primero did not answer to the end within 15 min.
                Configuration: 3f2a since 2026-11-25 19:00:00 +07:00 (2 h ago)
                The edit of 2026-11-25 19:00:00 +07:00 (2 h ago) (version 77b0: routes/read-case.camel.yaml) was turned away:
                  read-case.camel.yaml:12: there is no step setBdy; did you mean setBody?
                Routes may also use exec (tandem.routes.allow)
                """);
    }

    @Test
    void status_as_json_has_null_for_what_is_not_there() {
        desk.status = ReportsTest::status;

        desk.type("status", "--json");

        assertThat(desk.out.toString())
                .contains("\"oldestPendingSeconds\" : 7500")
                .contains("\"oldestPendingSeconds\" : null")
                .contains("\"lastFull\" : \"2026-11-25T12:00:00Z\"")
                .contains("\"version\" : \"3f2a\"");
    }

    @Test
    void a_list_gives_the_same_advice_once() {
        desk.letters = () -> new DeadLetterList(List.of(letter(1), letter(2), letter(3)), 3);

        desk.type("dead-letters", "list");

        assertThat(desk.out.toString().split("Map the value", -1)).hasSize(2);
        assertThat(desk.out.toString())
                .contains("#1  primero-to-oscar", "#3  primero-to-oscar")
                .contains("What to do:", "unmapped-code: Map the value, then retry.");
    }

    private static DeadLetter letter(long id) {
        return new DeadLetter(
                id,
                "primero-to-oscar",
                "case-" + id,
                "referral",
                "referral:" + id,
                "parked",
                "unmapped-code",
                "no OSCaR value",
                "Map the value, then retry.",
                false,
                false,
                1,
                NOON,
                Optional.empty());
    }

    @Test
    void a_plan_is_a_summary_and_its_details_go_to_a_file_without_formulas(@TempDir Path directory) throws IOException {
        desk.plan = () -> new PlanReport(
                Optional.of(new InitReport(Optional.empty(), List.of(), 0, List.of())),
                "init --adopt",
                List.of(new PlanReport.Count("oscar-to-primero", "case", 1, 0, 0)),
                List.of(new PlanReport.Call(
                        "oscar-to-primero",
                        "cif/s-1",
                        "primero",
                        "POST",
                        List.of("case"),
                        Map.of("/data/note", "=1+1, [x]"))),
                List.of(new PlanReport.Held("oscar-to-primero", 500, 7)),
                List.of(),
                0);
        Path file = directory.resolve("plan.csv");

        assertThat(desk.type("plan", "--adopt", "--csv", file.toString())).isZero();

        assertThat(desk.out.toString()).isEqualTo("""
                There is no ledger yet: this is what `init --adopt` and the first sync would do.
                1 calls would be made, for 1 records. Nothing was sent.

                flow              effect  would be sent  already there  baseline
                oscar-to-primero  case                1              0         0

                The brake stops the first sync of oscar-to-primero after 500 records (tandem.brake); the other 7 follow once you say `tandem approve`.

                --details names each call; --csv FILE writes them to a file.
                """);
        assertThat(Files.readString(file)).isEqualTo("""
                "flow","record","system","method","effects","field","value"
                "oscar-to-primero","cif/s-1","primero","POST","case","/data/note","'=1+1, [x]"
                """);
        assertThat(desk.type("plan", "--csv", file.toString())).isEqualTo(2);
        assertThat(desk.err.toString()).contains(file + " is there already");
    }

    @Test
    void differences_for_a_spreadsheet(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("differences.csv");
        desk.compare = () -> Desk.compared(List.of(new CompareReport.Difference(
                "differing", "cif", "c-1", "cif/s-1", "case", List.of("sex [OSCaR]"), "", "=1+1", "settled", true)));

        assertThat(desk.type("compare", "--csv", file.toString())).isEqualTo(3);

        assertThat(Files.readString(file)).isEqualTo("""
                "kind","ngo","case","client","effect","fields","code","reason","ledger","repairable"
                "differing","cif","c-1","cif/s-1","case","sex [OSCaR]","","'=1+1","settled","yes"
                """);
        assertThat(desk.type("compare", "--csv", file.toString())).isEqualTo(2);
        assertThat(desk.err.toString()).contains(file + " is there already");
    }

    @Test
    void init_for_people() {
        desk.init = () -> new InitReport(
                Optional.of(NOON), List.of(new InitReport.Baseline("primero-to-oscar", "referral", 41)), 17, List.of());

        desk.type("init", "--recover");

        assertThat(desk.out.toString()).isEqualTo("""
                The ledger is made. What is older than 2026-11-25 19:00:00 +07:00 (2 h ago) is listed as baseline and not sent unless you retry it.
                Cases linked to a client: 17

                flow              effect    baseline
                primero-to-oscar  referral        41
                """);
    }

    @ParameterizedTest
    @CsvSource({"59, 59s", "61, 1m 01s", "3600, 1h 00m", "90000, 1d 01h"})
    void ages_have_their_two_largest_units(long seconds, String age) {
        StatusReport.Flow flow =
                new StatusReport.Flow("oscar-to-primero", 1, 0, 0, 0, 0, 0, Optional.of(seconds), 0, false);
        StatusReport some = status();
        desk.status = () -> new StatusReport(
                some.ledger(),
                List.of(flow),
                some.cursors(),
                some.gates(),
                some.webhooks(),
                some.reasons(),
                0,
                0,
                some.configuration(),
                some.differing());

        desk.type("status");

        assertThat(desk.out.toString().lines().skip(4).findFirst().orElseThrow())
                .endsWith("  " + age);
    }

    private static StatusReport status() {
        return new StatusReport(
                new StatusReport.LedgerIs(
                        "3f2a1b7c-6d1e-4c55-9a63-000000000000",
                        "jdbc:h2:file:/data/tandem",
                        NOON,
                        "init --since 2026-11-25T00:00:00Z",
                        List.of(new StatusReport.Service("4711", "ministry", Optional.of("0.1.0"), Optional.of(NOON)))),
                List.of(
                        new StatusReport.Flow("primero-to-oscar", 3, 1, 0, 2, 0, 0, Optional.of(7500L), 99, true),
                        new StatusReport.Flow("oscar-to-primero", 0, 0, 0, 0, 0, 0, Optional.empty(), 7, false)),
                List.of(
                        new StatusReport.Cursor(
                                "primero",
                                Optional.of(NOON),
                                Optional.of(NOON),
                                Optional.of("2026-11-25T11:50:00Z"),
                                Optional.empty(),
                                Optional.of(new StatusReport.Failed(
                                        NOON, 900, "primero did not answer to the end within 15 min"))),
                        new StatusReport.Cursor(
                                "oscar",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                List.of(
                        new StatusReport.Gate(
                                "primero",
                                true,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new StatusReport.Silent(NOON, "http-503"))),
                        new StatusReport.Gate(
                                "oscar", false, Optional.of(NOON), Optional.of("http-401"), Optional.empty())),
                List.of(),
                List.of(UNMAPPED),
                4,
                5,
                new StatusReport.Configuration(
                        Optional.of("3f2a"),
                        Optional.of(NOON),
                        Optional.of(new StatusReport.TurnedAway(
                                "77b0",
                                NOON,
                                List.of("routes/read-case.camel.yaml"),
                                List.of("read-case.camel.yaml:12: there is no step setBdy; did you mean setBody?"))),
                        List.of("exec")),
                List.of());
    }
}
