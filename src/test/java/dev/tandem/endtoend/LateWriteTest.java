package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Handler;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A write that nobody waits for any more, of a process that died or behind a gateway that gave up, is carried out after all, but only
 * when Tandem has looked at the case again and is about to send the same.
 */
class LateWriteTest {
    @TempDir
    Path directory;

    private Bench bench;
    private String slug;
    private String method = "";
    private BiConsumer<Request, Handler> late;
    private boolean landed;

    @BeforeEach
    void refer() {
        bench = new Bench(directory);
        bench.primero.server().around(this::answer);
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        slug = bench.oscar
                .worker("cif")
                .newClient(ClientForm.named("Dara", "Example").born("2014-06-03"));
        bench.oscar.worker("cif").referToMinistry(slug, Outward.of("medium", "Kinship care", "Family support"));
        bench.adopt();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Reply answer(Request request, Handler next) {
        if (request.method().equals(method) && request.path().startsWith("/api/v2/cases") && !landed) {
            landed = true;
            late.accept(request, next);
        }
        return next.handle(request);
    }

    /** The second is answered 409 (contract primero-v2 §3.3), and OSCaR's client has changed since the first. */
    @Test
    void a_case_that_was_made_late_gets_what_has_changed_since() {
        lateAt("POST", (request, next) -> {
            ObjectNode earlier = request.json().path("data").deepCopy();
            earlier.put("date_of_birth", "2014-05-03");
            earlier.withArray("services_section").remove(1);
            bench.primero.worker("tandem").newCase(earlier);
        });
        bench.sync();

        assertThat(landed).isTrue();
        assertThat(bench.ledger().all()).noneMatch(row -> row.state().equals("parked"));
        ObjectNode made = theCase();
        assertThat(made.path("services_section")).hasSize(2);
        assertThat(made.path("date_of_birth").asText()).isEqualTo("2014-06-03");
        assertThat(bench.oscar.checks().client("cif", slug).externalId())
                .isEqualTo(made.path("case_id").asText());
    }

    /** The second changes nothing, and Primero answers with what was changed: with nothing of it (contract primero-v2 §3.5). */
    @Test
    void a_row_that_was_written_late_is_there() {
        bench.sync();
        bench.oscar.worker("cif").referToMinistry(slug, Outward.of("medium", "Life skills"));
        lateAt("PATCH", (request, next) -> next.handle(request));
        bench.sync();

        assertThat(landed).isTrue();
        assertThat(bench.ledger().all()).noneMatch(row -> row.state().equals("parked"));
        assertThat(theCase().path("services_section")).hasSize(3);
    }

    /** A social worker decides a referral of the new case before Tandem, which no answer shows it, has looked at it. */
    @Test
    void a_decision_between_a_write_and_the_look_at_it_is_no_field_that_was_not_taken() {
        bench.primero.server().around((request, next) -> {
            Reply reply = next.handle(request);
            if (request.method().equals("POST") && request.path().equals("/api/v2/cases") && !landed) {
                landed = true;
                accept(theCase());
            }
            return reply;
        });
        bench.sync();
        bench.sync();

        assertThat(landed).isTrue();
        assertThat(bench.ledger().all()).noneMatch(row -> row.state().equals("parked"));
        assertThat(theCase()
                        .path("services_section")
                        .path(0)
                        .path("referral_status_edf41f2")
                        .asText())
                .isEqualTo("accepted_340953");
        assertThat(bench.oscar.checks().client("cif", slug).externalId())
                .isEqualTo(theCase().path("case_id").asText());
    }

    /** Primero answers 200 with the status that it has (contract primero-v2 §4.4). */
    @Test
    void a_referral_that_is_decided_otherwise_just_before_is_a_conflict() {
        String id = bench.primero.worker().newCase(Children.of("Rith", "Example"));
        String row = bench.primero.worker().addService(id, Children.referral("counselling_trauma", "agency-cif"));
        String referral = bench.primero.worker().refer(id, row, "agency-cif-user", "Example note");
        bench.sync();
        int received = bench.oscar.worker("cif").pending().get(0);
        bench.oscar.worker("cif").takeUp(received);
        bench.oscar.worker("cif").setReferralStatus(received, "Accepted");
        bench.primero.server().around((request, next) -> {
            if (request.method().equals("PATCH") && request.path().endsWith("/referrals/" + referral) && !landed) {
                landed = true;
                bench.primero.worker("agency-cif-user").reject(referral);
            }
            return next.handle(request);
        });
        bench.sync();
        bench.sync();

        assertThat(landed).isTrue();
        assertThat(bench.ledger().all().stream()
                        .filter(each -> each.state().equals("parked"))
                        .map(LedgerRows.Row::code))
                .containsExactly("conflict");
    }

    private void accept(ObjectNode theCase) {
        bench.primero
                .worker()
                .acceptFromOscar(
                        theCase.path("id").asText(),
                        theCase.path("services_section")
                                .path(0)
                                .path("unique_id")
                                .asText());
    }

    private void lateAt(String writes, BiConsumer<Request, Handler> write) {
        method = writes;
        late = write;
    }

    private ObjectNode theCase() {
        List<ObjectNode> cases = bench.primero.casesOfClient(slug);
        assertThat(cases).hasSize(1);
        return cases.get(0);
    }
}
