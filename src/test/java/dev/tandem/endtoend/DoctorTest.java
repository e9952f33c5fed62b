package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.admin.AdminApi;
import dev.tandem.operation.Doctoring;
import dev.tandem.operation.Proposals;
import dev.tandem.operation.Validation;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.Version;
import dev.tandem.sandbox.primero.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault is planted for each check, and the doctor must say the sentence that helps. */
class DoctorTest {
    private static final String ACCOUNT = "tandem";

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        withVersion(Version.V2_15);
    }

    private void withVersion(Version version) {
        bench = new Bench(
                directory, PrimeroSimulator.start(Options.defaults().withVersion(version)), OscarSimulator.start());
        bench.oscar.worker("gpc").newClient(ClientForm.named("Somebody", "Else").livesAt("12010101"));
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private DoctorReport doctor() {
        return doctor(Optional.empty());
    }

    private DoctorReport doctor(Optional<String> writeProbe) {
        bench.oscar.calls().clear();
        DoctorReport report = Doctoring.examine(bench.settings(), new DoctorRequest(writeProbe), () -> bench.open());
        assertThat(bench.primero.writesBy(ACCOUNT)).hasSize(writeProbe.isPresent() ? 1 : 0);
        assertThat(bench.oscar.calls().list(call -> !call.method().equals("GET")))
                .as("one sign-in at most, and no write")
                .hasSizeLessThanOrEqualTo(1);
        return report;
    }

    private static List<String> at(DoctorReport report, String level) {
        return report.findings().stream()
                .filter(line -> line.level().equals(level))
                .map(line -> line.check() + ": " + line.words())
                .toList();
    }

    @Test
    void all_is_well_before_there_is_a_ledger_and_nothing_is_made() {
        DoctorReport report = doctor();

        assertThat(report.exitCode()).isZero();
        assertThat(at(report, "fault")).isEmpty();
        assertThat(at(report, "unreachable")).isEmpty();
        assertThat(at(report, "warn"))
                .containsExactly(
                        "primero.agencies: agency-mosvy exists (primero agencies), and agencies.csv has no row for it.");
        assertThat(at(report, "ok")).hasSizeGreaterThan(30);
        assertThat(at(report, "skipped")).allMatch(line -> line.startsWith("database."));
        assertThat(Path.of(bench.settings().db().file().orElseThrow().toString()))
                .doesNotExist();
    }

    @Test
    void what_the_account_may_not_do_is_named_with_right_form_and_field() {
        bench.primero.changeUser(
                ACCOUNT,
                user -> user.withRole(user.role()
                        .without("write")
                        .withScope("agency")
                        .hiding("consent")
                        .readingOnly("oscar")));
        bench.primero.configuration().removeField("risk_level");
        bench.primero.configuration().removeField("services_section.oscar_case_worker_name");
        bench.with("tandem.primero.mark-synced", "true");

        DoctorReport report = doctor();

        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(at(report, "fault"))
                .containsExactlyInAnyOrder(
                        "primero.rights: The role role-sync lacks the right write on cases.",
                        "primero.rights: The role role-sync sees only cases of its scope (agency), not all.",
                        "primero.fields: No form of Primero has the field risk_level,"
                                + " services_section.oscar_case_worker_name: what is written there is lost.",
                        "primero.fields: The role role-sync does not see the form consent: consent_for_services,"
                                + " disclosure_other_orgs can be neither read nor written.",
                        "primero.fields: The role role-sync may only read the form oscar: what is written to"
                                + " oscar_number, oscar_reason_for_exiting, oscar_short_id, oscar_status is lost.");
        assertThat(report.findings().stream().filter(line -> line.level().equals("fault")))
                .allSatisfy(line -> assertThat(line.remedy()).startsWith("Ask Primero's administrator to "));
    }

    @Test
    void a_form_outside_of_the_module_and_a_field_of_another_kind_are_named() {
        bench.primero.configuration().takeOutOfModule("oscar");
        EditedCopy edited = new EditedCopy(directory);
        edited.of(bench);
        edited.replace(
                edited.mappings.resolve("oscar-to-primero/ids.jslt"),
                "{\"fields\": lib:missing-ids(.client, .case)}",
                "{\"fields\": lib:missing-ids(.client, .case) + {\"registration_date\": [\"x\"]}}");
        edited.replace(
                firstExample(edited.mappings.resolve("examples/oscar-to-primero/ids")),
                "\"fields\": {",
                "\"fields\": {\"registration_date\": [\"x\"], ");
        DoctorReport report = doctor();

        assertThat(at(report, "fault"))
                .contains(
                        "primero.fields: The form oscar is not in the module primeromodule-cp, so Primero drops"
                                + " oscar_number, oscar_reason_for_exiting, oscar_short_id, oscar_status from every write.",
                        "primero.fields: The field registration_date is a date_field in Primero, and the mappings write"
                                + " another kind of value to it.");
    }

    private static Path firstExample(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void values_that_lists_name_and_those_that_exist_are_compared_both_ways() {
        var primero = bench.primero.configuration();
        primero.removeOption("lookup-risk-level", "high");
        primero.disableOption("lookup-gender", "male");
        primero.addOption("lookup-service-subtype", "new_subtype");
        primero.removeAgency("agency-cif");
        primero.removeUser("mgrpnh");
        bench.primero.disableUser("agency-gpc-user");
        bench.primero.addLocation("26", "province", "KH");
        bench.oscar.admin("tpo").removeNgo();
        bench.oscar.addTenant("newngo");
        bench.oscar
                .worker("newngo")
                .newClient(ClientForm.named("Another", "One").livesAt("26999999"));
        String services = "primero.values.";
        DoctorReport report = doctor();

        assertThat(at(report, "fault"))
                .containsExactlyInAnyOrder(
                        services
                                + "risk_level: risk-levels.csv names high (primero), which does not exist there: primero"
                                + " field risk_level.",
                        "primero.agencies: agencies.csv names agency-cif (primero_agency), which does not exist there:"
                                + " primero agencies.",
                        "primero.users: province-owners.csv names mgrpnh (primero_owner), which does not exist there:"
                                + " primero users.",
                        "primero.users: agencies.csv names agency-gpc-user (primero_user), which is disabled there:"
                                + " primero users.",
                        "oscar.ngos: agencies.csv names tpo (oscar_organization), which does not exist there: oscar ngos.",
                        "oscar.feed: OSCaR's feed shows clients of newngo, and agencies.csv has no row for it: nothing of"
                                + " them goes to Primero.");
        assertThat(at(report, "warn"))
                .containsExactlyInAnyOrder(
                        services + "sex: genders.csv names male (primero), which is disabled there: primero field sex.",
                        services
                                + "service_subtype: new_subtype exists (primero field services_section.service_subtype),"
                                + " and services.csv has no row for it.",
                        "primero.agencies: agency-mosvy exists (primero agencies), and agencies.csv has no row for it.",
                        "primero.provinces: 26 exists (primero provinces), and province-owners.csv has no row for it.",
                        "oscar.ngos: newngo exists (oscar ngos), and agencies.csv has no row for it.",
                        "oscar.places: OSCaR has a client in 26999999, a place that Primero does not know.");
    }

    @Test
    void a_service_that_oscar_has_renamed_is_named_with_its_old_name_and_proposed() {
        rename();
        DoctorReport report = doctor();

        assertThat(at(report, "fault"))
                .containsExactly(
                        "oscar.services: Kin care exists (oscar services), and services.csv has no row for it: it has the"
                                + " uuid of \"Kinship care\", which was renamed.");
        EditedCopy edited = new EditedCopy(directory);
        edited.of(bench);
        Path proposed = directory.resolve("proposed");
        assertThat(Proposals.write(bench.settings(), proposed, report))
                .contains("Wrote " + proposed.resolve("code-lists/services.csv") + ": 1 row to complete.");
        Path list = proposed.resolve("code-lists/services.csv");
        assertThat(edited.read(list))
                .startsWith(edited.read(edited.mappings.resolve("code-lists/services.csv")))
                .endsWith("?,?,Kin care,?,1a1accbd-90a9-4c71-a077-2595322744cb,?,,proposed: oscar services\n");

        edited.write(edited.mappings.resolve("code-lists/services.csv"), edited.read(list));
        int line = edited.read(list).split("\n").length;
        assertThat(Validation.validate(bench.settings()).faults())
                .first()
                .asString()
                .contains("code-lists/services.csv:" + line)
                .contains(
                        "this proposed row is not complete: primero_subtype, primero_type, oscar_category, direction");
        edited.replace(
                edited.mappings.resolve("code-lists/services.csv"),
                "?,?,Kin care,?,1a1accbd-90a9-4c71-a077-2595322744cb,?",
                "family_based_care_kinship,family_based_care,Kin care,Family Based Care,"
                        + "1a1accbd-90a9-4c71-a077-2595322744cb,to-primero");
        assertThat(Validation.validate(bench.settings()).faults()).isEmpty();
        Assertions.assertThatThrownBy(() -> Proposals.write(bench.settings(), proposed, report))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("name a directory in which it is not yet");
    }

    private void rename() {
        var ngo = bench.oscar.worker("gpc");
        bench.oscar.admin("gpc").addProgram("Example programme", "Kinship care");
        String slug = ngo.newClient(
                ClientForm.named("Example", "Enrolled").externalId("x-1", "x1").livesAt("12010101"));
        ngo.enrol(slug, "Example programme");
        bench.oscar.admin("gpc").renameService("Kinship care", "Kin care");
    }

    @Test
    void webhooks_are_missing_then_there_and_a_module_may_send_none() {
        bench.with("tandem.primero.webhook.secret", "synthetic-webhook-secret-1");
        assertThat(at(doctor(), "fault"))
                .containsExactly(
                        "primero.webhooks: No webhook of Primero sends case.create, case.update to an address that"
                                + " ends in /webhooks/primero.");
        bench.primero.webhooks().register(Webhook.of("case.create", "https://tandem.example.org/webhooks/primero"));
        bench.primero
                .webhooks()
                .register(Webhook.of("case.update", "https://tandem.example.org/webhooks/primero?e=update"));
        assertThat(at(doctor(), "ok"))
                .contains("primero.webhooks: Primero sends case.create and case.update to"
                        + " https://tandem.example.org/webhooks/primero.");
        bench.primero.configuration().webhooksForCases(false);
        assertThat(at(doctor(), "fault"))
                .containsExactly("primero.webhooks: Primero's module primeromodule-cp sends no events of cases"
                        + " (use_webhooks_for).");
    }

    @Test
    void a_refused_login_is_tried_once_at_each_system() {
        bench.with("tandem.primero.password", "wrong-password-1").with("tandem.oscar.password", "wrong-password-1");

        DoctorReport report = doctor();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(at(report, "unreachable"))
                .containsExactly(
                        "primero.sign-in: Primero refused the login. It was tried once and is not tried again.",
                        "oscar.sign-in: OSCaR refused the login. It was tried once and is not tried again.");
        assertThat(bench.primero.calls().total()).isEqualTo(1);
        assertThat(bench.oscar.calls().total()).isEqualTo(1);
        assertThat(at(report, "skipped")).contains("primero.fields: Not checked: Primero refused the login.");
    }

    @Test
    void systems_that_are_down_are_unreachable_and_the_rest_is_checked() {
        bench.primero.server().down();
        bench.oscar.faults().every("GET", "/api/v1/admin_auth/validate_token", Fault.html(502));

        DoctorReport report = doctor();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(at(report, "unreachable"))
                .containsExactly(
                        "primero.address: Primero is not reached at " + bench.primero.url()
                                + ": nothing listens there.",
                        "primero.sign-in: Primero did not answer as it should (connection-refused).",
                        "oscar.sign-in: OSCaR did not answer as it should (http-502).");
        assertThat(at(report, "ok")).anyMatch(line -> line.startsWith("oscar.ngos: "));
    }

    @Test
    void settings_that_do_not_fit_together_are_named() {
        bench.with("tandem.workers", "200")
                .with("tandem.primero.max-calls", "5")
                .with("tandem.oscar.feed-timeout", "1m")
                .with("tandem.primero.webhook.secret", "synthetic-webhook-secret-1")
                .with("tandem.primero.schedule", "off")
                .with("tandem.oscar.full-schedule", "off")
                .with("tandem.management.bind", "all");
        assertThat(at(doctor(), "warn"))
                .contains(
                        "settings: tandem.workers is 200, but only 7 calls at once are allowed to both systems.",
                        "settings: tandem.primero.max-calls is 5, but Primero's server has 5 threads by default: people"
                                + " wait for Tandem.",
                        "settings: tandem.oscar.feed-timeout is shorter than tandem.call-timeout: a feed of many clients"
                                + " is cut short.",
                        "schedules: tandem.primero.schedule is off and webhooks are on: what an event misses is found only"
                                + " by the full sweep.",
                        "schedules: tandem.oscar.full-schedule is off: changes that move no time of change are never found.",
                        "ports: tandem.management.bind is all, without tandem.admin.password: who reaches port 9876 sees"
                                + " health and metrics; console and admin API answer only on this machine.",
                        "ports: Events come to port 8080 without TLS, from wherever the machine can be reached.");
    }

    @Test
    void a_port_that_is_taken_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            bench.with("tandem.management.port", String.valueOf(taken.getLocalPort()));
            assertThat(at(doctor(), "warn"))
                    .contains("ports: Port " + taken.getLocalPort() + " (tandem.management.port) is in use.");
        }
    }

    @Test
    void a_server_in_another_zone_with_another_clock_and_an_old_version_are_told() throws IOException {
        bench.close();
        withVersion(Version.V2_14);
        bench.primero.serverTimeZone(ZoneOffset.ofHours(7));
        try (LateClock late = new LateClock(bench.oscar.server().port())) {
            bench.with("tandem.oscar.url", "http://127.0.0.1:" + late.port());

            DoctorReport report = doctor();

            assertThat(at(report, "warn"))
                    .contains(
                            "primero.time-zone: Primero does not find a case by its own time of change: its server seems"
                                    + " not to run in UTC.")
                    .anyMatch(line -> line.matches("oscar.clock: OSCaR's clock is \\d+ s ahead of Tandem's\\."));
            assertThat(at(report, "ok"))
                    .contains(
                            "primero.version: Primero behaves as before 2.15: it takes also values that its lookups do"
                                    + " not hold.");
        }
    }

    @Test
    void an_account_that_oscar_does_not_know_and_clients_of_another_shape_are_told() {
        bench.oscar.switches().registered(false);
        bench.oscar
                .faults()
                .every(
                        "GET",
                        "/api/v1/organizations/clients",
                        Fault.answer("another shape", Reply.json(200, Json.read("""
                                {"data": [{"slug": "exam-1", "organization_name": "gpc", "organization_id": 1,
                                "referral_consent_form": [], "is_referred": false, "global_id": "x", "services": []}]}
                                """))));
        assertThat(at(doctor(), "fault"))
                .contains("oscar.account: OSCaR does not know the account as an external system: it shows it referrals"
                        + " between NGOs, and refuses every referral.")
                .anyMatch(line -> line.startsWith("oscar.version: OSCaR's clients lack the field case_worker_mobile, ")
                        && line.endsWith(" and 7 more: it runs a version that Tandem does not know."));
    }

    @Test
    void what_the_account_may_not_read_is_said_and_a_module_that_it_lacks() {
        bench.primero.changeUser(
                ACCOUNT, user -> user.withRole(user.role().without("user").without("agency")));
        DoctorReport report = doctor();
        assertThat(at(report, "warn"))
                .contains(
                        "primero.users: Not checked: the account may not read users in Primero (403).",
                        "primero.agencies: Not checked: the account may not read agencies in Primero (403).");
    }

    @Test
    void routes_that_are_broken_or_older_are_told() throws IOException {
        EditedCopy edited = new EditedCopy(directory);
        edited.of(bench);
        Files.delete(edited.routes.resolve("doctor.camel.yaml"));
        assertThat(at(doctor(), "warn"))
                .contains("primero.fields: Not checked: no route begins at direct:look-at-forms.");
        edited.replace(edited.routes.resolve("read-case.camel.yaml"), "direct:call-primero", "direct:nowhere");
        assertThat(at(doctor(), "fault"))
                .singleElement()
                .asString()
                .startsWith("routes-and-mappings: ")
                .contains("read-case.camel.yaml:");
    }

    @Test
    void a_write_probe_writes_one_case_as_it_is() {
        String id = bench.primero.worker().newCase(Children.of("Probe", "Example"));
        assertThat(at(doctor(Optional.of(id)), "ok"))
                .contains("primero.write-probe: The account may write the case " + id + ".");
        assertThat(bench.primero.writesBy(ACCOUNT)).singleElement().satisfies(write -> assertThat(write.changed())
                .isEmpty());
    }

    @Test
    void beside_a_service_that_holds_the_database_the_service_looks() {
        bench.adopt();
        try (RunningService service = RunningService.of(bench)) {
            DoctorReport report = await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsInstanceOf(OperationFailed.class)
                    .until(
                            () -> new AdminApi()
                                    .ofRunningService(bench.settings())
                                    .doctor(new DoctorRequest(Optional.empty())),
                            any -> true);
            assertThat(service.ended()).isNotDone();
            assertThat(report.exitCode()).isZero();
            assertThat(at(report, "ok"))
                    .anyMatch(line ->
                            line.startsWith("database: The database is H2") && line.endsWith(", with a ledger."))
                    .anyMatch(line -> line.startsWith("ports: Port "));
        }
    }

    @Test
    void as_typed_in_a_small_heap_with_few_files_it_says_so_and_ends_with_0() throws Exception {
        bench.with("tandem.http.port", String.valueOf(FreePort.any()))
                .with("tandem.management.port", String.valueOf(FreePort.any()));
        Process typed = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n 900; exec \"$0\" -Xmx120m -XX:TieredStopAtLevel=1 -cp \"$1\" dev.tandem.Tandem doctor"
                                + " --json --settings \"$2\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        bench.settingsFile().toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        JsonNode report = Json.read(new String(typed.getInputStream().readAllBytes(), StandardCharsets.UTF_8));

        assertThat(typed.waitFor())
                .as(Files.readString(directory.resolve("errors")))
                .isZero();
        assertThat(report.path("findings").findValuesAsText("words"))
                .anyMatch(words -> words.matches("The heap is at most 1[12]\\d MB; Tandem is tested from 256 MB on\\."))
                .contains("This process may open 900 files and connections.");
    }

    @Test
    void a_module_that_the_account_lacks_and_a_place_that_nobody_can_look_at_are_told() {
        EditedCopy edited = new EditedCopy(directory);
        edited.of(bench);
        edited.replace(
                edited.mappings.resolve("code-lists/lists.csv"), "primero field protection_status", "primero statuses");
        for (Path example : examplesOf(edited.mappings, "oscar-to-primero/case", "primeromodule-cp")) {
            edited.replace(example, "primeromodule-cp", "primeromodule-xx");
        }
        edited.replace(edited.mappings.resolve("oscar-to-primero/case.jslt"), "primeromodule-cp", "primeromodule-xx");
        assertThat(at(doctor(), "fault"))
                .contains(
                        "primero.module: The account does not work in the module primeromodule-xx: Primero drops every field"
                                + " of its cases.",
                        "primero.statuses: lists.csv says found_in \"primero statuses\", which is no place that can be looked"
                                + " at.");
    }

    private static List<Path> examplesOf(Path mappings, String mapping, String text) {
        try (var files = Files.list(mappings.resolve("examples").resolve(mapping))) {
            return files.filter(file -> read(file).contains(text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
