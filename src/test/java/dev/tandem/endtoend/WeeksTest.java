package dev.tandem.endtoend;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Weeks in the lives of four children, told step by step, with how things must stand afterwards on both sides. Nobody calls
 * anybody: everything crosses by the sweep of the day.
 */
class WeeksTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void dara_whom_the_ministry_refers_to_two_ngos(TestDatabase database) {
        try (Weeks weeks = new Weeks(directory, database)) {
            String dara = weeks.child("Dara");

            // The case worker refers Dara to cif.
            weeks.refer(dara, "counselling_trauma", "cif");
            weeks.nextDay();
            weeks.stands(dara, """
                    Primero: Dara, open, owner mgrbmc, medium risk
                      Trauma counselling asked of cif: pending [in_progress]
                    cif: waits to be taken up: Trauma counselling
                    """);

            // Somebody at cif makes a client of the referral. Dara's case learns who he is there; nothing is decided.
            String slug = weeks.takeUp(weeks.cif, dara);
            weeks.nextDay();
            weeks.stands(dara, """
                    Primero: Dara, open, owner mgrbmc, medium risk, at the NGO Referred
                      Trauma counselling asked of cif: pending [in_progress]
                    cif: Dara, Referred
                      Trauma counselling asked by the ministry: Referred
                    """);

            // cif presses "accept", which in OSCaR changes the client alone. He came by this referral: it is accepted.
            weeks.cif.accept(slug);
            weeks.nextWeek();
            weeks.stands(dara, """
                    Primero: Dara, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of cif: accepted [accepted]
                    cif: Dara, Accepted
                      Trauma counselling asked by the ministry: Referred
                    """);
            weeks.decide(weeks.cif, dara, 0, "Accepted");

            // A second referral to cif, which knows him, and one to gpc, which does not.
            weeks.refer(dara, "training_education_school_support", "cif");
            String family = weeks.refer(dara, "counselling_family", "gpc");
            weeks.nextDay();
            weeks.stands(dara, """
                    Primero: Dara, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of cif: accepted [accepted]
                      School support asked of cif: pending [in_progress]
                      Family counselling / mediation asked of gpc: pending [in_progress]
                    cif: waits to be taken up: School support
                    cif: Dara, Accepted
                      Trauma counselling asked by the ministry: Accepted
                    gpc: waits to be taken up: Family counselling / mediation
                    """);

            // cif looks at the second one and has not decided it; gpc takes its own up and rejects it.
            weeks.cif.loadNotifications();
            weeks.takeUp(weeks.gpc, dara);
            weeks.decide(weeks.gpc, dara, 0, "Exited");
            weeks.nextWeek();
            weeks.stands(dara, """
                    Primero: Dara, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of cif: accepted [accepted]
                      School support asked of cif: pending [in_progress]
                      Family counselling / mediation asked of gpc: rejected [rejected]
                    cif: Dara, Accepted
                      Trauma counselling asked by the ministry: Accepted
                      School support asked by the ministry: Referred
                    gpc: Dara, Referred
                      Family counselling / mediation asked by the ministry: Exited
                    """);

            // The case worker asks gpc once more, on the same row.
            weeks.ministry.refer(dara, family, "agency-gpc-user", "Example note: please look again");
            weeks.nextDay();
            weeks.stands(dara, """
                    Primero: Dara, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of cif: accepted [accepted]
                      School support asked of cif: pending [in_progress]
                      Family counselling / mediation asked of gpc: rejected [rejected, in_progress]
                    cif: Dara, Accepted
                      Trauma counselling asked by the ministry: Accepted
                      School support asked by the ministry: Referred
                    gpc: waits to be taken up: Family counselling / mediation
                    gpc: Dara, Referred
                      Family counselling / mediation asked by the ministry: Exited
                    """);

            // This time gpc accepts, and so does cif.
            weeks.gpc.loadNotifications();
            weeks.decide(weeks.gpc, dara, 1, "Accepted");
            weeks.decide(weeks.cif, dara, 1, "Accepted");
            weeks.nextDay();
            weeks.stands(dara, """
                    Primero: Dara, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of cif: accepted [accepted]
                      School support asked of cif: accepted [accepted]
                      Family counselling / mediation asked of gpc: accepted [rejected, accepted]
                    cif: Dara, Accepted
                      Trauma counselling asked by the ministry: Accepted
                      School support asked by the ministry: Accepted
                    gpc: Dara, Referred
                      Family counselling / mediation asked by the ministry: Exited
                      Family counselling / mediation asked by the ministry: Accepted
                    """);

            // Dara leaves cif. That is no rejection: what was accepted stays accepted, only his state there changes.
            weeks.decide(weeks.cif, dara, 0, "Exited");
            weeks.cif.exit(slug);
            weeks.nextDay();
            weeks.stands(dara, """
                    Primero: Dara, open, owner mgrbmc, medium risk, at the NGO Exited
                      Trauma counselling asked of cif: accepted [accepted]
                      School support asked of cif: accepted [accepted]
                      Family counselling / mediation asked of gpc: accepted [rejected, accepted]
                    cif: Dara, Exited
                      Trauma counselling asked by the ministry: Exited
                      School support asked by the ministry: Accepted
                    gpc: Dara, Referred
                      Family counselling / mediation asked by the ministry: Exited
                      Family counselling / mediation asked by the ministry: Accepted
                    """);
        }
    }

    @ParameterizedTest
    @EnumSource
    void srey_whom_an_ngo_refers_to_the_ministry(TestDatabase database) {
        try (Weeks weeks = new Weeks(directory, database)) {
            // cif refers Srey: she gets a case, owned by the manager of her province.
            String srey = weeks.cif.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
            int first = weeks.cif.referToMinistry(srey, Outward.of("high", "Kinship care"));
            weeks.nextDay();
            weeks.stands(weeks.cif, srey, """
                    Primero: Srey, open, owner mgrstg, high risk, at the NGO Referred
                      Kinship care asked by cif: pending
                    cif: Srey, Referred
                      Kinship care asked of the ministry: Referred
                    """);

            // The ministry accepts, and cif sees it.
            String theCase = weeks.caseOf(weeks.cif, srey);
            weeks.ministry.acceptFromOscar(theCase, weeks.row(theCase, 0));
            weeks.nextDay();
            weeks.stands(weeks.cif, srey, """
                    Primero: Srey, open, owner mgrstg, high risk, at the NGO Referred
                      Kinship care asked by cif: accepted
                    cif: Srey, Referred
                      Kinship care asked of the ministry: Accepted
                    """);

            // Both sides write her name as they hear it. Neither overwrites the other's.
            weeks.ministry.edit(theCase, Map.of("name_first", "Srey Mom"));
            weeks.cif.editClient(srey, form -> form.name("Sreymom", "Sample"));
            weeks.nextWeek();
            weeks.stands(weeks.cif, srey, """
                    Primero: Srey Mom, open, owner mgrstg, high risk, at the NGO Referred
                      Kinship care asked by cif: accepted
                    cif: Sreymom, Referred
                      Kinship care asked of the ministry: Accepted
                    """);

            // cif refers her again, for the same service, while her case is disabled: the referral is listed.
            int again = weeks.cif.referToMinistry(srey, Outward.of("medium", "Kinship care"));
            weeks.ministry.disable(theCase);
            weeks.nextDay();
            weeks.stands(weeks.cif, srey, """
                    Primero: Srey Mom, disabled, owner mgrstg, high risk, at the NGO Referred
                      Kinship care asked by cif: accepted
                    cif: Sreymom, Referred
                      Kinship care asked of the ministry: Accepted
                      Kinship care asked of the ministry: Referred
                    parked: service, the case is disabled
                    """);

            // Enabled again, it gets a row of its own by itself. The lower risk that cif names now lowers nothing.
            weeks.ministry.enable(theCase);
            weeks.nextDay();
            weeks.nextDay();
            weeks.stands(weeks.cif, srey, """
                    Primero: Srey Mom, open, owner mgrstg, high risk, at the NGO Referred
                      Kinship care asked by cif: accepted
                      Kinship care asked by cif: pending
                    cif: Sreymom, Referred
                      Kinship care asked of the ministry: Accepted
                      Kinship care asked of the ministry: Referred
                    """);

            // The ministry rejects it; on the same day somebody at cif sets it to accepted. Both see a conflict, not a
            // loss.
            weeks.ministry.rejectFromOscar(theCase, weeks.row(theCase, 1));
            weeks.cif.setReferralStatus(again, "Accepted");
            weeks.nextDay();
            weeks.stands(weeks.cif, srey, """
                    Primero: Srey Mom, open, owner mgrstg, high risk, at the NGO Referred
                      Kinship care asked by cif: accepted
                      Kinship care asked by cif: rejected
                    cif: Sreymom, Referred
                      Kinship care asked of the ministry: Accepted
                      Kinship care asked of the ministry: Accepted
                    parked: conflict, this referral is Exited in Primero and Accepted in OSCaR
                    """);

            // They telephone, and cif gives way: the conflict is closed by itself.
            weeks.cif.setReferralStatus(again, "Exited");
            weeks.nextDay();
            weeks.stands(weeks.cif, srey, """
                    Primero: Srey Mom, open, owner mgrstg, high risk, at the NGO Referred
                      Kinship care asked by cif: accepted
                      Kinship care asked by cif: rejected
                    cif: Sreymom, Referred
                      Kinship care asked of the ministry: Accepted
                      Kinship care asked of the ministry: Exited
                    """);

            // Later cif sets the first one to exited, too: that is not what the ministry said, and is not overwritten.
            weeks.cif.setReferralStatus(first, "Exited");
            weeks.nextDay();
            weeks.stands(weeks.cif, srey, """
                    Primero: Srey Mom, open, owner mgrstg, high risk, at the NGO Referred
                      Kinship care asked by cif: accepted
                      Kinship care asked by cif: rejected
                    cif: Sreymom, Referred
                      Kinship care asked of the ministry: Exited
                      Kinship care asked of the ministry: Exited
                    parked: conflict, this referral is Accepted in Primero and Exited in OSCaR
                    """);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bopha_whose_family_takes_its_consent_back_and_gives_it_again(TestDatabase database) {
        try (Weeks weeks = new Weeks(directory, database)) {
            String bopha = weeks.child("Bopha");

            // She is referred, and before anything was sent, consent is withdrawn: nothing leaves Primero.
            weeks.refer(bopha, "counselling_trauma", "cif");
            weeks.ministry.withdrawConsent(bopha);
            weeks.nextDay();
            weeks.stands(bopha, """
                    Primero: Bopha, open, owner mgrbmc, medium risk, no consent
                      Trauma counselling asked of cif: pending [in_progress]
                    waiting: referral, waits for consent: disclosure_other_orgs and consent_for_services
                    """);

            // Consent is given: the referral goes by itself.
            weeks.ministry.giveConsent(bopha);
            weeks.nextDay();
            weeks.stands(bopha, """
                    Primero: Bopha, open, owner mgrbmc, medium risk
                      Trauma counselling asked of cif: pending [in_progress]
                    cif: waits to be taken up: Trauma counselling
                    """);

            // cif accepts. Meanwhile consent is withdrawn again: the next referral waits, and Primero takes no
            // decision.
            String slug = weeks.takeUp(weeks.cif, bopha);
            weeks.decide(weeks.cif, bopha, 0, "Accepted");
            weeks.refer(bopha, "counselling_family", "cif");
            weeks.ministry.withdrawConsent(bopha);
            weeks.nextDay();
            weeks.stands(bopha, """
                    Primero: Bopha, open, owner mgrbmc, medium risk, no consent, at the NGO Referred
                      Trauma counselling asked of cif: pending [in_progress]
                      Family counselling / mediation asked of cif: pending [in_progress]
                    cif: Bopha, Referred
                      Trauma counselling asked by the ministry: Accepted
                    parked: decision, primero answered 422 and complained of consent
                    waiting: referral, waits for consent: disclosure_other_orgs and consent_for_services
                    """);

            // Given once more, both go: the referral on that day, the decision when OSCaR is read next.
            weeks.ministry.giveConsent(bopha);
            weeks.nextDay();
            weeks.nextDay();
            weeks.stands(bopha, """
                    Primero: Bopha, open, owner mgrbmc, medium risk, at the NGO Referred
                      Trauma counselling asked of cif: accepted [accepted]
                      Family counselling / mediation asked of cif: pending [in_progress]
                    cif: waits to be taken up: Family counselling / mediation
                    cif: Bopha, Referred
                      Trauma counselling asked by the ministry: Accepted
                    """);

            // cif deletes its client. Primero keeps all it has.
            weeks.cif.softDelete(slug);
            weeks.nextWeek();
            weeks.stands(bopha, """
                    Primero: Bopha, open, owner mgrbmc, medium risk, at the NGO Referred
                      Trauma counselling asked of cif: accepted [accepted]
                      Family counselling / mediation asked of cif: pending [in_progress]
                    cif: waits to be taken up: Family counselling / mediation
                    cif: Bopha, archived
                      Trauma counselling asked by the ministry: Accepted
                    """);

            // A further referral: OSCaR fails at a deleted client and does not tell what it kept. It is listed, and not
            // repeated.
            weeks.refer(bopha, "counselling_generalist", "cif");
            weeks.nextDay();
            weeks.nextWeek();
            weeks.nextWeek();
            weeks.stands(bopha, """
                    Primero: Bopha, open, owner mgrbmc, medium risk, at the NGO Referred
                      Trauma counselling asked of cif: accepted [accepted]
                      Family counselling / mediation asked of cif: pending [in_progress]
                      Generalist counselling asked of cif: pending [in_progress]
                    cif: waits to be taken up: Family counselling / mediation
                    cif: Bopha, archived
                      Trauma counselling asked by the ministry: Accepted
                    parked: referral, its answer was lost (http-500): it may have arrived
                    """);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sok_whose_ngo_leaves_and_comes_back(TestDatabase database) {
        try (Weeks weeks = new Weeks(directory, database)) {
            String sok = weeks.child("Sok");
            weeks.refer(sok, "counselling_trauma", "goh");
            weeks.nextDay();
            weeks.goh.accept(weeks.takeUp(weeks.goh, sok));
            weeks.decide(weeks.goh, sok, 0, "Accepted");
            weeks.nextDay();
            weeks.stands(sok, """
                    Primero: Sok, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of goh: accepted [accepted]
                    goh: Sok, Accepted
                      Trauma counselling asked by the ministry: Accepted
                    """);

            // goh leaves OSCaR. What was stays; after two weeks of its silence a new referral is held back and listed.
            weeks.bench.oscar.admin("goh").integrated(false);
            weeks.nextWeek();
            weeks.nextWeek();
            weeks.refer(sok, "counselling_family", "goh");
            weeks.nextDay();
            weeks.stands(sok, """
                    Primero: Sok, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of goh: accepted [accepted]
                      Family counselling / mediation asked of goh: pending [in_progress]
                    goh: Sok, Accepted
                      Trauma counselling asked by the ministry: Accepted
                    parked: referral, this NGO has not been in OSCaR's feed for two full sweeps
                    """);

            // The case worker asks cif instead: that one goes.
            weeks.refer(sok, "counselling_family", "cif");
            weeks.nextDay();
            weeks.stands(sok, """
                    Primero: Sok, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of goh: accepted [accepted]
                      Family counselling / mediation asked of goh: pending [in_progress]
                      Family counselling / mediation asked of cif: pending [in_progress]
                    cif: waits to be taken up: Family counselling / mediation
                    goh: Sok, Accepted
                      Trauma counselling asked by the ministry: Accepted
                    parked: referral, this NGO has not been in OSCaR's feed for two full sweeps
                    """);

            // goh is back, and what was held back for it goes by itself.
            weeks.bench.oscar.admin("goh").integrated(true);
            weeks.nextDay();
            weeks.stands(sok, """
                    Primero: Sok, open, owner mgrbmc, medium risk, at the NGO Accepted
                      Trauma counselling asked of goh: accepted [accepted]
                      Family counselling / mediation asked of goh: pending [in_progress]
                      Family counselling / mediation asked of cif: pending [in_progress]
                    cif: waits to be taken up: Family counselling / mediation
                    goh: waits to be taken up: Family counselling / mediation
                    goh: Sok, Accepted
                      Trauma counselling asked by the ministry: Accepted
                    """);
        }
    }
}
