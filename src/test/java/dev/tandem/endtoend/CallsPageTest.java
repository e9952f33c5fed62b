package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.GeneratedPage;
import dev.tandem.sandbox.http.Call;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/operate/calls.md}: what each act of a person costs in calls, counted by both simulators. */
class CallsPageTest {
    private static final String SKIPPED = "";

    @TempDir
    Path directory;

    private final StringBuilder table = new StringBuilder();
    private Bench bench;
    private String slug;
    private long atPrimero;
    private long atOscar;

    @Test
    void each_act_costs_the_calls_that_the_page_says() throws IOException {
        // One worker: two that want one case at once would now and then look for it twice.
        bench = new Bench(directory).with("tandem.workers", "1");
        try (Bench closed = bench) {
            bench.primero.worker().newCase(Children.of("Somebody", "Else"));
            bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
            bench.oscar.admin("cif").addProgram("Example programme", "Trauma counselling");
            bench.oscar.admin("kmr").organizationAddress("");
            bench.adopt();
            rest();
            ministry();
            ngo();
            GeneratedPage.check(Path.of("docs/operate/calls.md"), page());
        }
    }

    /** What begins in Primero. */
    private void ministry() {
        var worker = bench.primero.worker();
        var cif = bench.oscar.worker("cif");
        act(
                300,
                "A case is entered or edited that concerns no NGO",
                () -> worker.newCase(Children.of("Rith", "Example")));
        String id = worker.newCase(Children.of("Dara", "Example"));
        rest();
        act(15, "A social worker refers a child to an NGO", () -> refer(id));
        act(15, "The NGO makes a client of it", () -> cif.takeUp(cif.pending().get(0)));
        int referral = bench.oscar.checks().referrals("cif").get(0).id();
        act(15, "The NGO accepts it", () -> cif.setReferralStatus(referral, "Accepted"));
        String slug = bench.oscar
                .checks()
                .clientByExternalId("cif", caseId(id))
                .orElseThrow()
                .slug();
        act(10, "The NGO enrols the child in a programme", () -> cif.enrol(slug, "Example programme"));
        act(100, "The NGO edits what is Primero's", () -> cif.editClient(slug, form -> form.gender("female")));
        act(
                50,
                "The case of a child whom an NGO has is edited",
                () -> worker.edit(id, Map.of("name_nickname", "Example")));
        act(5, "The child is referred once more to that NGO", () -> refer(id));
    }

    /** What begins in OSCaR. */
    private void ngo() {
        var worker = bench.primero.worker("mgrstg");
        var cif = bench.oscar.worker("cif");
        act(30, "An NGO enters a client", () -> cif.newClient(ClientForm.named("Bopha", "Sample")));
        act(10, "An NGO enters a client and refers it to the ministry", () -> {
            slug = cif.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
            cif.referToMinistry(slug, Outward.of("medium", "Kinship care"));
        });
        ObjectNode theCase =
                bench.primero.casesOfClient(slug).stream().findFirst().orElseThrow();
        String row = theCase.path("services_section").path(0).path("unique_id").asText();
        act(
                10,
                "A social worker accepts it",
                () -> worker.acceptFromOscar(theCase.path("id").asText(), row));
        act(
                5,
                "An NGO refers a child once more",
                () -> cif.referToMinistry(slug, Outward.of("low", "Trauma counselling")));
        act(1, "A child without a place: a case that nobody owns", () -> {
            var kmr = bench.oscar.worker("kmr");
            slug = kmr.newClient(ClientForm.named("Sok", "Sample").livesAt(""));
            kmr.referToMinistry(slug, Outward.of("medium", "Kinship care"));
        });
    }

    private void refer(String id) {
        String row = bench.primero.worker().addService(id, Children.referral("counselling_trauma", "agency-cif"));
        bench.primero.worker().refer(id, row, "agency-cif-user", "Example note");
    }

    private String caseId(String id) {
        return bench.primero.caseById(id).orElseThrow().path("case_id").asText();
    }

    // ---- Counting

    private void act(int aDay, String words, Runnable act) {
        act.run();
        table.append("| ").append(words).append(" | ").append(aDay);
        for (int sweep = 0; sweep < 2; sweep++) {
            forget();
            assertThat(bench.sync().exitCode()).as(words).isZero();
            table.append(" | ").append(calls());
            atPrimero += aDay * atPrimeroNow().count();
            atOscar += aDay * atOscarNow().count();
        }
        table.append(" |\n");
        rest();
    }

    /** Until a sweep causes no call any more. */
    private void rest() {
        for (int sweep = 0; sweep < 5; sweep++) {
            forget();
            bench.sync();
            if (calls().isEmpty()) {
                return;
            }
        }
        throw new AssertionError("it does not come to rest: " + calls());
    }

    private void forget() {
        bench.primero.calls().clear();
        bench.oscar.calls().clear();
    }

    private String calls() {
        return Stream.concat(atPrimeroNow(), atOscarNow())
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getValue() == 1 ? count.getKey() : count.getValue() + " × " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private Stream<String> atPrimeroNow() {
        return bench.primero.calls().list().stream()
                .map(CallsPageTest::atPrimero)
                .filter(name -> !name.equals(SKIPPED));
    }

    private Stream<String> atOscarNow() {
        return bench.oscar.calls().list().stream().map(CallsPageTest::atOscar).filter(name -> !name.equals(SKIPPED));
    }

    private static String atPrimero(Call call) {
        if (call.template().equals("/api/v2/cases") && call.method().equals("GET")) {
            return call.query().containsKey("oscar_number") || call.query().containsKey("case_id")
                    ? "GET cases by number"
                    : call.query().containsKey("order_by") ? SKIPPED : "GET cases (control)";
        }
        return call.method() + " "
                + switch (call.template()) {
                    case "/api/v2/cases" -> "cases";
                    case "/api/v2/cases/:id" -> "case";
                    case "/api/v2/cases/:id/referrals" -> "referrals";
                    case "/api/v2/cases/:id/referrals/:referral" -> "referral";
                    case "/api/v2/users" -> "users";
                    default -> call.template();
                };
    }

    private static String atOscar(Call call) {
        return switch (call.template().substring(call.template().lastIndexOf('/') + 1)) {
            case "clients", "sign_in" -> SKIPPED;
            default ->
                call.method()
                        + call.template()
                                .substring(call.template().lastIndexOf("/"))
                                .replace("/", " ");
        };
    }

    private String page() {
        long sweeps = 24;
        long pages = 100;
        return """
                # What it costs in calls

                <!-- Made by CallsPageTest; edits here are lost. -->

                For people who run the Primero or the OSCaR server: how many calls Tandem makes, for each thing that a person does and for a
                whole day. Both simulators count the calls: a person acts, then Tandem makes an incremental sweep of both systems, then another
                one. Tandem makes no other calls than those in the table. *GET cases by number* is a search by OSCaR number or `case_id`;
                *control* is a page of one case, which shows whether an empty search is really empty.

                | act | a day | until it has arrived | at the next sweep |
                |---|---|---|---|
                %s
                A write by Tandem changes the case, so the next sweep may read it once more. After an event (real time) Tandem reads a case and
                its referrals at the same time, which costs one more call for a case without a referral.

                ## A day of a ministry
                With 100,000 cases, the acts of the column *a day* above, and the default schedules:

                | | Primero | OSCaR |
                |---|---|---|
                | the acts | %,d | %,d |
                | hourly sweeps, a page of changes each | %,d | %,d |
                | the nightly full sweep, pages of 1,000 cases, and the feed | %,d | 1 |
                | **all** | **%,d** | **%,d** |

                That is a call to Primero every %d seconds. Not counted: repeated calls after failures, sign-ins at OSCaR (one a week for each
                process), and the recheck of parked records at each full sweep.
                """.formatted(
                        table.toString().stripTrailing() + "\n",
                        atPrimero,
                        atOscar,
                        sweeps,
                        sweeps,
                        pages,
                        atPrimero + sweeps + pages,
                        atOscar + sweeps + 1,
                        86_400 / (atPrimero + sweeps + pages));
    }
}
