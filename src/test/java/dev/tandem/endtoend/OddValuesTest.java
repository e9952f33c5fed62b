package dev.tandem.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Handler;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value that the other side's field does not take costs that value's form at most, and nothing else of the record. */
class OddValuesTest {
    @TempDir
    Path directory;

    private Bench bench;
    private String slug;

    /** Put over each client of the feed. */
    private ObjectNode feed = Json.object();

    @BeforeEach
    void refer() {
        bench = new Bench(directory);
        bench.oscar.server().around(this::overlaid);
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        slug = bench.oscar
                .worker("cif")
                .newClient(ClientForm.named("Dara", "Example").livesAt("19020105"));
        bench.oscar.worker("cif").referToMinistry(slug, Outward.of("medium", "Kinship care"));
        bench.adopt();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Reply overlaid(Request request, Handler next) {
        Reply reply = next.handle(request);
        if (!request.method().equals("GET") || !request.path().endsWith("/clients")) {
            return reply;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            reply.body().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode list = Json.read(out.toByteArray());
        list.findValues("services")
                .forEach(services -> services.forEach(
                        entry -> feed.path("services").properties().forEach(field -> ((ObjectNode) entry)
                                .set(field.getKey(), field.getValue()))));
        list.findParents("slug").forEach(client -> feed.properties().forEach(field -> {
            if (!field.getKey().equals("services")) {
                ((ObjectNode) client).set(field.getKey(), field.getValue());
            }
        }));
        return Reply.json(reply.status(), list);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "case_worker_name|\"2026-03-01\"|oscar_case_worker_name|(2026-03-01)",
                "case_worker_mobile|\"2026-3-1 8:15:00\"|oscar_case_worker_telephone|(2026-3-1 8:15:00)",
                "reason_for_referral|\"2026-03-01T10:20:30+07:00\"|referral_notes_from_oscar_2e787b8|(2026-03-01T10:20:30+07:00)",
                "case_worker_name|12|oscar_case_worker_name|12",
                "case_worker_name|true|oscar_case_worker_name|true",
                "case_worker_name|[\"One\",\"Two\"]|oscar_case_worker_name|One, Two",
                "case_worker_name|\"a\\u0000b\"|oscar_case_worker_name|ab",
                "case_worker_name|{\"a\":1}|oscar_case_worker_name|",
                "case_worker_mobile|\"2026-02-30\"|oscar_case_worker_telephone|(2026-02-30)",
                "reason_for_referral|\"since 2026-03-01\"|referral_notes_from_oscar_2e787b8|since 2026-03-01"
            })
    void a_text_of_a_service_arrives(String field, String value, String column, String expected) {
        feed.set(field, Json.read(value.getBytes(UTF_8)));
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(theCase().path("services_section").path(0).path(column).asText(""))
                .isEqualTo(expected == null ? "" : expected);
        long written = bench.primero.effectiveWrites();
        bench.syncInFull();
        assertThat(bench.primero.effectiveWrites()).as("written once").isEqualTo(written);
    }

    @Test
    void exit_reasons_in_a_list_are_one_text_and_names_like_dates_are_taken() {
        feed.set("reason_for_exiting", Json.MAPPER.valueToTree(List.of("Reason one", "Reason two")));
        feed.put("given_name", "2026-03-01").put("mosvy_number", "2020-01-01");
        feed.putObject("services").put("reason_for_referral", "2026-01-31");
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(theCase().path("oscar_reason_for_exiting").asText()).isEqualTo("Reason one, Reason two");
        assertThat(theCase().path("name_first").asText()).isEqualTo("(2026-03-01)");
        assertThat(theCase().path("mosvy_number").asText()).isEqualTo("(2020-01-01)");
        assertThat(theCase()
                        .path("services_section")
                        .path(0)
                        .path("service_referral_notes")
                        .asText())
                .isEqualTo("(2026-01-31)");
        assertThat(bench.ledger().all())
                .filteredOn(row -> row.code().equals("looks-like-a-date"))
                .extracting(row -> row.kind() + " " + row.state())
                .contains("service confirmed");
        feed.set("reason_for_exiting", Json.MAPPER.valueToTree(List.of()));
        bench.syncInFull();
        assertThat(theCase().path("oscar_reason_for_exiting").asText())
                .as("a blank never replaces a value")
                .isEqualTo("Reason one, Reason two");
    }

    private ObjectNode theCase() {
        List<ObjectNode> cases = bench.primero.casesOfClient(slug);
        assertThat(cases).hasSize(1);
        return cases.get(0);
    }
}
