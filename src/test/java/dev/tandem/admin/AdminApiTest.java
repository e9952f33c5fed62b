package dev.tandem.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.operation.Advice;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.ReopenReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.SyncState;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.report.record.DeadLetterList;
import dev.tandem.operation.report.record.DeadLetterStory;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.DiscardRequest;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.outcome.Unmappable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the admin API answers, over HTTP; where the client of the command line can ask it, by that client. */
class AdminApiTest {
    private static final String FLOW = "oscar-to-primero";

    private AdminBench bench;
    private AdminClient client;

    @BeforeEach
    void start() {
        bench = new AdminBench(AdminBench.open());
        client = new AdminClient(bench.port, Optional.empty(), AdminBench.open());
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void status_comes_as_the_command_prints_it() {
        bench.ledger.gates().close("oscar", "http-401");
        park("cif/s-1", "unmapped-code");

        StatusReport report = client.ask(Operation.STATUS, new Operation.Nothing());

        assertThat(report.configuration().version()).isEmpty();
        assertThat(report.gates()).singleElement().satisfies(gate -> {
            assertThat(gate.open()).isFalse();
            assertThat(gate.code()).contains("http-401");
            assertThat(gate.since()).isPresent();
        });
        assertThat(report.flows())
                .filteredOn(flow -> flow.flow().equals(FLOW))
                .singleElement()
                .satisfies(flow -> assertThat(flow.parked()).isEqualTo(1));
    }

    @Test
    void a_gate_is_opened() {
        bench.ledger.gates().close("oscar", "http-401");

        ReopenReport report = client.ask(Operation.REOPEN, new Operation.BySystem("oscar"));

        assertThat(report.closedSince()).isPresent();
        assertThat(bench.ledger.gates().open("oscar")).isTrue();
    }

    @Test
    void a_flow_is_stopped_and_let_go_on() {
        assertThat(bench.post("/api/flows/primero-to-oscar/pause", "{}").body()).contains("pause primero-to-oscar");
        assertThat(bench.post("/api/flows/oscar-to-primero/resume", "{}").status())
                .isEqualTo(200);
        assertThat(bench.post("/api/flows/both/pause", "{}").status()).isEqualTo(404);

        assertThat(bench.flowsAsked).containsExactly("pause primero-to-oscar", "resume oscar-to-primero");
    }

    @Test
    void dead_letters_are_listed_and_shown_with_the_history_of_their_record() {
        park("cif/s-1", "unmapped-code");
        park("cif/s-2", "two-cases");

        DeadLetterList list =
                client.ask(Operation.DEAD_LETTERS, new DeadLetterQuery(null, Optional.of("two-cases"), null));

        assertThat(list.total()).isEqualTo(1);
        DeadLetter letter = list.letters().get(0);
        assertThat(letter.record()).isEqualTo("cif/s-2");
        assertThat(letter.advice())
                .isEqualTo(Advice.entry("two-cases").orElseThrow().todo());
        DeadLetterStory story = client.ask(Operation.DEAD_LETTER, new Operation.ById(letter.id()));
        assertThat(story.letter()).isEqualTo(letter);
        assertThat(story.timeline()).extracting(DeadLetterStory.Line::event).containsExactly("parked");
        assertThatThrownBy(() -> client.ask(Operation.DEAD_LETTER, new Operation.ById(4711)))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(2))
                .hasMessageContaining("There is no effect 4711");
    }

    @Test
    void one_is_retried_and_the_journal_says_who_and_why() {
        long id = park("cif/s-1", "unmapped-code");

        AdminBench.Answer answer = bench.post(
                "/api/dead-letters/" + id + "/retry", "{\"because\":\" a row was added \",\"by\":\"command line\"}");

        assertThat(answer.body()).contains("\"done\":true");
        assertThat(effect(id)).isEqualTo(EffectState.OWED);
        assertThat(bench.ledger
                        .deadLetters()
                        .journal(FLOW, "cif/s-1", 10)
                        .get(1)
                        .words())
                .contains("admin API, loopback (command line): a row was added");
    }

    @Test
    void a_code_that_there_is_not_is_said_to_be_none() {
        assertThatThrownBy(() -> client.ask(
                        Operation.DEAD_LETTERS, new DeadLetterQuery("parked", Optional.of("unmaped-code"), 10)))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(2))
                .hasMessageContaining("did you mean unmapped-code?");
        assertThat(client.ask(Operation.DEAD_LETTERS, new DeadLetterQuery("parked", Optional.of("unmapped-code"), 10))
                        .total())
                .isZero();
    }

    @Test
    void all_of_one_reason_are_retried() {
        long unmapped = park("cif/s-1", "unmapped-code");
        long twoCases = park("cif/s-2", "two-cases");

        client.ask(Operation.RETRY, new RetryRequest(List.of(), Optional.of("two-cases"), Optional.empty(), "a test"));

        assertThat(effect(twoCases)).isEqualTo(EffectState.OWED);
        assertThat(effect(unmapped)).isEqualTo(EffectState.PARKED);
    }

    @Test
    void one_is_given_up_with_a_reason_only() {
        long id = park("cif/s-1", "unmapped-code");

        assertThat(bench.post("/api/dead-letters/" + id + "/discard", "{}").status())
                .isEqualTo(400);
        assertThat(effect(id)).isEqualTo(EffectState.PARKED);

        assertThat(client.ask(Operation.DISCARD, new DiscardRequest(id, "entered by hand", "a test"))
                        .verdicts())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.done()).isTrue());
        assertThat(effect(id)).isEqualTo(EffectState.DISCARDED);
    }

    @Test
    void a_sync_is_begun_watched_and_its_report_fetched() {
        SyncState state = client.ask(
                Operation.SYNC, new SyncRequest(Optional.empty(), true, Optional.empty(), Duration.ofSeconds(5)));
        await().until(() -> state(state.id()).reached() == 3);
        SyncState running = state(state.id());
        assertThat(running.step()).isEqualTo("reading OSCaR");
        assertThat(running.expected()).isEqualTo(7);

        SyncReport report = new SyncReport(
                List.of(new SyncReport.Sweep("oscar", true, 12, 3)),
                List.of(),
                List.of(),
                Optional.of(Instant.parse("2026-11-25T12:00:00Z")),
                4);
        bench.syncEnds.complete(report);

        await().until(() -> state(state.id()).over());
        assertThat(state(state.id()).report()).contains(report);
        assertThat(bench.syncsAsked)
                .containsExactly(new SyncRequest(Optional.empty(), true, Optional.empty(), Duration.ofSeconds(5)));
    }

    @Test
    void a_sync_that_fails_tells_what_to_print() {
        bench.syncEnds.completeExceptionally(new IllegalStateException("synthetic child"));
        SyncState state = client.ask(
                Operation.SYNC, new SyncRequest(Optional.of(FLOW), true, Optional.empty(), Duration.ofMinutes(1)));
        await().until(() -> state(state.id()).over());

        assertThat(state(state.id()).failure()).hasValueSatisfying(failure -> {
            assertThat(failure.exitCode()).isEqualTo(4);
            assertThat(failure.lines().toString()).doesNotContain("synthetic child");
        });
    }

    @Test
    void what_is_not_given_has_a_default_and_a_moment_any_offset() {
        bench.syncEnds.complete(new SyncReport(List.of(), List.of(), List.of(), Optional.empty(), 0));

        bench.post("/api/sync", "");
        bench.post("/api/sync", "{\"flow\":null,\"since\":\"2026-11-25T07:00:00+07:00\",\"wait\":\"2m\"}");

        await().untilAsserted(() -> assertThat(bench.syncsAsked)
                .containsExactly(
                        new SyncRequest(Optional.empty(), false, Optional.empty(), Duration.ofMinutes(1)),
                        new SyncRequest(
                                Optional.empty(),
                                false,
                                Optional.of(Instant.parse("2026-11-25T00:00:00Z")),
                                Duration.ofMinutes(2))));
    }

    @Test
    void no_more_syncs_than_a_few_wait() {
        for (int i = 0; i < 10; i++) {
            assertThat(bench.post("/api/sync", "{}").status()).isEqualTo(200);
        }
        assertThat(bench.post("/api/sync", "{}").status()).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /api/sync                    | {"ful":true}                          | 400
            POST | /api/sync                    | {"full":"yes"}                        | 400
            POST | /api/sync                    | {"flow":"both"}                       | 400
            POST | /api/sync                    | {"since":"2026-11-25"}                | 400
            POST | /api/sync                    | {"full":true,"since":"2026-11-25T00:00:00Z"} | 400
            POST | /api/sync                    | {"wait":"60"}                         | 400
            POST | /api/sync                    | [1]                                   | 400
            POST | /api/sync                    | {"full":                              | 400
            POST | /api/reopen/oscar            | {"why":"x"}                           | 400
            POST | /api/reopen/both             | {}                                    | 404
            POST | /api/dead-letters/retry      | {}                                    | 400
            POST | /api/dead-letters/retry      | {"reason":"blank"}                    | 400
            POST | /api/dead-letters/retry      | {"all":true,"resaon":"blank"}         | 400
            POST | /api/dead-letters/retry      | {"all":true,"ids":[1]}                | 400
            POST | /api/dead-letters/retry      | {"ids":["1"]}                         | 400
            POST | /api/dead-letters/1/discard  | {"because":"two\\nlines"}             | 400
            GET  | /api/dead-letters?state=sent |                                       | 400
            GET  | /api/dead-letters?limit=0    |                                       | 400
            GET  | /api/dead-letters/99999999999999999999 |                             | 404
            GET  | /api/dead-letters?resaon=blank |                                      | 400
            POST | /api/dead-letters/retry      | {"ids":[1.5]}                         | 400
            POST | /api/dead-letters/1/discard  | {"id":2,"because":"typed"}            | 400
            POST | /api/dead-letters/1/discard  | {"because":5}                         | 400
            POST | /api/approve                 | {"by":"two\\nlines"}                  | 400
            GET  | /api/sync/4711               |                                       | 404
            GET  | /api/nothing                 |                                       | 404
            GET  | /api/reopen/oscar            |                                       | 405
            POST | /api/status                  | {}                                    | 405
            PUT  | /api/status                  | {}                                    | 405
            """)
    void what_is_asked_wrongly_is_refused_in_words(String method, String path, String body, int status) {
        AdminBench.Answer answer = bench.ask(
                java.net.InetAddress.getLoopbackAddress(),
                method,
                path,
                body == null ? "" : body,
                "X-Tandem: 1",
                "Content-Type: application/json");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"words\"").doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(bench.syncsAsked).isEmpty();
    }

    @Test
    void a_long_body_is_not_read() {
        assertThat(bench.post("/api/sync", "{\"flow\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void a_defect_shows_nothing_of_itself() {
        bench.database.close();

        AdminBench.Answer answer = bench.get("/api/status");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("defect").doesNotContain("Exception", "Hikari", "select");
    }

    @Test
    void a_refusal_reaches_the_command_line_in_words_and_with_its_exit_code() {
        assertThatThrownBy(() -> client.ask(
                        Operation.SYNC,
                        new SyncRequest(Optional.of("both"), false, Optional.empty(), Duration.ofSeconds(5))))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(2))
                .hasMessageContaining("flow is one of");
        int port = bench.port;
        bench.close();
        assertThatThrownBy(() -> new AdminClient(port, Optional.empty(), AdminBench.open())
                        .ask(Operation.STATUS, new Operation.Nothing()))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(4))
                .hasMessageContaining("no admin API of it answers at http://127.0.0.1:" + port);
    }

    private SyncState state(long id) {
        return client.ask(Operation.SYNC_STATE, new Operation.ById(id));
    }

    private EffectState effect(long id) {
        return bench.ledger.deadLetters().find(id).orElseThrow().effect().state();
    }

    private long park(String record, String code) {
        bench.ledger
                .marks()
                .mark(FLOW, List.of(Mark.hint(record, bench.ledger.clock().now())));
        Work work = bench.ledger.claim(FLOW, 1).get(0);
        work.failed(new Unmappable(code, "field", "words of " + code, "x"), Optional.empty(), Optional.empty());
        work.result().read(record.getBytes(UTF_8));
        work.settle();
        return bench.ledger.effects().of(FLOW, record).get(0).id();
    }
}
