package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.HandReport;
import dev.tandem.operation.request.ForgetRequest;
import dev.tandem.operation.request.PairRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.primero.SocialWorker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person does to a pairing or a record by hand: protocol 9. */
class HandsTest {
    private static final String BY = "command line, user example";

    @TempDir
    Path directory;

    private Bench bench;
    private SocialWorker worker;
    private NgoWorker cif;

    @AfterEach
    void stop() {
        bench.close();
    }

    private void begin(TestDatabase database) {
        bench = new Bench(directory);
        if (database == TestDatabase.POSTGRESQL) {
            bench.onPostgresql();
        }
        bench.adopt();
        worker = bench.primero.worker();
        cif = bench.oscar.worker("cif");
    }

    /** The client that OSCaR makes of a referral that its NGO takes up, linked to its case. */
    private String referredAndTakenUp(String caseId) {
        refer(caseId, "counselling_trauma");
        bench.sync();
        String slug = cif.takeUp(cif.pending().get(0));
        bench.syncInFull();
        bench.syncInFull();
        return slug;
    }

    private void refer(String caseId, String subtype) {
        String row = worker.addService(caseId, Children.referral(subtype, "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
    }

    private HandReport link(String caseId, String client, boolean act) {
        try (Operations operations = bench.open()) {
            return operations.ask(Operation.LINK, new PairRequest(caseId, client, act, BY));
        }
    }

    private HandReport unlink(String caseId, String client, boolean act) {
        try (Operations operations = bench.open()) {
            return operations.ask(Operation.UNLINK, new PairRequest(caseId, client, act, BY));
        }
    }

    private HandReport forget(String id, boolean act) {
        try (Operations operations = bench.open()) {
            return operations.ask(Operation.FORGET, new ForgetRequest(id, act, BY));
        }
    }

    private static List<String> codes(HandReport report) {
        return report.means().stream().map(HandReport.Consequence::code).toList();
    }

    private String caseId(String id) {
        return bench.primero.caseById(id).orElseThrow().path("case_id").asText();
    }

    private String externalId(String slug) {
        return String.valueOf(bench.oscar.checks().client("cif", slug).externalId());
    }

    private List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = bench.beside();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    @Test
    void a_client_is_moved_from_the_wrong_case_to_the_right_one_and_stays_there() {
        begin(TestDatabase.POSTGRESQL);
        String wrong = worker.newCase(Children.of("Dara", "Example"));
        String right = worker.newCase(Children.of("Srey", "Sample"));
        String slug = referredAndTakenUp(wrong);
        String client = "cif/" + slug;
        assertThat(externalId(slug)).isEqualTo(caseId(wrong));

        HandReport shown = link(right, client, false);
        assertThat(shown.done()).isFalse();
        assertThat(codes(shown)).contains("linked-elsewhere", "oscar-turned", "case-gets-number");
        bench.syncInFull();
        assertThat(externalId(slug)).as("nothing is done yet").isEqualTo(caseId(wrong));

        unlink(wrong, client, true);
        assertThat(link(right, client, true).done()).isTrue();
        bench.syncInFull();
        bench.syncInFull();
        assertThat(externalId(slug)).isEqualTo(caseId(right));
        assertThat(bench.primero
                        .caseById(right)
                        .orElseThrow()
                        .path("oscar_short_id")
                        .asText())
                .isEqualTo(slug);

        bench.syncInFull();
        assertThat(rows("select twin from link where record = '" + client + "'"))
                .containsExactly(right);
        assertThat(rows("select event || ': ' || words from journal where event like '%by hand' and record = '" + client
                        + "' order by id"))
                .containsExactly(
                        "unlinked by hand: " + wrong + ", by " + BY, "linked by hand: " + right + ", by " + BY);
        assertThat(bench.oscar.checks().referrals("cif"))
                .as("nothing is sent again")
                .hasSize(1);
    }

    @Test
    @Heals("unlinked")
    void an_unlinked_client_is_not_linked_again_by_its_numbers_and_is_parked_until_a_person_links_it() {
        begin(TestDatabase.H2);
        String dara = worker.newCase(Children.of("Dara", "Example"));
        String client = "cif/" + referredAndTakenUp(dara);

        assertThat(codes(unlink(dara, client, true))).contains("not-again", "stays");
        bench.syncInFull();
        bench.syncInFull();
        assertThat(rows("select count(*) from link where twin is not null")).containsExactly("0");
        assertThat(rows("select reason_code from effect where state = 'parked'"))
                .containsExactly("unlinked");
        assertThat(bench.primero.caseCount()).as("no case is made for it").isEqualTo(1);

        link(dara, client, true);
        bench.syncInFull();
        assertThat(rows("select twin from link")).containsExactly(dara);
        assertThat(rows("select reason_code from effect where state = 'parked'"))
                .isEmpty();
    }

    @Test
    void what_is_not_there_on_one_of_the_sides_is_not_linked() {
        begin(TestDatabase.H2);
        String dara = worker.newCase(Children.of("Dara", "Example"));
        String client = "cif/" + cif.newClient(ClientForm.named("Somebody", "Else"));
        bench.sync();
        List<String> before = rows("select twin from link");
        assertThatThrownBy(() -> link(dara, "cif/nobody", true))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("OSCaR has not shown a client cif/nobody")
                .returns(2, failed -> ((OperationFailed) failed).exitCode());
        assertThatThrownBy(() -> link("00000000-0000-4000-8000-000000000000", client, true))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("Primero has no case 00000000-0000-4000-8000-000000000000")
                .returns(2, failed -> ((OperationFailed) failed).exitCode());
        bench.primero.close();
        assertThatThrownBy(() -> link(dara, client, true))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("could not be read from Primero")
                .returns(4, failed -> ((OperationFailed) failed).exitCode());
        assertThat(rows("select twin from link")).isEqualTo(before).doesNotContain(dara);
    }

    @ParameterizedTest
    @EnumSource
    void a_forgotten_case_leaves_no_trace_and_is_not_sent_again_when_it_comes_back(TestDatabase database) {
        begin(database);
        String dara = worker.newCase(Children.of("Dara", "Example"));
        String client = "cif/" + referredAndTakenUp(dara);
        String referral = bench.primero.referrals(dara).get(0).id();

        HandReport shown = forget(dara, false);
        assertThat(codes(shown)).contains("goes", "hashes", "later-sweeps", "linked", "elsewhere");
        assertThat(shown.means()).anySatisfy(one -> assertThat(one.words()).contains(client));
        forget(dara, true);
        assertThat(forget(client, true).done()).isTrue();
        for (String trace : List.of(dara, client, referral, caseId(dara), client.substring(4))) {
            assertThat(traces(trace)).as(trace).isEmpty();
        }
        assertThat(rows("select count(*) from journal where event = 'forgotten' and words like '%" + BY + "'"))
                .containsExactly("2");

        bench.syncInFull();
        bench.syncInFull();
        assertThat(bench.oscar.checks().referrals("cif")).as("not sent again").hasSize(1);
        refer(dara, "counselling_family");
        bench.sync();
        assertThat(bench.oscar.checks().referrals("cif")).as("what is new goes").hasSize(2);
        assertThatThrownBy(() -> forget("cif/nobody", false)).hasMessageContaining("holds a record cif/nobody");
    }

    /** In which tables and columns of the ledger a text stands. */
    private List<String> traces(String text) {
        return rows("select table_name || '.' || column_name from information_schema.columns"
                        + " where lower(table_schema) = 'public' and data_type like 'character%'")
                .stream()
                .filter(column -> !column.startsWith("flyway"))
                .filter(column -> {
                    String[] parts = column.split("\\.");
                    return !rows("select 1 from " + parts[0] + " where " + parts[1] + " like '%" + text + "%'")
                            .isEmpty();
                })
                .toList();
    }
}
