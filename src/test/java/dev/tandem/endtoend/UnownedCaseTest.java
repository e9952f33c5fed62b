package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.NameBasedId;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Handler;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child without a usable place gets a case that nobody owns (mapping facts K5), as Primero allows it: the caller owns what is
 * made without an owner, and is taken off again under the same lock (contract primero-v2 §11).
 */
class UnownedCaseTest {
    private static final String A_CASE = "/api/v2/cases/:id";

    @TempDir
    Path directory;

    private final List<JsonNode> written = new CopyOnWriteArrayList<>();
    private Bench bench;
    private String slug;

    @BeforeEach
    void refer() {
        bench = new Bench(directory);
        bench.primero.server().around(this::listen);
        bench.oscar.admin("cif").organizationAddress("");
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        slug = bench.oscar
                .worker("cif")
                .newClient(ClientForm.named("Dara", "Example").livesAt(""));
        bench.oscar.worker("cif").referToMinistry(slug, Outward.of("medium", "Kinship care"));
        bench.adopt();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Reply listen(Request request, Handler next) {
        if (request.method().equals("PATCH") || request.method().equals("POST")) {
            written.add(request.json().path("data"));
        }
        return next.handle(request);
    }

    @Test
    void nobody_owns_it_and_it_is_listed_and_nothing_empty_was_written() {
        assertThat(bench.sync().exitCode()).isZero();
        assertThatNobodyOwnsIt();
        assertThat(written).as("the case, then its owner").hasSize(2);

        bench.syncInFull();
        assertThat(written).hasSize(2);
        assertThatNobodyOwnsIt();
    }

    @Test
    void an_attempt_that_ended_between_the_two_is_finished_by_the_next_one() {
        Faults.Rule died = bench.primero.faults().next("PATCH", A_CASE, Fault.dropBefore());
        bench.sync();
        assertThat(died.struck()).isEqualTo(1);
        assertThat(bench.primero.calls().count("POST", "/api/v2/cases")).isEqualTo(1);
        assertThat(bench.primero.calls().count("PATCH", A_CASE)).isEqualTo(2);
        assertThatNobodyOwnsIt();
    }

    /** Of a process that was killed between the two, and even its ledger lost, nothing is left but the case. */
    @Test
    void a_case_that_was_left_half_made_is_finished() {
        String number = bench.oscar.checks().client("cif", slug).globalId();
        String id = NameBasedId.ofCase(number);
        bench.primero.worker("tandem").newCase(Map.of("id", id, "oscar_number", number, "oscar_short_id", slug));
        assertThat(theCase().path("owned_by").asText()).isEqualTo("tandem");

        bench.sync();
        assertThatNobodyOwnsIt();
    }

    @Test
    void a_lost_answer_to_either_leaves_nothing_half_done() {
        bench.primero.faults().next("POST", "/api/v2/cases", Fault.dropAfter());
        bench.primero.faults().next("PATCH", A_CASE, Fault.dropAfter());
        bench.sync();
        bench.sync();
        assertThatNobodyOwnsIt();
    }

    @Test
    void who_owned_it_by_a_decision_of_a_person_goes_on_owning_it() {
        bench.sync();
        String id = theCase().path("id").asText();
        bench.primero.worker("mgrkep").setOwner(id, "mgrkep");
        bench.oscar.worker("cif").editClient(slug, form -> form.status("Active"));
        bench.syncInFull();
        assertThat(theCase().path("owned_by").asText()).isEqualTo("mgrkep");
    }

    private void assertThatNobodyOwnsIt() {
        assertThat(theCase().path("owned_by").asText("")).isIn("", "null");
        assertThat(theCase().path("services_section")).hasSize(1);
        assertThat(bench.primero.writesTo(theCase().path("id").asText())).isNotEmpty();
        assertThat(bench.status().unownedCases()).isEqualTo(1);
        assertThat(written).allSatisfy(data -> assertThat(data.isEmpty()).isFalse());
        assertThat(bench.ledger().all()).noneMatch(row -> row.state().equals("parked"));
    }

    private ObjectNode theCase() {
        List<ObjectNode> cases = bench.primero.casesOfClient(slug);
        assertThat(cases).hasSize(1);
        return cases.get(0);
    }
}
