package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.Operation;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.sandbox.http.Fault;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a service's log says at the levels that ship, through outages and a quiet time. */
class LogTest {
    private static final String NEVER = "0 0 3 1 1 ?";

    private static final String MINE = """
            - route:
                id: mine
                description: Say one line
                from:
                  uri: timer:mine
                  parameters: { repeatCount: 1 }
                  steps:
                    - log: { id: tell, message: "a line of a route of the user's own" }
            """;

    @TempDir
    Path directory;

    @Test
    void an_outage_is_one_line_when_it_begins_and_one_when_it_ends() throws Exception {
        EditedCopy routes = new EditedCopy(directory);
        routes.write(routes.routes.resolve("mine.camel.yaml"), MINE);
        try (Bench bench = routes.of(unscheduled())) {
            new Crowd(bench, 3, 1);
            bench.adopt();
            new Crowd(bench, 2, 1);
            try (LogLines log = new LogLines()) {
                try (RunningService service = RunningService.of(bench)) {
                    soon("both are read").until(() -> log.has("sweep of oscar") && log.has("sweep of primero"));
                    soon("all is settled").until(() -> pending(service) == 0);
                    bench.oscar.faults().every("*", "*", Fault.status(503));
                    sweep("oscar-to-primero");
                    soon("oscar is down").until(() -> log.has("OSCaR has not answered"));
                    soon("and fails again and again")
                            .until(() -> service.status().cursors().stream().anyMatch(cursor -> cursor.owed()
                                    .filter(owed -> owed.cutShort() > 3)
                                    .isPresent()));
                    soon("status says so").until(() -> silent(service).equals(List.of("oscar")));
                    assertThat(service.status().cursors())
                            .filteredOn(cursor -> cursor.source().equals("oscar"))
                            .allSatisfy(cursor -> assertThat(
                                            cursor.failed().orElseThrow().why())
                                    .isEqualTo("oscar answered 503"));
                    bench.oscar.faults().clear();
                    soon("it answers").until(() -> log.has("OSCaR answers again"));
                    soon("status says that, too").until(() -> silent(service).isEmpty());

                    bench.primero.faults().every("GET", "/api/v2/cases", Fault.unauthorized());
                    sweep("primero-to-oscar");
                    soon("the gate is closed").until(() -> log.has("Primero refused the login"));
                    bench.primero.faults().clear();
                    service.operations.ask(Operation.REOPEN, new Operation.BySystem("primero"));
                    soon("it is open").until(() -> log.has("Primero may be called again"));
                    soon("and read").until(() -> log.has("sweep of primero complete: 7 "));
                }
                assertThat(log.all())
                        .filteredOn(line -> !line.matches("INFO (primero-to-oscar|oscar-to-primero): .*"))
                        .containsExactlyInAnyOrder(
                                "INFO Tandem runs: version N of routes and mappings, webhooks of no system on port N, management"
                                        + " on port N",
                                "INFO primero is swept next at T, in full at T",
                                "INFO oscar is swept next at T, in full at T",
                                "INFO a line of a route of the user's own",
                                "INFO full sweep of primero complete: 5 records read, 5 changed and marked, D",
                                "INFO full sweep of oscar complete: 2 records read, 2 changed and marked, D",
                                "INFO a sweep of oscar was asked for (JMX)",
                                "WARN the sweep of oscar ended early: oscar answered 503; after D. A running service tries"
                                        + " again until one is complete.",
                                "WARN OSCaR has not answered since T (http-503): oscar answered 503. Check that it runs and"
                                        + " can be reached from here. Tandem keeps what is owed and tries again.",
                                "INFO sweep of oscar complete: 2 records read, 2 changed and marked, D, at try N since T",
                                "INFO OSCaR answers again, after D",
                                "INFO a sweep of primero was asked for (JMX)",
                                "WARN the sweep of primero ended early: primero refused the login; no call is made until the"
                                        + " credentials change or `reopen primero`; after D. A running service tries again"
                                        + " until one is complete.",
                                "WARN Primero refused the login (http-401) at T: nobody calls it. Correct user and password"
                                        + " and restart, or unlock the account there and run `reopen primero` or `reopen"
                                        + " oscar`.",
                                "INFO sweep of primero complete: 7 records read, 0 changed and marked, D, at try N since T",
                                "INFO Primero may be called again, after D",
                                "INFO Tandem stops: what is in work is finished first",
                                "INFO Tandem has stopped, after D");
                assertThat(String.join("\n", log.all()))
                        .as("what was delivered")
                        .contains("INFO primero-to-oscar: sent ", "5 referral", ". Now 0 pending, 0 waiting, 0 parked");
                assertThat(log.all())
                        .as("not a line a record")
                        .filteredOn(line -> line.startsWith("INFO primero-to-oscar: "))
                        .hasSizeLessThan(4);
            }
        }
    }

    private Bench unscheduled() {
        return new Bench(directory)
                .with("tandem.oscar.schedule", NEVER)
                .with("tandem.primero.schedule", NEVER)
                .with("tandem.oscar.full-schedule", NEVER)
                .with("tandem.primero.full-schedule", NEVER);
    }

    private static List<String> silent(RunningService service) {
        return service.status().gates().stream()
                .filter(gate -> gate.silent().isPresent())
                .map(StatusReport.Gate::system)
                .toList();
    }

    private static long pending(RunningService service) {
        return service.status().flows().stream()
                .mapToLong(flow -> flow.pending() + flow.leased())
                .sum();
    }

    static void sweep(String flow) throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("dev.tandem:type=Flow,name=" + flow), "syncNow", new Object[0], new String[0]);
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(1));
    }
}
