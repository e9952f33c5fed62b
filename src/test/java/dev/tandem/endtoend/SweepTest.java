package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.OscarSettings;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep loses no record, whatever happens while it reads, and moves no cursor past what it has not read. */
class SweepTest {
    private static final String CASES = "/api/v2/cases";
    private static final String FEED = "/api/v1/organizations/clients";
    private static final int MORE_THAN_A_PAGE = 1_070;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String MARKING = " from pg_stat_activity where datname = current_database()"
            + " and wait_event_type = 'Lock' and query like '%insert into work_item%'";

    @TempDir
    Path directory;

    private final SimClock primeroClock = SimClock.frozenAt(Instant.parse("2026-03-10T03:00:00Z"));
    private final SimClock oscarClock = SimClock.real();
    private Bench bench;
    private Map<String, Long> casesBefore = Map.of();

    @BeforeEach
    void start() {
        bench = new Bench(
                        directory,
                        PrimeroSimulator.start(Options.defaults().withClock(primeroClock)),
                        OscarSimulator.start(OscarSettings.standard(), oscarClock))
                .with("tandem.primero.full-schedule", "off")
                .with("tandem.oscar.full-schedule", "off");
        // Neither system is ever empty: an answer that says so is not believed.
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        newCase("Somebody");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void more_cases_than_a_page_holds_and_many_of_one_moment_are_all_read() {
        List<String> cases = cases(MORE_THAN_A_PAGE);

        bench.adopt().sync();

        assertThat(casesRead()).containsAll(cases);
        casesBefore = generations();
        primeroClock.advance(Duration.ofHours(1));
        bench.primero.massBump("mgrbmc");
        bench.sync();
        assertThat(casesRead()).containsAll(cases);
        assertThat(bench.status().flows()).allMatch(flow -> flow.pending() == 0 && flow.leased() == 0);
    }

    @Test
    void a_case_that_changes_while_later_pages_are_read_is_not_lost() throws Exception {
        List<String> cases = cases(MORE_THAN_A_PAGE);
        Hold secondPage = new Hold();
        bench.primero.faults().times(1, pageOfCases("2"), Fault.holdCall(secondPage));
        bench.adopt();

        CompletableFuture<SyncReport> sync = CompletableFuture.supplyAsync(bench::sync);
        assertThat(secondPage.awaitCall(SOON)).isTrue();
        primeroClock.advance(Duration.ofSeconds(5));
        refer(cases.get(3));
        secondPage.release();
        sync.get();
        bench.sync();

        assertThat(arrived(cases.get(3))).isEqualTo(1);
    }

    @Test
    void a_case_stamped_before_a_sweep_but_saved_after_it_is_not_lost() {
        String slow = newCase("Slow");
        String quick = newCase("Quick");
        bench.adopt().sync();
        String row = bench.primero.worker().addService(slow, Children.referral("counselling_trauma", "agency-cif"));

        bench.primero.inNextSave(() -> {
            primeroClock.advance(Duration.ofSeconds(30));
            refer(quick);
            bench.sync();
        });
        bench.primero.worker().refer(slow, row, "agency-cif-user", "Example note");
        assertThat(arrived(quick)).isEqualTo(1);
        bench.sync();

        assertThat(arrived(slow)).isEqualTo(1);
    }

    @Test
    void a_sweep_that_dies_on_its_second_page_moves_no_cursor_and_the_next_one_reads_it_all() {
        List<String> cases = cases(MORE_THAN_A_PAGE);
        bench.adopt();
        bench.primero.faults().times(1, pageOfCases("2"), Fault.truncated());

        SyncReport died = bench.sync();

        assertThat(died.exitCode()).isEqualTo(4);
        assertThat(died.reasons())
                .anySatisfy(reason -> assertThat(reason.words()).contains("the sweep of primero ended early"));
        assertThat(cursor("primero").lastFull()).isEmpty();
        assertThat(cursor("primero").watermark()).isEmpty();
        bench.sync();
        assertThat(casesRead()).containsAll(cases);
        Optional<String> watermark = cursor("primero").watermark();
        assertThat(watermark).isPresent();

        primeroClock.advance(Duration.ofHours(1));
        bench.primero.massBump("mgrbmc");
        bench.primero.faults().times(1, pageOfCases("2"), Fault.truncated());
        casesBefore = generations();
        bench.sync();
        assertThat(cursor("primero").watermark()).isEqualTo(watermark);
        assertThat(casesRead()).doesNotContainAnyElementsOf(behindTheFirstPage());
        bench.sync();
        assertThat(casesRead()).containsAll(cases);
    }

    @Test
    void a_page_that_could_not_be_marked_is_read_again() throws Exception {
        List<String> cases = cases(MORE_THAN_A_PAGE);
        bench.onPostgresql().adopt();

        CompletableFuture<SyncReport> sync;
        try (Connection other = bench.beside()) {
            sync = markingWaits(other);
            await().atMost(SOON).until(() -> marking(other) > 0);
            // Its connection stays: the driver asserts that it does, and in tests assertions are on.
            other.createStatement().execute("select pg_cancel_backend(pid)" + MARKING);
            other.rollback();
        }

        SyncReport failed = sync.get();
        assertThat(failed.exitCode()).isEqualTo(4);
        assertThat(failed.reasons())
                .extracting(reason -> reason.words())
                .contains("the sweep of primero ended early: the ledger's database did not answer (SQL state 57014)");
        assertThat(cursor("primero").lastFull()).isEmpty();
        bench.sync();
        assertThat(casesRead()).containsAll(cases);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "empty-list", "empty-body", "malformed"})
    void an_answer_that_cannot_be_the_list_of_cases_moves_no_cursor(String answer) {
        String before = newCase("Before");
        bench.adopt().sync();
        Optional<String> watermark = cursor("primero").watermark();
        primeroClock.advance(Duration.ofHours(1));
        refer(before);
        bench.primero
                .faults()
                .next(
                        "GET",
                        CASES,
                        switch (answer) {
                            case "html" -> Fault.html(200);
                            // What Primero answers when its database refused the query (contract primero-v2 §2.5).
                            case "empty-list" -> Fault.answer(answer, Reply.json(200, noCases()));
                            case "empty-body" -> Fault.emptyBody();
                            case "malformed" -> Fault.malformedJson();
                            default -> throw new IllegalArgumentException(answer);
                        });

        SyncReport failed = bench.sync();

        // An empty list may be true where nothing has changed; it moves the cursor no more than a failure.
        assertThat(failed.exitCode()).isEqualTo(answer.equals("empty-list") ? 0 : 4);
        assertThat(cursor("primero").watermark()).isEqualTo(watermark);
        assertThat(arrived(before)).isZero();
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(arrived(before)).isEqualTo(1);
    }

    @Test
    void an_empty_list_is_no_full_sweep_where_there_are_cases() {
        String there = newCase("There");
        bench.adopt();
        bench.primero.faults().times(1, pageOfCases("1"), Fault.answer("empty-list", Reply.json(200, noCases())));

        assertThat(bench.sync().exitCode()).isEqualTo(4);

        assertThat(cursor("primero").lastFull()).isEmpty();
        bench.sync();
        assertThat(cursor("primero").lastFull()).isPresent();
        assertThat(casesRead()).contains(there);
    }

    /** The last of each line, but for the page, makes Tandem read by windows from then on, of which one may be empty. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing no-data truncated", "malformed", "swallowed", "html"})
    void a_feed_that_is_not_whole_moves_no_cursor_and_the_next_one_brings_all(String answers) {
        List<String> slugs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            slugs.add(referredClient("Child" + i));
        }
        bench.adopt();
        for (String answer : answers.split(" ")) {
            bench.oscar.faults().next("GET", FEED, notWhole(answer));

            SyncReport failed = bench.sync();

            assertThat(failed.exitCode()).as(answer).isEqualTo(4);
            assertThat(failed.reasons()).as(answer).anySatisfy(reason -> assertThat(reason.words())
                    .contains("the sweep of oscar ended early"));
            StatusReport.Cursor cursor = cursor("oscar");
            assertThat(cursor.lastFull()).as(answer).isEmpty();
            assertThat(cursor.lastIncremental()).as(answer).isEmpty();
            if (answer.equals("truncated") || answer.equals("malformed")) {
                // What came before the break is brought on its way already.
                assertThat(shortIds()).isNotEmpty();
            } else {
                assertThat(shortIds()).as(answer).isEmpty();
            }
        }
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(cursor("oscar").lastFull()).isPresent();
        assertThat(bench.primero.cases())
                .extracting(row -> row.path("oscar_short_id").asText())
                .containsAll(slugs);
    }

    private static Fault notWhole(String answer) {
        return switch (answer) {
            case "truncated" -> Fault.truncated();
            case "html" -> Fault.html(200);
            case "malformed" -> Fault.malformedJson();
            case "nothing" -> Fault.answer(answer, Reply.text(200, "application/json", "{\"data\":[]}"));
            case "no-data" -> Fault.answer(answer, Reply.text(200, "application/json", "{\"message\":\"example\"}"));
            case "swallowed" -> OscarSimulator.swallowed();
            default -> throw new IllegalArgumentException(answer);
        };
    }

    @Test
    void a_client_without_a_slug_is_passed_over_and_the_others_come_through() {
        String named = referredClient("Named");
        bench.adopt();
        bench.oscar.faults().next("GET", FEED, Fault.answer("no-slug", Reply.json(200, feedWithAndWithoutSlug())));

        SyncReport report = bench.sync();

        assertThat(report.exitCode()).isZero();
        assertThat(cursor("oscar").lastFull()).isPresent();
        assertThat(shortIds()).containsExactly("exam-1");
        bench.syncInFull();
        assertThat(shortIds()).contains(named);
    }

    @Test
    void a_client_edited_at_half_past_midnight_in_phnom_penh_is_in_the_next_incremental_sweep() {
        // 00:30 in Phnom Penh is 17:30 of the day before by the clock that OSCaR's question goes by.
        Instant halfPastMidnight = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC)
                .minusDays(1)
                .atTime(17, 30)
                .toInstant(ZoneOffset.UTC);
        Instant longAgo = halfPastMidnight.minus(Duration.ofDays(40));
        var ngo = bench.oscar.worker("cif");
        String slug = ngo.newClient(ClientForm.named("Night", "Example").livesAt("19020105"));
        String unmoved = ngo.newClient(ClientForm.named("Quiet", "Example").livesAt("19020105"));
        ngo.backdate(slug, longAgo, longAgo);
        ngo.backdate(unmoved, longAgo, longAgo);
        bench.adopt().sync();
        assertThat(services(slug)).isZero();

        ngo.referToMinistry(slug, Outward.of("medium", "Kinship care"));
        ngo.referToMinistry(unmoved, Outward.of("medium", "Kinship care"));
        ngo.backdate(slug, longAgo, halfPastMidnight);
        ngo.backdate(unmoved, longAgo, longAgo);
        SyncReport report = bench.sync();

        assertThat(report.sweeps()).noneMatch(SyncReport.Sweep::full);
        assertThat(services(slug)).isEqualTo(1);
        // Only what moved its clock is in it; the rest comes with the next full one.
        assertThat(services(unmoved)).isZero();
        bench.syncInFull();
        assertThat(services(unmoved)).isEqualTo(1);
    }

    /** From the first page of cases on. */
    private CompletableFuture<SyncReport> markingWaits(Connection other) throws SQLException {
        Hold asked = new Hold();
        bench.primero.faults().times(1, pageOfCases("1"), Fault.holdCall(asked));
        CompletableFuture<SyncReport> sync = CompletableFuture.supplyAsync(bench::sync);
        assertThat(asked.awaitCall(SOON)).isTrue();
        other.setAutoCommit(false);
        other.createStatement().execute("lock table work_item in share row exclusive mode");
        asked.release();
        return sync;
    }

    private static int marking(Connection other) throws SQLException {
        // Within a transaction PostgreSQL goes on telling what it told the first time.
        other.createStatement().execute("select pg_stat_clear_snapshot()");
        try (ResultSet row = other.createStatement().executeQuery("select count(*)" + MARKING)) {
            row.next();
            return row.getInt(1);
        }
    }

    private int services(String slug) {
        return bench.primero.casesOfClient(slug).stream()
                .findFirst()
                .orElseThrow()
                .path("services_section")
                .size();
    }

    private List<String> cases(int count) {
        List<String> cases = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // An import makes many at one moment; Primero gives equal ones in another order each time.
            if (i % 37 == 0) {
                primeroClock.advance(Duration.ofSeconds(1));
            }
            cases.add(newCase("Child" + i));
        }
        return cases;
    }

    private List<String> behindTheFirstPage() {
        return bench.primero.cases().stream()
                .sorted(Comparator.comparing(row -> row.path("case_id").asText()))
                .skip(1000)
                .map(row -> row.path("id").asText())
                .toList();
    }

    private String newCase(String name) {
        return bench.primero.worker().newCase(Children.of(name, "Example"));
    }

    private void refer(String caseId) {
        String row = bench.primero.worker().addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(caseId, row, "agency-cif-user", "Example note");
    }

    private int arrived(String caseId) {
        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        return bench.oscar.checks().referrals("cif", externalId).size();
    }

    private String referredClient(String name) {
        var ngo = bench.oscar.worker("cif");
        String slug = ngo.newClient(ClientForm.named(name, "Example").livesAt("19020105"));
        ngo.referToMinistry(slug, Outward.of("medium", "Kinship care"));
        return slug;
    }

    private List<String> shortIds() {
        return bench.primero.cases().stream()
                .map(row -> row.path("oscar_short_id").asText())
                .filter(id -> !id.isEmpty())
                .toList();
    }

    /** Those that a sweep has found new or changed; of cases that owe nothing no call tells it. */
    private Set<String> casesRead() {
        Map<String, Long> now = generations();
        now.entrySet().removeIf(item -> item.getValue().equals(casesBefore.get(item.getKey())));
        return now.keySet();
    }

    private Map<String, Long> generations() {
        Map<String, Long> generations = new HashMap<>();
        try (Connection ledger = DriverManager.getConnection(
                        bench.setting("tandem.db.url"),
                        bench.setting("tandem.db.user"),
                        bench.setting("tandem.db.password"));
                ResultSet row = ledger.createStatement()
                        .executeQuery("select record, generation from work_item where flow = 'primero-to-oscar'")) {
            while (row.next()) {
                generations.put(row.getString("record"), row.getLong("generation"));
            }
            return generations;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private StatusReport.Cursor cursor(String source) {
        return bench.status().cursors().stream()
                .filter(cursor -> cursor.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private static Predicate<Request> pageOfCases(String page) {
        // The sweep's own question; a search for one case asks without an order.
        return request -> request.template().equals(CASES)
                && request.query("page").filter(page::equals).isPresent()
                && request.query("order_by").filter("case_id"::equals).isPresent();
    }

    private static ObjectNode noCases() {
        ObjectNode answer = Json.object();
        answer.putArray("data");
        answer.putObject("metadata").put("total", 0).put("per", 1000).put("page", 1);
        return answer;
    }

    private static ObjectNode feedWithAndWithoutSlug() {
        ObjectNode feed = Json.object();
        feed.putArray("data").add(client(null, 1)).add(client("exam-1", 2)).add(client("", 3));
        return feed;
    }

    private static ObjectNode client(String slug, int number) {
        ObjectNode client = Json.of(Map.of(
                "global_id", "01SYNTHETIC000000000000000" + number,
                "given_name", "Sample",
                "family_name", "Example",
                "gender", "female",
                "date_of_birth", "2014-09-08",
                "location_current_village_code", "19020105",
                "organization_name", "cif",
                "status", "Referred",
                "is_referred", true,
                "level_of_risk", "medium"));
        client.put("slug", slug);
        ObjectNode service = Json.of(Map.of(
                "uuid", "1a1accbd-90a9-4c71-a077-2595322744cb",
                "name", "Kinship care",
                "referral_id", number,
                "referral_status", "Referred"));
        client.putArray("services").add(service);
        return client;
    }
}
