package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.TestDatabase;
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

/** Mapping facts R25 (a) to (e): an exit is no rejection, and what an NGO leaves open is listed. */
class ExitsTest {
    private static final String LEFT_OPEN =
            "the NGO has taken the child; OSCaR leaves this referral open: ask the NGO to close it there";
    private static final String OF_CHILD =
            "OSCaR shows this referral as Exited since the child left the NGO, Primero as in progress: whether the NGO had"
                    + " taken the child on it cannot be told";

    @TempDir
    Path directory;

    private Weeks weeks;

    @AfterEach
    void stop() {
        weeks.close();
    }

    private String begin(TestDatabase database) {
        weeks = new Weeks(directory, database);
        return weeks.child("Dara");
    }

    private String takenUp(String dara) {
        weeks.refer(dara, "counselling_trauma", "cif");
        weeks.nextDay();
        String slug = weeks.takeUp(weeks.cif, dara);
        weeks.nextDay();
        return slug;
    }

    @ParameterizedTest
    @EnumSource
    void a_child_accepted_by_the_dialog_and_exited_later_was_accepted(TestDatabase database) {
        String dara = begin(database);
        String slug = takenUp(dara);
        weeks.cif.accept(slug);
        weeks.nextWeek();
        weeks.cif.exit(slug);
        weeks.nextDay();
        weeks.stands(dara, oneReferral("Exited", "accepted [accepted]", "Exited"));
        assertThat(journaled()).containsExactly("accepted-before-exit");

        weeks.cif.reenter(slug, 1);
        weeks.nextDay();
        weeks.cif.exit(slug);
        weeks.nextWeek();
        weeks.stands(dara, oneReferral("Exited", "accepted [accepted]", "Exited"));
        assertThat(journaled()).as("once").containsExactly("accepted-before-exit");
    }

    @Test
    void b_the_exit_form_for_a_child_never_seen_accepted_is_a_rejection_and_journaled() {
        String dara = begin(TestDatabase.H2);
        String slug = takenUp(dara);
        weeks.cif.reject(slug);
        weeks.nextDay();
        weeks.stands(dara, oneReferral("Exited", "rejected [rejected]", "Exited"));
        assertThat(journaled()).containsExactly("exit-unseen-acceptance-possible");
    }

    @Test
    void c_an_entry_exited_while_the_child_stays_is_rejected_and_so_it_remains_after_an_exit() {
        String dara = begin(TestDatabase.H2);
        String slug = takenUp(dara);
        weeks.decide(weeks.cif, dara, 0, "Exited");
        weeks.nextDay();
        weeks.stands(dara, oneReferral("Referred", "rejected [rejected]", "Exited"));
        assertThat(journaled()).isEmpty();

        weeks.cif.exit(slug);
        weeks.nextWeek();
        weeks.stands(dara, oneReferral("Exited", "rejected [rejected]", "Exited"));
        assertThat(journaled()).isEmpty();
    }

    @Test
    void c_a_rejection_and_an_exit_before_the_next_sweep_count_as_the_exit_form() {
        String dara = begin(TestDatabase.H2);
        String slug = takenUp(dara);
        weeks.decide(weeks.cif, dara, 0, "Exited");
        weeks.cif.exit(slug);
        weeks.nextDay();
        weeks.stands(dara, oneReferral("Exited", "rejected [rejected]", "Exited"));
    }

    @ParameterizedTest
    @EnumSource
    @Heals({"left-open", "exit-of-child"})
    void d_e_a_further_referral_of_a_child_who_came_by_another(TestDatabase database) {
        String dara = begin(database);
        String slug = takenUp(dara);
        weeks.refer(dara, "counselling_family", "cif");
        weeks.nextDay();
        weeks.cif.openClientPage(slug);
        weeks.nextWeek();

        // The dialog: which of the two the NGO accepted cannot be told, and OSCaR leaves both open.
        weeks.cif.accept(slug);
        weeks.nextWeek();
        weeks.stands(
                dara,
                twoReferrals("Accepted", "pending [in_progress]", "Referred", "pending [in_progress]", "Referred")
                        + parked(LEFT_OPEN)
                        + parked(LEFT_OPEN));

        // The exit is copied to the first of the two only.
        weeks.cif.exit(slug);
        weeks.nextDay();
        weeks.stands(
                dara,
                twoReferrals("Exited", "pending [in_progress]", "Exited", "pending [in_progress]", "Referred")
                        + parked(OF_CHILD)
                        + parked(LEFT_OPEN));

        // The NGO is asked, and closes the one; the other is decided in Primero by hand. Nothing is listed any more.
        weeks.decide(weeks.cif, dara, 1, "Exited");
        weeks.ministry.accept(weeks.bench.primero.referrals(dara).get(0).id());
        weeks.nextWeek();
        weeks.stands(dara, twoReferrals("Exited", "accepted [accepted]", "Exited", "rejected [rejected]", "Exited"));
    }

    @Test
    void e_the_next_edit_closes_one_of_those_left_open() {
        String dara = begin(TestDatabase.H2);
        String slug = takenUp(dara);
        weeks.refer(dara, "counselling_family", "cif");
        weeks.nextDay();
        weeks.cif.openClientPage(slug);
        weeks.nextWeek();
        weeks.cif.accept(slug);
        weeks.nextWeek();
        weeks.cif.editClient(slug, form -> form.reason("Changed"));
        weeks.nextDay();
        weeks.stands(
                dara,
                twoReferrals("Accepted", "accepted [accepted]", "Accepted", "pending [in_progress]", "Referred")
                        + parked(LEFT_OPEN));
    }

    @Test
    void e_a_new_referral_to_a_child_who_is_there_already_is_not_left_open_and_an_exit_is_not_its_rejection() {
        String dara = begin(TestDatabase.H2);
        String slug = takenUp(dara);
        weeks.cif.accept(slug);
        weeks.nextWeek();
        weeks.refer(dara, "counselling_family", "cif");
        weeks.nextDay();
        weeks.cif.openClientPage(slug);
        weeks.nextWeek();
        String open = twoReferrals("Accepted", "accepted [accepted]", "Accepted", "pending [in_progress]", "Referred");
        weeks.stands(dara, open);

        // Between two readings the NGO exits the child, and sets the new referral to exited as well.
        weeks.cif.exit(slug);
        weeks.decide(weeks.cif, dara, 1, "Exited");
        weeks.nextDay();
        weeks.stands(
                dara,
                open.replace("NGO Accepted", "NGO Exited")
                                .replace("Dara, Accepted", "Dara, Exited")
                                .replace(": Referred", ": Exited")
                        + parked(OF_CHILD));
    }

    @Test
    void d_an_exit_from_one_ngo_says_nothing_of_the_other() {
        String dara = begin(TestDatabase.H2);
        weeks.refer(dara, "counselling_trauma", "cif");
        weeks.refer(dara, "counselling_family", "gpc");
        weeks.nextDay();
        String atCif = weeks.takeUp(weeks.cif, dara);
        String atGpc = weeks.takeUp(weeks.gpc, dara);
        weeks.nextDay();
        weeks.cif.accept(atCif);
        weeks.nextWeek();
        weeks.cif.exit(atCif);
        weeks.gpc.reject(atGpc);
        weeks.nextDay();
        weeks.stands(dara, """
                Primero: Dara, open, owner mgrbmc, medium risk, at the NGO Exited
                  Trauma counselling asked of cif: accepted [accepted]
                  Family counselling / mediation asked of gpc: rejected [rejected]
                cif: Dara, Exited
                  Trauma counselling asked by the ministry: Exited
                gpc: Dara, Exited
                  Family counselling / mediation asked by the ministry: Exited
                """);
    }

    @Test
    void a_what_was_read_counts_even_if_it_could_not_be_worked_on() {
        String dara = begin(TestDatabase.H2);
        String slug = takenUp(dara);
        weeks.tandem.pause("oscar-to-primero");
        weeks.cif.accept(slug);
        weeks.nextWeek();
        weeks.cif.exit(slug);
        weeks.nextWeek();
        weeks.tandem.resume("oscar-to-primero");
        weeks.nextWeek();
        weeks.stands(dara, oneReferral("Exited", "accepted [accepted]", "Exited"));
    }

    private static String oneReferral(String child, String referral, String entry) {
        return """
                Primero: Dara, open, owner mgrbmc, medium risk, at the NGO %1$s
                  Trauma counselling asked of cif: %2$s
                cif: Dara, %1$s
                  Trauma counselling asked by the ministry: %3$s
                """.formatted(child, referral, entry);
    }

    private static String twoReferrals(
            String child, String first, String firstEntry, String second, String secondEntry) {
        return """
                Primero: Dara, open, owner mgrbmc, medium risk, at the NGO %1$s
                  Trauma counselling asked of cif: %2$s
                  Family counselling / mediation asked of cif: %4$s
                cif: Dara, %1$s
                  Trauma counselling asked by the ministry: %3$s
                  Family counselling / mediation asked by the ministry: %5$s
                """.formatted(child, first, firstEntry, second, secondEntry);
    }

    private static String parked(String why) {
        return "parked: decision, " + why + "\n";
    }

    /** The codes that the journal has of what is delivered to Primero. */
    private List<String> journaled() {
        List<String> codes = new ArrayList<>();
        try (Connection connection = weeks.bench.beside();
                PreparedStatement statement = connection.prepareStatement(
                        "select code from journal where effect_key like 'decision:%' and code is not null order by id");
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                codes.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return codes;
    }
}
