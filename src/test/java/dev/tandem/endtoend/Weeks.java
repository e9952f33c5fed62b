package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.OpenTandem;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.OscarSettings;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.ReferralFacts;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.SocialWorker;
import dev.tandem.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two systems whose days pass, a Tandem that sweeps in each, and the people of a story. */
final class Weeks implements AutoCloseable {
    final Bench bench;
    final SocialWorker ministry;
    final NgoWorker cif;
    final NgoWorker gpc;
    final NgoWorker goh;
    private final SimClock clock = SimClock.real();
    private final InWords words;
    final OpenTandem tandem;

    Weeks(Path directory, TestDatabase database) {
        bench = new Bench(
                directory,
                PrimeroSimulator.start(Options.defaults().withClock(clock)),
                OscarSimulator.start(OscarSettings.standard(), clock));
        if (database == TestDatabase.POSTGRESQL) {
            bench.onPostgresql();
        }
        words = new InWords(bench, List.of("cif", "gpc", "goh"));
        ministry = bench.primero.worker();
        cif = bench.oscar.worker("cif");
        gpc = bench.oscar.worker("gpc");
        goh = bench.oscar.worker("goh");
        // Others whom these systems know.
        ministry.newCase(Children.of("Somebody", "Else"));
        cif.newClient(ClientForm.named("Somebody", "Else"));
        tandem = OpenTandem.adopting(SettingsReader.read(
                        Optional.of(bench.settingsFile()), Map.of(), Path.of("").toAbsolutePath())
                .settings());
        nextDay();
    }

    void nextDay() {
        clock.advance(Duration.ofDays(1));
        tandem.sync();
    }

    /** At its end everything is read, and not only what has changed. */
    void nextWeek() {
        clock.advance(Duration.ofDays(7));
        tandem.syncInFull();
    }

    String child(String name) {
        return ministry.newCase(Children.of(name, "Example"));
    }

    /** @return the id of the row that is referred */
    String refer(String caseId, String subtype, String ngo) {
        String row = ministry.addService(caseId, Children.referral(subtype, "agency-" + ngo));
        ministry.refer(caseId, row, "agency-" + ngo + "-user", "Example note");
        return row;
    }

    /** The oldest of the case's referrals that wait at the NGO. @return the client's slug */
    String takeUp(NgoWorker ngo, String caseId) {
        return ngo.takeUp(received(ngo, caseId).stream()
                .filter(ReferralFacts::pending)
                .findFirst()
                .orElseThrow()
                .id());
    }

    /** @param which of the case's referrals at that NGO, from 0 */
    void decide(NgoWorker ngo, String caseId, int which, String status) {
        ngo.setReferralStatus(received(ngo, caseId).get(which).id(), status);
    }

    private List<ReferralFacts> received(NgoWorker ngo, String caseId) {
        return bench.oscar
                .checks()
                .referrals(
                        ngo.tenant(),
                        bench.primero
                                .caseById(caseId)
                                .orElseThrow()
                                .path("case_id")
                                .asText());
    }

    /** The case of an NGO's client. */
    String caseOf(NgoWorker ngo, String slug) {
        return bench.primero
                .caseByOscarNumber(number(ngo, slug))
                .get(0)
                .path("id")
                .asText();
    }

    /** @param which of the case's services, from 0 */
    String row(String caseId, int which) {
        return bench.primero
                .caseById(caseId)
                .orElseThrow()
                .path("services_section")
                .get(which)
                .path("unique_id")
                .asText();
    }

    void stands(String caseId, String expected) {
        assertThat(words.of(caseId, "", letters())).isEqualTo(expected);
    }

    void stands(NgoWorker ngo, String slug, String expected) {
        assertThat(words.of("", number(ngo, slug), letters())).isEqualTo(expected);
    }

    private String number(NgoWorker ngo, String slug) {
        return bench.oscar.checks().client(ngo.tenant(), slug).globalId();
    }

    private List<DeadLetter> letters() {
        List<DeadLetter> letters = new ArrayList<>();
        for (String state : List.of("parked", "waiting")) {
            letters.addAll(tandem.deadLetters(new DeadLetterQuery(state, Optional.empty(), DeadLetterQuery.MOST))
                    .letters());
        }
        return letters;
    }

    @Override
    public void close() {
        tandem.close();
        bench.close();
    }
}
