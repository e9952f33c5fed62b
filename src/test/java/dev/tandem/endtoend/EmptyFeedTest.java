package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An OSCaR without clients is an answer (protocol 6); what only looks like one is none. */
class EmptyFeedTest {
    private static final String FEED = "/api/v1/organizations/clients";
    private static final String EMPTY = "{\"data\":[]}";

    @TempDir
    Path directory;

    private Bench bench;
    private String caseId;

    @BeforeEach
    void start() {
        bench = new Bench(directory).with("tandem.oscar.full-schedule", "off");
        caseId = bench.primero.worker().newCase(Children.of("Dara", "Example"));
        String row = bench.primero.worker().addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(caseId, row, "agency-cif-user", "Example note");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void the_first_referral_goes_to_an_oscar_that_has_no_client_yet() {
        SyncReport report = bench.adopt().sync();

        assertThat(report.exitCode()).as("%s", report.reasons()).isZero();
        assertThat(oscar().lastFull()).isPresent();
        assertThat(arrived()).isEqualTo(1);
        bench.sync();
        assertThat(bench.syncInFull().exitCode()).isZero();
        assertThat(arrived()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EMPTY,
                "{\"data\":[],\"metadata\":{\"total\":0,\"per\":20,\"page\":1}}",
                "{\"status\":\"maintenance\",\"data\":[]}",
                "{\"data\":[null]}",
                "{\"data\":[",
                ""
            })
    void an_empty_list_that_oscar_does_not_stand_by_is_no_full_read(String answer) {
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        bench.adopt();
        bench.oscar
                .faults()
                .times(
                        1,
                        request -> request.template().equals(FEED),
                        Fault.answer("empty-list", Reply.text(200, "application/json", answer)));

        assertThat(bench.sync().exitCode()).isEqualTo(4);

        assertThat(oscar().lastFull()).isEmpty();
        assertThat(arrived()).isZero();
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(arrived()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[],\"metadata\":{\"total\":0}}", "{\"status\":\"maintenance\",\"data\":[]}"})
    void the_empty_list_of_another_server_is_no_answer_however_often_it_comes(String answer) {
        bench.adopt();
        bench.oscar.faults().every("GET", FEED, Fault.answer("foreign", Reply.text(200, "application/json", answer)));

        assertThat(bench.sync().exitCode()).isEqualTo(4);

        assertThat(oscar().lastFull()).isEmpty();
        assertThat(arrived()).isZero();
    }

    @Test
    void an_oscar_that_had_clients_is_not_believed_to_have_none() {
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        assertThat(bench.adopt().sync().exitCode()).isZero();
        StatusReport.Cursor before = oscar();
        bench.oscar.faults().every("GET", FEED, Fault.answer("empty", Reply.text(200, "application/json", EMPTY)));

        // A quiet day: no fault, and no cursor moves.
        assertThat(bench.sync().exitCode()).isZero();
        assertThat(oscar().lastIncremental()).isEqualTo(before.lastIncremental());
        SyncReport report = bench.syncInFull();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(report.reasons())
                .anySatisfy(reason -> assertThat(reason.words()).contains("OSCaR's feed has no clients"));
        assertThat(oscar().lastFull()).isEqualTo(before.lastFull());
    }

    private int arrived() {
        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        return bench.oscar.checks().referrals("cif", externalId).size();
    }

    private StatusReport.Cursor oscar() {
        return bench.status().cursors().stream()
                .filter(cursor -> cursor.source().equals("oscar"))
                .findFirst()
                .orElseThrow();
    }
}
