package dev.tandem.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.endtoend.Bench;
import dev.tandem.endtoend.Children;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.BackupReport;
import dev.tandem.operation.report.RestoreReport;
import dev.tandem.operation.report.record.DeadLetter;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.operation.request.RetryRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.NgoWorker;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.primero.SocialWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Run, back up, go on, lose it, put it back: nothing is sent twice, and what nobody can know is listed. */
class BackupDrillTest {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";
    private static final char[] PASSPHRASE = "a synthetic passphrase".toCharArray();

    @TempDir
    Path directory;

    private final Map<String, String> cases = new HashMap<>();
    private Bench bench;
    private NgoWorker cif;
    private SocialWorker worker;
    private Path file;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        cif = bench.oscar.worker("cif");
        worker = bench.primero.worker();
        file = directory.resolve("ledger.backup");
        bench.with("tandem.db.url", "jdbc:h2:file:" + directory.resolve("one/tandem"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource
    void after_a_restore_nothing_is_doubled_and_what_nobody_can_know_is_listed(TestDatabase database) {
        boolean h2 = database == TestDatabase.H2;
        if (!h2) {
            bench.onPostgresql();
        }
        bench.adopt();
        cif.newClient(ClientForm.named("Somebody", "Else").gender(null));
        String own = cif.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        cif.referToMinistry(own, Outward.of("medium", "Kinship care"));
        refer("sent before");
        bench.sync();
        bench.oscar.faults().next("POST", UPSERT, Fault.refusal(422));
        refer("parked");
        bench.sync();
        assertThat(sent("sent before")).isOne();
        assertThat(sent("parked")).isZero();

        String copy = h2 ? "" : copied();
        if (h2) {
            backUp(Optional.of(PASSPHRASE));
        }

        // Life goes on: a retry succeeds, another referral is sent, a third is made and not sent yet, an NGO refers a
        // child.
        retry("parked");
        refer("sent after");
        bench.sync();
        String later = cif.newClient(ClientForm.named("Sok", "Sample").livesAt("19020105"));
        cif.referToMinistry(later, Outward.of("medium", "Kinship care"));
        bench.syncInFull();
        refer("not sent");
        assertThat(sent("parked") + sent("sent after")).isEqualTo(2);
        long caseCount = bench.primero.caseCount();

        // The machine is lost, with its key.
        RestoreReport report;
        if (h2) {
            bench.with("tandem.db.url", "jdbc:h2:file:" + directory.resolve("two/tandem"));
            report = restore();
        } else {
            bench.with("tandem.db.url", copy);
            try (Operations operations = bench.open()) {
                report = operations.ask(Operation.RESTORED, new Operation.BackupRequest("test"));
            }
        }
        assertThat(report.newest()).isPresent();
        bench.oscar.calls().clear();
        bench.sync();
        bench.syncInFull();

        assertThat(bench.oscar.calls().counts().getOrDefault("POST " + UPSERT, 0L))
                .isZero();
        assertThat(sent("sent before")).isOne();
        assertThat(sent("parked")).isOne();
        assertThat(sent("sent after")).isOne();
        assertThat(bench.primero.caseCount()).isEqualTo(caseCount);
        assertThat(letters())
                .extracting(DeadLetter::record, DeadLetter::code)
                .containsExactlyInAnyOrder(
                        tuple(cases.get("parked"), "may-have-been-sent"),
                        tuple(cases.get("sent after"), "may-have-been-sent"),
                        tuple(cases.get("not sent"), "may-have-been-sent"));

        // What is new goes on as ever, and a person has the one sent that the NGO says it does not have.
        refer("new");
        retry("not sent");
        bench.sync();
        bench.syncInFull();
        assertThat(sent("new")).isOne();
        assertThat(sent("not sent")).isOne();
    }

    @Test
    void a_backup_is_read_with_its_key_only_and_only_whole() throws IOException {
        bench.adopt();
        Backup cut = new Backup(bench.settings(), Optional.empty());
        assertThatThrownBy(() -> cut.into(file, () -> {
                    assertThat(file).exists();
                    assertThat(cut.abandon()).isTrue();
                    throw new IllegalStateException("the process ends here");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file).doesNotExist();
        BackupReport made = backUp(Optional.empty());
        assertThat(made.warning())
                .hasValueSatisfying(warning -> assertThat(warning).contains("Only the payload key"));
        assertThatThrownBy(() -> backUp(Optional.empty()))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("is there already and was left alone");
        assertThat(directory.resolve("one")).as("no copy in clear is left").isDirectoryNotContaining("glob:**copy*");
        assertThatThrownBy(this::restore)
                .as("the ledger is there")
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("There is a ledger");

        bench.with("tandem.db.url", "jdbc:h2:file:" + directory.resolve("two/tandem"));
        assertThatThrownBy(this::restore).hasMessageContaining("there is none here");
        byte[] whole = Files.readAllBytes(file);
        Files.writeString(file, "something else");
        assertThatThrownBy(this::restore).hasMessageContaining("it is not a backup of Tandem");
        Path key = directory.resolve("one/tandem.payload-key");
        bench.with("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]));
        Files.write(file, whole);
        assertThatThrownBy(this::restore).hasMessageContaining("made with another payload key");
        assertThat(directory.resolve("two")).as("nothing is left behind").doesNotExist();

        bench.with("tandem.payload.key", Files.readString(key).strip());
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(this::restore).hasMessageContaining("it was cut off");
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        Files.write(file, changed);
        assertThatThrownBy(this::restore).isInstanceOf(OperationFailed.class);
        assertThat(directory.resolve("two")).as("nothing is left behind").doesNotExist();

        // Beside the database, and with rights that are warned of.
        bench.with("tandem.payload.key", "");
        Files.createDirectory(directory.resolve("two"));
        Files.writeString(directory.resolve("two/tandem.payload-key"), Files.readString(key));
        Files.write(file, whole);
        bench.with("tandem.db.fsync", "true");
        restore();
        assertThat(bench.status().flows()).isNotEmpty();
    }

    private BackupReport backUp(Optional<char[]> passphrase) {
        try (Operations operations = bench.open()) {
            return new Backup(bench.settings(), passphrase)
                    .into(file, () -> operations.ask(Operation.BACKUP, new Operation.BackupRequest("test")));
        }
    }

    private RestoreReport restore() {
        return new Restore(bench.settings(), () -> PASSPHRASE).from(file);
    }

    /** As pg_dump and pg_restore would make it. */
    private String copied() {
        String from = bench.setting("tandem.db.url");
        String name = from.replaceAll(".*/([^/?]+)(\\?.*)?$", "$1");
        try (Connection server = DriverManager.getConnection(
                from.replace("/" + name, "/template1"),
                bench.setting("tandem.db.user"),
                bench.setting("tandem.db.password"))) {
            server.createStatement().execute("create database " + name + "_copy template " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return from.replace("/" + name, "/" + name + "_copy");
    }

    private void refer(String name) {
        cases.put(name, worker.newCase(Children.of("Dara " + name, "Example")));
        String row = worker.addService(cases.get(name), Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(cases.get(name), row, "agency-cif-user", "Example note");
    }

    private int sent(String name) {
        String externalId = bench.primero
                .caseById(cases.get(name))
                .orElseThrow()
                .path("case_id")
                .asText();
        return bench.oscar.checks().referrals("cif", externalId).size();
    }

    private List<DeadLetter> letters() {
        return letters("baseline");
    }

    private List<DeadLetter> letters(String state) {
        try (Operations operations = bench.open()) {
            return operations
                    .ask(Operation.DEAD_LETTERS, new DeadLetterQuery(state, Optional.empty(), 100))
                    .letters();
        }
    }

    private void retry(String name) {
        DeadLetter letter = Stream.concat(letters("baseline").stream(), letters("parked").stream())
                .filter(each -> each.record().equals(cases.get(name)))
                .findFirst()
                .orElseThrow();
        try (Operations operations = bench.open()) {
            operations.ask(
                    Operation.RETRY,
                    new RetryRequest(
                            List.of(letter.id()), Optional.empty(), Optional.of("the NGO does not have it"), "test"));
        }
        bench.sync();
    }
}
