package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.Validation;
import dev.tandem.operation.report.Reason;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.sandbox.oscar.ClientFacts;
import dev.tandem.sandbox.oscar.NgoWorker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mapping facts R23: a referral of a child whom the NGO has already overwrites what the NGO wrote of it. */
class KnownClientsTest {
    @TempDir
    Path directory;

    private Bench bench;
    private NgoWorker cif;
    private String dara;
    private String slug;

    @AfterEach
    void stop() {
        bench.close();
    }

    private void begin(Bench with) {
        bench = with.adopt();
        cif = bench.oscar.worker("cif");
        dara = bench.primero.worker().newCase(Children.of("Dara", "Example"));
        refer("counselling_trauma");
        bench.sync();
        slug = cif.takeUp(cif.pending().get(0));
        bench.syncInFull();
    }

    private void refer(String subtype) {
        var worker = bench.primero.worker();
        String row = worker.addService(dara, Children.referral(subtype, "agency-cif"));
        worker.refer(dara, row, "agency-cif-user", "Example note");
    }

    private ClientFacts client() {
        return bench.oscar.checks().client("cif", slug);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_overwritten_is_journaled_by_field_and_counted(TestDatabase database) {
        Bench fresh = new Bench(directory);
        begin(database == TestDatabase.POSTGRESQL ? fresh.onPostgresql() : fresh);
        cif.editClient(slug, form -> form.name("Darra", "Example")
                .localName("ដារា", "")
                .gender("lgbt")
                .mosvyNumber("0042"));
        bench.syncInFull();
        refer("counselling_family");
        SyncReport report = bench.sync();

        assertThat(client().givenName()).isEqualTo("Dara");
        assertThat(client().mosvyNumber()).as("a blank overwrites nothing").isEqualTo("0042");
        assertThat(report.reasons())
                .filteredOn(reason -> reason.code().equals("overwrites"))
                .singleElement()
                .returns("noted", Reason::state)
                .returns(1L, Reason::count);
        assertThat(journaled())
                .singleElement()
                .asString()
                .isEqualTo("what OSCaR had in given_name, local_given_name, gender was overwritten by this referral");
    }

    @Test
    void where_nothing_differs_nothing_is_noted() {
        begin(new Bench(directory));
        refer("counselling_family");
        SyncReport report = bench.sync();
        assertThat(bench.oscar.checks().referrals("cif")).hasSize(2);
        assertThat(report.reasons()).extracting(Reason::code).doesNotContain("overwrites");
        assertThat(journaled()).isEmpty();
    }

    @Test
    void what_ownership_gives_to_oscar_is_sent_back_to_it() {
        EditedCopy copy = new EditedCopy(directory.resolve("edited"));
        Path ownership = copy.mappings.resolve("ownership.csv");
        copy.replace(ownership, "name_first,primero", "name_first,oscar");
        copy.replace(ownership, "date_of_birth,primero", "date_of_birth,oscar");
        copy.forgetExamplesWith("");
        begin(copy.of(new Bench(directory)));
        cif.editClient(slug, form -> form.name("Darra", "Other").born("2013-02-03"));
        bench.syncInFull();
        refer("counselling_family");
        bench.sync();
        assertThat(client().givenName()).isEqualTo("Darra");
        assertThat(client().dateOfBirth()).isEqualTo("2013-02-03");
        assertThat(client().familyName()).as("Primero's").isEqualTo("Example");
        assertThat(journaled()).containsExactly("what OSCaR had in family_name was overwritten by this referral");
    }

    @Test
    void an_owner_that_is_neither_is_a_fault_with_its_line() {
        bench = new Bench(directory);
        EditedCopy copy = new EditedCopy(directory.resolve("edited"));
        copy.replace(copy.mappings.resolve("ownership.csv"), "name_first,primero", "name_first,oskar");
        assertThat(Validation.validate(copy.of(bench).settings()).faults())
                .first()
                .asString()
                .contains("ownership.csv:2", "neither primero nor oscar");
    }

    private List<String> journaled() {
        List<String> words = new ArrayList<>();
        try (Connection connection = bench.beside();
                PreparedStatement statement =
                        connection.prepareStatement("select words from journal where code = 'overwrites'");
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                words.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return words;
    }
}
