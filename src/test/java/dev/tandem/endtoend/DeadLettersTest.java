package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.report.record.DeadLetterStory;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.DiscardRequest;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does about a referral that did not go, from the list to the NGO's inbox. */
class DeadLettersTest {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    @TempDir
    Path directory;

    private Bench bench;
    private String caseId;
    private String externalId;

    @BeforeEach
    void refer() {
        bench = new Bench(directory).with("tandem.oscar.lost-answer", "park");
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        var worker = bench.primero.worker();
        caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
        externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        bench.adopt();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_refused_referral_goes_once_with_a_retry() {
        bench.oscar.faults().next("POST", UPSERT, Fault.refusal(422));
        SyncReport refused = bench.sync();
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.sweeps())
                .allSatisfy(sweep -> assertThat(sweep.read()).isPositive());
        bench.primero.worker().edit(caseId, Map.of("name_nickname", "Example"));
        assertThat(bench.sync().exitCode()).as("the same input").isEqualTo(3);
        assertThat(inbox()).isZero();

        DeadLetter letter = only();
        assertThat(letter.code()).isEqualTo("http-422");
        assertThat(letter.mayHaveArrived()).isFalse();
        retry(letter.id());

        SyncReport sent = bench.sync();
        assertThat(sent.exitCode()).as("%s", sent).isZero();
        assertThat(inbox()).isEqualTo(1);
        assertThat(letters().letters()).isEmpty();
        assertThat(bench.status().flows())
                .allSatisfy(flow -> assertThat(flow.possibleRepeats()).isZero());
    }

    @Test
    void a_lost_answer_that_a_person_sends_again_is_named_as_a_possible_repeat() {
        bench.oscar.faults().next("POST", UPSERT, Fault.dropAfter());
        assertThat(bench.sync().exitCode()).isEqualTo(3);
        assertThat(inbox()).isEqualTo(1);
        DeadLetter letter = only();
        assertThat(letter.code()).isEqualTo("lost-answer");
        assertThat(letter.mayHaveArrived()).isTrue();

        retry(letter.id());
        bench.sync();

        assertThat(inbox()).isEqualTo(2);
        DeadLetterStory story = story(letter.id());
        assertThat(story.letter().state()).isEqualTo("confirmed");
        assertThat(story.letter().possibleRepeat()).isTrue();
        assertThat(story.timeline())
                .extracting(DeadLetterStory.Line::event)
                .containsSubsequence("intended", "parked", "retried", "intended as a repeat", "confirmed");
    }

    @Test
    void a_discarded_referral_never_goes() {
        bench.oscar.faults().next("POST", UPSERT, Fault.refusal(422));
        bench.sync();
        try (Operations operations = bench.open()) {
            assertThat(operations
                            .ask(
                                    Operation.DISCARD,
                                    new DiscardRequest(
                                            letters(operations).letters().get(0).id(),
                                            "the NGO was told by phone",
                                            "a test"))
                            .exitCode())
                    .isZero();
        }
        bench.primero.worker().edit(caseId, Map.of("name_last", "Changed"));

        assertThat(bench.syncInFull().exitCode()).isZero();
        assertThat(inbox()).isZero();
    }

    private int inbox() {
        return bench.oscar.checks().referrals("cif", externalId).size();
    }

    private DeadLetter only() {
        List<DeadLetter> letters = letters().letters();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private dev.tandem.operation.report.record.DeadLetterList letters() {
        try (Operations operations = bench.open()) {
            return letters(operations);
        }
    }

    private static dev.tandem.operation.report.record.DeadLetterList letters(Operations operations) {
        return operations.ask(Operation.DEAD_LETTERS, new DeadLetterQuery("parked", Optional.empty(), 10));
    }

    private DeadLetterStory story(long id) {
        try (Operations operations = bench.open()) {
            return operations.ask(Operation.DEAD_LETTER, new Operation.ById(id));
        }
    }

    private void retry(long id) {
        try (Operations operations = bench.open()) {
            assertThat(operations
                            .ask(
                                    Operation.RETRY,
                                    new RetryRequest(List.of(id), Optional.empty(), Optional.empty(), "a test"))
                            .exitCode())
                    .isZero();
        }
    }
}
