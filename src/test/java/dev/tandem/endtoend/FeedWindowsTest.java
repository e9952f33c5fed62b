package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.sandbox.http.Call;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An OSCaR behind a gateway that gives up before the feed is made (protocol 6): three rows fit into one answer. Windows of
 * creation bring every client that they show, and list what only a read in one piece would show.
 */
class FeedWindowsTest {
    private static final String FEED = "/api/v1/organizations/clients";
    private static final String CASES = "/api/v2/cases";
    private static final Instant LONG_AGO = Instant.parse("2019-03-01T08:00:00Z");

    @TempDir
    Path directory;

    private Bench bench;
    private int made;

    @BeforeEach
    void start() {
        bench = new Bench(directory)
                .with("tandem.oscar.full-schedule", "off")
                .with("tandem.primero.full-schedule", "off");
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void all_come_by_windows_and_a_referral_that_they_do_not_show_waits_listed_until_it_is_shown() {
        List<String> shared = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            shared.add(client("Shared" + i));
        }
        String referred = referred("Referred");
        gateway();
        bench.adopt();

        assertThat(bench.sync().exitCode()).isEqualTo(4);
        SyncReport report = bench.sync();

        assertThat(shortIds()).containsAll(shared).doesNotContain(referred);
        assertThat(why(report, "cif/" + referred)).contains("does not show this client's referral");
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(oscar().lastFull()).isPresent();
        assertThat(referralArrives()).isTrue();

        // The second night finds nothing new, in whatever shape it is shown.
        bench.primero.calls().clear();
        SyncReport second = bench.syncInFull();
        assertThat(second.exitCode()).isEqualTo(3);
        assertThat(bench.primero.calls().count("PATCH", CASES + "/:id")).isZero();
        assertThat(askedForClients()).isZero();

        bench.oscar.worker("cif").editClient(referred, form -> form.livesAt("19020106"));
        SyncReport shown = bench.sync();
        assertThat(shown.exitCode()).as("%s", shown.reasons()).isZero();
        assertAsFull(referred);

        // Known from a read of changes: the windows' lesser shape is no news.
        bench.primero.calls().clear();
        assertThat(bench.syncInFull().exitCode()).isZero();
        assertThat(askedForClients()).isZero();
        assertAsFull(referred);
    }

    /** Such as a gateway's own answer for an OSCaR that it cannot reach. */
    @Test
    void a_window_that_somebody_elses_empty_list_stood_for_is_asked_for_again() {
        String shared = client("Shared");
        for (int i = 0; i < 6; i++) {
            client("Shared" + i);
        }
        gateway();
        bench.adopt();
        assertThat(bench.sync().exitCode()).isEqualTo(4);
        AtomicInteger emptied = new AtomicInteger();
        bench.oscar.server().around((request, next) -> {
            Reply reply = next.handle(request);
            return request.path().endsWith(FEED) && shows(reply, shared) && emptied.getAndIncrement() == 0
                    ? Reply.text(200, "application/json", "{\"data\":[]}")
                    : reply;
        });

        bench.sync();

        assertThat(emptied).hasValue(2);
        assertThat(oscar().lastFull()).isPresent();
        assertThat(shortIds()).contains(shared);
    }

    private static boolean shows(Reply reply, String slug) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            reply.body().writeTo(body);
            return body.toString(StandardCharsets.UTF_8).contains('"' + slug + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_a_read_in_one_piece_has_shown_and_is_not_done_survives_the_windows() {
        String referred = referred("Referred");
        for (int i = 0; i < 5; i++) {
            client("Shared" + i);
        }
        bench.adopt();
        bench.primero.faults().every("POST", CASES, Fault.answer("refused", Reply.json(422, refusal())));
        assertThat(bench.sync().exitCode()).isEqualTo(3);
        gateway();
        bench.syncInFull();
        bench.syncInFull();
        assertThat(shortIds()).doesNotContain(referred);

        bench.primero.faults().clear();
        try (Operations operations = bench.open()) {
            operations.ask(Operation.RETRY, new RetryRequest(List.of(), Optional.empty(), Optional.empty(), "a test"));
        }
        SyncReport report = bench.sync();

        assertThat(report.exitCode()).as("%s", report.reasons()).isZero();
        assertAsFull(referred);
    }

    @Test
    void no_value_is_lost_or_changed_because_a_window_lacks_its_key() {
        String referred = referred("Referred");
        for (int i = 0; i < 5; i++) {
            client("Shared" + i);
        }
        bench.adopt();
        bench.sync();
        // OSCaR learns the case's id: from now on windows show the services too.
        bench.sync();
        assertThat(bench.syncInFull().exitCode()).isZero();
        assertAsFull(referred);
        ObjectNode before = shown(referred).orElseThrow();
        gateway();
        assertThat(bench.syncInFull().exitCode()).isEqualTo(4);
        bench.primero.calls().clear();

        assertThat(bench.syncInFull().exitCode()).isZero();
        assertThat(bench.syncInFull().exitCode()).isZero();

        assertThat(askedForClients()).isZero();
        assertThat(shown(referred).orElseThrow()).isEqualTo(before);

        // A second referral of a linked child: its risk and its note are shown by a read of changes only.
        bench.oscar.worker("cif").referToMinistry(referred, Outward.of("high", "Family preservation"));
        bench.oscar.worker("cif").backdate(referred, LONG_AGO, LONG_AGO);
        SyncReport hidden = bench.syncInFull();
        assertThat(why(hidden, "cif/" + referred)).contains("does not show this referral's note and risk");
        assertThat(rows(referred)).hasSize(2);
        bench.oscar.worker("cif").backdate(referred, LONG_AGO, Instant.now());
        SyncReport report = bench.sync();
        assertThat(report.exitCode()).as("%s", report.reasons()).isZero();
        assertThat(rows(referred)).hasSize(3).allSatisfy(row -> assertThat(
                        row.path("referral_notes_from_oscar_2e787b8").asText())
                .isNotBlank());
    }

    @Test
    void more_clients_of_one_second_than_fit_are_listed_and_cost_no_other() {
        Instant second = Instant.parse("2021-07-07T07:07:07Z");
        List<String> together = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String slug = client("Together" + i);
            bench.oscar.worker("cif").backdate(slug, second.plusMillis(1 + i), LONG_AGO);
            together.add(slug);
        }
        List<String> apart = List.of(client("Before"), client("Behind"), client("Future"));
        bench.oscar.worker("cif").backdate(apart.get(0), second.minusMillis(1), LONG_AGO);
        bench.oscar.worker("cif").backdate(apart.get(1), second.plusSeconds(1).plusMillis(1), LONG_AGO);
        bench.oscar.worker("cif").backdate(apart.get(2), Instant.parse("2090-01-01T00:00:00Z"), LONG_AGO);
        gateway();
        bench.adopt();
        bench.sync();

        SyncReport report = bench.sync();

        assertThat(shortIds()).containsAll(apart).doesNotContainAnyElementsOf(together);
        assertThat(why(report, "unreadable/created-" + second)).contains("raise the time limit");
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(referralArrives()).isTrue();

        bench.oscar.switches().gateway(Duration.ZERO, Duration.ZERO);
        SyncReport raised = bench.syncInFull();
        assertThat(raised.exitCode()).as("%s", raised.reasons()).isZero();
        assertThat(shortIds()).containsAll(together);
    }

    @Test
    @Heals("unreadable-feed")
    void changes_that_do_not_fit_are_asked_for_from_a_later_day_and_the_gap_is_listed() {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            changed.add(client("Shared" + i));
        }
        gateway();
        bench.adopt();
        bench.sync();
        bench.sync();
        Instant created = LONG_AGO.plus(Duration.ofHours(1));
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        for (String slug : changed.subList(0, 5)) {
            bench.oscar.worker("cif").editClient(slug, form -> form.livesAt("19020106"));
            bench.oscar
                    .worker("cif")
                    .backdate(slug, created.plus(Duration.ofDays(97L * changed.indexOf(slug))), yesterday);
        }
        String today = referred("Today");
        bench.oscar.worker("cif").backdate(today, created.plus(Duration.ofDays(970)), Instant.now());

        bench.sync();
        bench.sync();
        SyncReport report = bench.sync();

        assertAsFull(today);
        assertThat(why(report, "unreadable/changes")).contains("time limit of their gateway");
        assertThat(report.exitCode()).isEqualTo(3);
        SyncReport full = bench.syncInFull();
        assertThat(full.exitCode()).as("%s", full.reasons()).isZero();
    }

    @Test
    void a_read_that_was_cut_short_goes_on_where_it_was_and_status_says_how_far_it_is() {
        for (int i = 0; i < 8; i++) {
            client("Shared" + i);
        }
        gateway();
        bench.adopt();
        bench.sync();
        bench.oscar
                .faults()
                .times(
                        1,
                        request -> request.template().equals(FEED)
                                && request.query("since_date")
                                        .filter(since -> since.compareTo("2019-03-02") > 0)
                                        .isPresent(),
                        Fault.retryAfter(503, 1));
        assertThat(bench.sync().exitCode()).isEqualTo(4);
        assertThat(oscar().watermark())
                .hasValueSatisfying(
                        how -> assertThat(how).startsWith("created up to 20").contains("min to go"));
        assertThat(oscar().lastFull()).isEmpty();
        bench.oscar.calls().clear();

        assertThat(bench.sync().exitCode()).isZero();

        assertThat(bench.oscar.calls().list("GET", FEED))
                .extracting(Call::query)
                .noneMatch(query -> query.toString().contains("since_date=[1900"));
        assertThat(oscar().watermark()).isEmpty();
        assertThat(oscar().lastFull()).isPresent();
    }

    @Test
    void windows_that_are_all_empty_are_not_believed() {
        for (int i = 0; i < 5; i++) {
            client("Shared" + i);
        }
        gateway();
        bench.adopt();
        bench.sync();
        assertThat(bench.sync().exitCode()).isZero();
        bench.oscar
                .faults()
                .every("GET", FEED, Fault.answer("empty", Reply.text(200, "application/json", "{\"data\":[ ]}")));
        Optional<Instant> before = oscar().lastFull();

        assertThat(bench.syncInFull().exitCode()).isEqualTo(4);

        assertThat(oscar().lastFull()).isEqualTo(before);
    }

    @Test
    void referrals_from_before_the_ledger_are_baseline_whenever_they_are_first_shown() {
        String old = referred("Old");
        for (int i = 0; i < 5; i++) {
            client("Shared" + i);
        }
        gateway();
        bench.init(new InitRequest.Since(Instant.now()));
        bench.sync();
        bench.sync();
        assertThat(oscar().lastFull()).isPresent();
        String fresh = referred("Fresh");
        bench.oscar.worker("cif").backdate(fresh, Instant.now(), Instant.now());

        bench.oscar.worker("cif").editClient(old, form -> form.livesAt("19020106"));
        SyncReport report = bench.sync();

        assertAsFull(fresh);
        assertThat(shortIds()).doesNotContain(old);
        assertThat(report.exitCode()).as("%s", report.reasons()).isZero();
        assertThat(bench.status().flows())
                .anySatisfy(flow -> assertThat(flow.baseline()).isPositive());
    }

    private static ObjectNode refusal() {
        ObjectNode refusal = Json.object();
        refusal.putArray("errors")
                .addObject()
                .put("status", 422)
                .put("message", "Validation failed")
                .putArray("detail")
                .add("/age");
        return refusal;
    }

    /** 20 s for a row, 60 s for an answer. */
    private void gateway() {
        bench.oscar.switches().gateway(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    private String client(String name) {
        String slug = bench.oscar
                .worker("cif")
                .newClient(ClientForm.named(name, "Example").livesAt("19020105"));
        bench.oscar.worker("cif").backdate(slug, LONG_AGO.plus(Duration.ofDays(97L * made++)), LONG_AGO);
        return slug;
    }

    private String referred(String name) {
        String slug = client(name);
        bench.oscar.worker("cif").referToMinistry(slug, Outward.of("high", "Kinship care", "Family preservation"));
        bench.oscar.worker("cif").backdate(slug, LONG_AGO.plus(Duration.ofDays(97L * made++)), LONG_AGO);
        return slug;
    }

    private void assertAsFull(String slug) {
        ObjectNode theCase = shown(slug).orElseThrow(() -> new AssertionError("no case of " + slug));
        assertThat(theCase.path("risk_level").asText()).isEqualTo("high");
        assertThat(rows(slug)).hasSizeGreaterThanOrEqualTo(2).allSatisfy(row -> assertThat(
                        row.path("referral_notes_from_oscar_2e787b8").asText())
                .isNotBlank());
    }

    private List<JsonNode> rows(String slug) {
        List<JsonNode> rows = new ArrayList<>();
        shown(slug).orElseThrow().path("services_section").forEach(rows::add);
        return rows;
    }

    private boolean referralArrives() {
        String caseId = bench.primero.worker().newCase(Children.of("Dara", "Example"));
        String row = bench.primero.worker().addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(caseId, row, "agency-cif-user", "Example note");
        bench.sync();
        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        return bench.oscar.checks().referrals("cif", externalId).size() == 1;
    }

    private long askedForClients() {
        return bench.primero.calls().list("GET", CASES).stream()
                .filter(call ->
                        call.query().containsKey("oscar_number") || call.query().containsKey("case_id"))
                .count();
    }

    private Optional<ObjectNode> shown(String slug) {
        return bench.primero.casesOfClient(slug).stream().findFirst();
    }

    private List<String> shortIds() {
        return bench.primero.cases().stream()
                .map(row -> row.path("oscar_short_id").asText())
                .toList();
    }

    private static String why(SyncReport report, String record) {
        return report.reasons().stream()
                .filter(reason -> reason.records().contains(record))
                .map(reason -> reason.words())
                .findFirst()
                .orElse("not listed: " + report.reasons());
    }

    private StatusReport.Cursor oscar() {
        return bench.status().cursors().stream()
                .filter(cursor -> cursor.source().equals("oscar"))
                .findFirst()
                .orElseThrow();
    }
}
