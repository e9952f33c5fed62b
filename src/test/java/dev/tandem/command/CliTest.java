package dev.tandem.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.ReopenReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.ForgetRequest;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.PairRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.outcome.OperationFailed;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class CliTest {
    private final Desk desk = new Desk();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            init                             | Missing required argument
            init --adopt --recover           | mutually exclusive
            init --since 2026-11-25          | expected a moment with its offset
            sync --full --since 2026-11-25T00:00:00Z | mutually exclusive
            sync --since now                 | expected a moment with its offset
            sync --flow primero              | expected a name such as primero-to-oscar
            sync --wait 60                   | expected a duration
            reopen                           | Missing required parameter
            reopen Both                      | expected a name such as primero
            statsu                           | Did you mean: tandem status
            status --jsn                     | Unknown option: '--jsn'
            link c                           | Missing required parameter: 'NGO/SLUG'
            forget                           | Missing required parameter: 'ID'
            dead-letters                     | Missing: list, show, retry or discard
            dead-letters lst                 | Did you mean
            dead-letters list --waiting --baseline | mutually exclusive
            dead-letters list --limit 0      | expected --limit from 1 to 1000
            dead-letters show                | Missing required parameter
            dead-letters show x              | a number that `dead-letters list` shows, such as 17
            dead-letters retry               | Missing required argument
            dead-letters retry 1 --all       | mutually exclusive
            dead-letters retry --reason blank | --all
            dead-letters discard 1           | Missing required option: '--because=TEXT'
            """)
    void wrong_usage_is_exit_code_2_in_words(String line, String words) {
        assertThat(desk.type(line.split(" ", -1))).isEqualTo(2);

        assertThat(desk.err.toString()).contains(words).contains("--help'.").doesNotContain("\tat ");
        assertThat(desk.out.toString()).isEmpty();
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void faults_in_the_settings_are_exit_code_2_and_all_printed() {
        desk.environment.put("TANDEM_WORKERS", "many");
        desk.environment.remove("TANDEM_OSCAR_URL");

        assertThat(desk.type("status")).isEqualTo(2);

        assertThat(desk.err.toString()).isEqualTo("""
                2 faults in the settings:
                no settings file: tandem.oscar.url
                    it is not set
                    -> set it in the file, or the variable TANDEM_OSCAR_URL
                TANDEM_WORKERS: tandem.workers
                    `many` is not a number
                    -> write a number from 1 to 200
                """);
    }

    @Test
    void a_settings_file_is_named_before_or_after_the_command() {
        assertThat(desk.type("--settings", "absent.properties", "status")).isEqualTo(2);
        assertThat(desk.type("status", "--settings", "absent.properties")).isEqualTo(2);
        assertThat(desk.err.toString()).containsPattern("(?s)absent.properties: .*absent.properties: ");
    }

    @Test
    void warnings_are_printed_apart_from_the_report() {
        desk.environment.put("TANDEM_WROKERS", "3");

        assertThat(desk.type("status", "--json")).isZero();

        assertThat(desk.err.toString())
                .isEqualTo("Warning: The variable TANDEM_WROKERS is no setting and is ignored."
                        + " Did you mean TANDEM_WORKERS?\n");
        assertThat(desk.out.toString()).startsWith("{");
    }

    @Test
    void what_an_operator_understands_is_printed_with_its_own_exit_code() {
        desk.status = () -> {
            throw new OperationFailed(4, List.of("The database does not answer.", "Is it running?"));
        };

        assertThat(desk.type("status")).isEqualTo(4);

        assertThat(desk.err.toString()).isEqualTo("The database does not answer.\nIs it running?\n");
        assertThat(desk.asked).containsExactly(new Operation.Nothing(), "close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P01", "08006"})
    void a_database_that_goes_away_is_no_defect(String state) {
        desk.status = () -> {
            throw new IllegalStateException(new SQLException("synthetic child", state));
        };

        assertThat(desk.type("status")).isEqualTo(4);

        assertThat(desk.err.toString())
                .startsWith("The ledger's database went away")
                .doesNotContain("synthetic child");
    }

    @Test
    void a_defect_is_exit_code_1_and_its_message_is_neither_printed_nor_logged() {
        desk.status = () -> {
            throw new IllegalStateException("synthetic child", new IllegalArgumentException("synthetic child"));
        };
        Logger logger = (Logger) LoggerFactory.getLogger(Cli.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        try {
            assertThat(desk.type("status")).isEqualTo(1);
        } finally {
            logger.setAdditive(true);
            logger.detachAppender(log);
        }

        assertThat(desk.err.toString())
                .isEqualTo("This is a defect in Tandem (IllegalStateException); the log says where.\n");
        assertThat(log.list).singleElement().satisfies(event -> assertThat(
                        ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .contains("IllegalStateException", "IllegalArgumentException", "at dev.tandem.command.CliTest")
                .doesNotContain("synthetic child"));
    }

    @Test
    void init_says_how_the_ledger_begins() {
        desk.type("init", "--since", "2026-11-25T00:00:00+07:00");
        desk.type("init", "--since", "now");
        desk.type("init", "--adopt");
        desk.type("init", "--recover");

        assertThat(desk.asked)
                .containsExactly(
                        new InitRequest.Since(Instant.parse("2026-11-24T17:00:00Z")), "close",
                        new InitRequest.SinceNow(), "close",
                        new InitRequest.Adopt(), "close",
                        new InitRequest.Recover(), "close");
    }

    @Test
    void sync_asks_for_what_was_typed() {
        desk.type("sync");
        desk.type("sync", "--flow", "oscar-to-primero", "--full", "--wait", "5m");
        desk.type("sync", "--since", "2026-11-25T00:00:00Z");

        assertThat(desk.asked)
                .filteredOn(SyncRequest.class::isInstance)
                .containsExactly(
                        new SyncRequest(Optional.empty(), false, Optional.empty(), Duration.ofSeconds(60)),
                        new SyncRequest(Optional.of("oscar-to-primero"), true, Optional.empty(), Duration.ofMinutes(5)),
                        new SyncRequest(
                                Optional.empty(),
                                false,
                                Optional.of(Instant.parse("2026-11-25T00:00:00Z")),
                                Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4})
    void sync_ends_with_the_exit_code_of_its_report(int code) {
        desk.sync = () -> new SyncReport(List.of(), List.of(), List.of(), Optional.empty(), code);

        assertThat(desk.type("sync")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "link c cif/exam-101, true, y, 0",
        "link c cif/exam-101, true, n, 2",
        "link c cif/exam-101, true, '', 2",
        "link c cif/exam-101, false, y, 2",
        "link c cif/exam-101 --yes, false, '', 0",
        "forget c, true, yes, 0"
    })
    void a_hand_on_a_record_shows_what_it_causes_and_is_done_only_if_a_person_says_so(
            String line, boolean terminal, String answer, int code) {
        desk.terminal = terminal;
        desk.answer = answer;
        assertThat(desk.type(line.split(" "))).isEqualTo(code);
        assertThat(desk.out.toString()).contains("Something follows.");
        List<Boolean> acts = desk.asked.stream()
                .flatMap(request -> request instanceof PairRequest pair
                        ? Stream.of(pair.act())
                        : request instanceof ForgetRequest forget ? Stream.of(forget.act()) : Stream.empty())
                .toList();
        assertThat(acts)
                .isEqualTo(line.endsWith("--yes") ? List.of(true) : code == 0 ? List.of(false, true) : List.of(false));
        assertThat(desk.err.toString()).contains(terminal || code == 0 ? "" : "add --yes");
    }

    @Test
    void what_is_no_client_is_exit_code_2() {
        assertThat(desk.type("link", "c", "exam-101", "--yes")).isEqualTo(2);
        assertThat(desk.err.toString()).contains("client is NGO/SLUG, such as cif/exam-101");
    }

    @Test
    void reopen_says_what_it_found() {
        desk.reopen = () -> new ReopenReport("oscar", Optional.of(Instant.parse("2026-11-25T00:00:00Z")));

        assertThat(desk.type("reopen", "oscar")).isZero();

        assertThat(desk.asked).containsExactly(new Operation.BySystem("oscar"), "close");
        assertThat(desk.out.toString())
                .isEqualTo(
                        "The gate of oscar is open again; it had been closed since 2026-11-25 07:00:00 +07:00 (14 h ago).\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", ""})
    void run_is_what_is_done_without_a_command_and_can_be_told_to_stop(String command) {
        desk.run = () -> {
            desk.onSignal.get(0).run();
            return 0;
        };

        assertThat(desk.type(command.isEmpty() ? new String[0] : new String[] {command}))
                .isZero();

        assertThat(desk.asked).containsExactly("run", "stop", "close");
        assertThat(desk.quiet).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sync              | What was sent is in the ledger and is not sent again.
            compare           | Nothing was changed. Half a comparison says nothing
            compare --repair  | What was marked so far is delivered
            plan              | Nothing was sent or changed.
            reopen oscar      | What was not done yet was left as it is
            status            | Nothing was changed.
            """)
    void a_command_that_is_cut_short_says_what_was_done_and_what_not(String line, String words) {
        Runnable signal = () -> desk.ifCutShort.get(0).run();
        desk.sync = cut(signal, desk.sync);
        desk.compare = cut(signal, desk.compare);
        desk.plan = cut(signal, desk.plan);
        desk.reopen = cut(signal, desk.reopen);
        desk.status = cut(signal, desk.status);

        desk.type(line.split(" ", -1));

        assertThat(desk.err.toString()).startsWith("Stopped before it was done. " + words);
    }

    private static <R> Supplier<R> cut(Runnable signal, Supplier<R> answer) {
        return () -> {
            signal.run();
            return answer.get();
        };
    }

    @Test
    void a_short_command_keeps_the_log_quiet_unless_asked() {
        desk.type("status", "--verbose");
        assertThat(desk.quiet).isFalse();

        desk.type("status");
        assertThat(desk.quiet).isTrue();
    }
}
