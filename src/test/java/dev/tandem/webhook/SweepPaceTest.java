package dev.tandem.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.SettableClock;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a scheduled sweep of what changed may rest: {@code tandem.webhook.relaxed-sweep}. */
class SweepPaceTest {
    private final SettableClock clock = new SettableClock();
    private final HikariDataSource database = TestDatabase.H2.fresh();
    private final Ledger ledger =
            Ledger.open(database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()), clock);

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void it_rests_while_events_come_and_the_last_sweep_is_not_old() throws Exception {
        Settings settings = settings("tandem.webhook.relaxed-sweep = 6h");
        swept();
        assertThat(SweepPace.mayRest(settings, ledger, "primero"))
                .as("no event yet")
                .isFalse();
        ledger.eventActivity().event("primero");
        assertThat(SweepPace.mayRest(settings, ledger, "primero")).isTrue();
        assertThat(SweepPace.mayRest(settings, ledger, "oscar"))
                .as("has no webhook")
                .isFalse();
        clock.advance(Duration.ofHours(6));
        assertThat(SweepPace.mayRest(settings, ledger, "primero"))
                .as("6 hours later")
                .isFalse();
    }

    @Test
    void a_sweep_that_finds_what_no_event_told_brings_the_schedule_back_until_the_next_event() throws Exception {
        Settings settings = settings("tandem.webhook.relaxed-sweep = 6h");
        swept();
        ledger.eventActivity().event("primero");
        ledger.eventActivity().missed("primero");
        assertThat(SweepPace.mayRest(settings, ledger, "primero")).isFalse();
        clock.advance(Duration.ofMinutes(1));
        ledger.eventActivity().event("primero");
        assertThat(SweepPace.mayRest(settings, ledger, "primero")).isTrue();
    }

    @Test
    void without_the_setting_every_sweep_runs() throws Exception {
        swept();
        ledger.eventActivity().event("primero");
        assertThat(SweepPace.mayRest(settings(""), ledger, "primero")).isFalse();
    }

    private void swept() {
        ledger.sweeps()
                .complete(
                        ledger.sweeps()
                                .begin("primero", Duration.ofMinutes(1), false, Optional.empty())
                                .orElseThrow(),
                        Optional.empty(),
                        Set.of(),
                        false);
    }

    private Settings settings(String more) throws Exception {
        Path file = Files.writeString(directory.resolve("application.properties"), """
                        tandem.primero.url = http://127.0.0.1:1
                        tandem.primero.user = tandem
                        tandem.primero.password = invented
                        tandem.primero.webhook.secret = tandem:an-invented-secret-of-some-length
                        tandem.oscar.url = http://127.0.0.1:2
                        tandem.oscar.user = tandem@example.org
                        tandem.oscar.password = invented
                        %s
                        """.formatted(more));
        return SettingsReader.read(Optional.of(file), Map.of(), directory).settings();
    }
}
