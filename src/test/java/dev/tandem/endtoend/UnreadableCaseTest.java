package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.sandbox.http.Handler;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case that cannot be read is an item of its own, and stops no other (protocol 6). */
class UnreadableCaseTest {
    private static final String CASES = "/api/v2/cases";

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    @Heals({"beyond-limits", "answer-too-long"})
    void a_text_and_a_number_beyond_all_limits_are_listed_and_the_others_cross() {
        String first = referred(Json.object());
        String text = referred(Json.object().put("case_plan_notes", "a long text"));
        String tooLarge = referred(Json.object().put("age", 4711));
        String tooLong =
                referred(Json.object().put("case_plan_notes", "half of it").put("address_current", "the other half"));
        String last = referred(Json.object());

        bench.primero.server().around(UnreadableCaseTest::beyondLimits);

        SyncReport report = bench.adopt().sync();

        assertThat(arrived(first)).isEqualTo(1);
        assertThat(arrived(last)).isEqualTo(1);
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(parked(report)).containsExactlyInAnyOrder(text, tooLarge, tooLong);
        assertThat(bench.ledger().all())
                .filteredOn(row -> row.state().equals("parked"))
                .extracting(LedgerRows.Row::code)
                .containsExactlyInAnyOrder("beyond-limits", "beyond-limits", "answer-too-long");
        assertThat(bench.status().cursors())
                .filteredOn(cursor -> cursor.source().equals("primero"))
                .allMatch(cursor -> cursor.watermark().isPresent());

        bench.primero.worker().edit(tooLarge, Map.of("age", 11));
        bench.primero.worker().edit(text, Map.of("case_plan_notes", "short"));
        bench.primero.worker().edit(tooLong, Map.of("case_plan_notes", "short", "address_current", "short"));
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(arrived(text)).isEqualTo(1);
        assertThat(arrived(tooLarge)).isEqualTo(1);
        assertThat(arrived(tooLong)).isEqualTo(1);
    }

    @Test
    void a_row_without_an_id_is_listed_by_its_place_and_the_others_cross() {
        String first = referred(Json.object());
        String broken = referred(Json.object());
        String last = referred(Json.object());
        bench.primero.server().around((request, next) -> {
            Reply reply = next.handle(request);
            String text = text(reply);
            return request.query("order_by").isEmpty() || !text.contains(broken)
                    ? reply
                    : Reply.text(reply.status(), "application/json", text.replace("\"id\":\"" + broken + "\",", ""));
        });

        SyncReport report = bench.adopt().sync();

        assertThat(arrived(first)).isEqualTo(1);
        assertThat(arrived(last)).isEqualTo(1);
        assertThat(parked(report)).singleElement().asString().matches("position-[123]");
        assertThat(bench.primero.calls().list("GET", "/api/v2/cases/:id"))
                .noneMatch(call -> call.ids().get("id").startsWith("position"));
    }

    @Test
    void a_page_larger_than_can_be_kept_is_read_in_smaller_ones_also_for_a_new_ledger() {
        String long1 = "x".repeat(37 * 1024);
        for (int i = 0; i < 1000; i++) {
            bench.primero.plant(Json.of(Children.of("Child" + i, "Example")).put("case_plan_notes", long1));
        }
        String owing = referred(Json.object());

        bench.init(new InitRequest.Since(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(bench.primero.calls().list("GET", CASES))
                .filteredOn(call -> call.query().containsKey("order_by"))
                .hasSize(1 + 11);
        assertThat(bench.sync().exitCode()).isZero();

        assertThat(arrived(owing)).isEqualTo(1);
    }

    /** What no simulator can hold is put in the place of what stands for it, on its way out. */
    private static Reply beyondLimits(Request request, Handler next) {
        Reply reply = next.handle(request);
        String text = text(reply);
        if (Stream.of("a long text", "\"age\":4711", "half of it").noneMatch(text::contains)) {
            return reply;
        }
        return Reply.text(
                reply.status(),
                "application/json",
                text.replace("a long text", "x".repeat(20_000_001))
                        .replace("\"age\":4711", "\"age\":1e400")
                        .replace("half of it", "x".repeat(17_000_000))
                        .replace("the other half", "x".repeat(17_000_000)));
    }

    private static String text(Reply reply) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            reply.body().writeTo(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private String referred(ObjectNode more) {
        ObjectNode child = Json.of(Children.of("Dara", "Example"));
        child.setAll(more);
        String rowId = UUID.randomUUID().toString();
        child.putArray("services_section")
                .add(Json.of(Children.referral("counselling_trauma", "agency-cif"))
                        .put("unique_id", rowId));
        String id = bench.primero.plant(child);
        bench.primero.worker().refer(id, rowId, "agency-cif-user", "Example note");
        return id;
    }

    private static List<String> parked(SyncReport report) {
        return report.reasons().stream()
                .filter(reason -> reason.state().equals("parked"))
                .flatMap(reason -> reason.records().stream())
                .toList();
    }

    private int arrived(String caseId) {
        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        return bench.oscar.checks().referrals("cif", externalId).size();
    }
}
