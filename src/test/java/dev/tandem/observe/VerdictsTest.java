package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.call.Reachability;
import dev.tandem.ledger.FindingBook;
import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.NoticeBook;
import dev.tandem.ledger.Replicas;
import dev.tandem.ledger.effects.HeldCalls;
import dev.tandem.ledger.items.Brake;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.sweeps.EventActivity;
import dev.tandem.ledger.sweeps.OwedSweep;
import dev.tandem.ledger.sweeps.SweepCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each thing that can be wrong is seen, by itself, and says what to do; when all is well nothing is said. */
class VerdictsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant JUST_NOW = NOW.minusSeconds(60);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(3));
    private static final Reachability.Found WELL =
            new Reachability.Found(Optional.empty(), Instant.EPOCH, 0, "", "", false);

    private Duration skew = Duration.ZERO;
    private Optional<Instant> openSince = Optional.empty();
    private long parked;
    private boolean paused;
    private Optional<Instant> lastSweep = Optional.of(JUST_NOW);
    private Optional<Instant> lastFull = Optional.of(JUST_NOW);
    private Optional<Instant> firstFull = Optional.of(LONG_AGO);
    private GateBook.Gate gate = new GateBook.Gate("oscar", Optional.empty(), Optional.empty());
    private List<HeldCalls.Held> held = List.of();
    private EventActivity.Source events = new EventActivity.Source("primero", Optional.of(JUST_NOW), Optional.empty());
    private Optional<Configuration.Rejected> rejected = Optional.empty();
    private Reachability.Found oscar = WELL;
    private long unreadable;
    private boolean ledgerAway;
    private Optional<Replicas.Difference> replicas = Optional.empty();
    private List<Brake.Held> braked = List.of();
    private Optional<OwedSweep> owed = Optional.empty();
    private List<FindingBook.Drift> drift = List.of();
    private List<NoticeBook.Undelivered> undelivered = List.of();
    private Optional<Instant> diskFull = Optional.empty();
    private List<String> goingOn = List.of();

    @Test
    void nothing_is_said_when_all_is_well() {
        assertThat(verdicts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void each_trouble_is_seen_and_no_other_and_says_what_to_do(Trouble trouble) {
        switch (trouble) {
            case LEDGER -> ledgerAway = true;
            case GATE_CLOSED -> gate = new GateBook.Gate("oscar", Optional.of(JUST_NOW), Optional.of("http-401"));
            case CALLS_HELD ->
                held = List.of(new HeldCalls.Held("oscar", "new referral to cif", LONG_AGO, 4, 214, Optional.of(NOW)));
            case TARGET_DOWN ->
                oscar = new Reachability.Found(
                        Optional.of(NOW.minusSeconds(90)), JUST_NOW, 5, "http-503", "oscar answered with 503", false);
            case BREAKER_OPEN ->
                oscar = new Reachability.Found(Optional.of(JUST_NOW), JUST_NOW, 1, "breaker-open", "", true);
            case SWEEP_OWED ->
                owed = Optional.of(new OwedSweep(JUST_NOW, true, 1, Optional.of("feed-truncated"), Optional.empty()));
            case SWEEP_STALE -> lastSweep = Optional.of(LONG_AGO);
            case FULL_SWEEP_STALE -> lastFull = Optional.of(LONG_AGO);
            case REFERRALS_HELD -> firstFull = Optional.empty();
            case REPLICAS_DIFFER ->
                replicas = Optional.of(new Replicas.Difference(
                        true,
                        false,
                        JUST_NOW,
                        List.of(new Replicas.Replica("a", "v1", "k", JUST_NOW, Optional.empty(), Optional.empty()))));
            case BRAKED -> braked = List.of(new Brake.Held("first-sync:primero-to-oscar", 500, 7, JUST_NOW));
            case PARKED -> parked = 21;
            case BACKLOG -> openSince = Optional.of(LONG_AGO);
            case PAUSED -> paused = true;
            case EDIT_REJECTED ->
                rejected = Optional.of(new Configuration.Rejected(JUST_NOW, List.of("read-case.camel.yaml:12: no")));
            case WEBHOOK_SILENT ->
                events = new EventActivity.Source("primero", Optional.of(LONG_AGO), Optional.of(JUST_NOW));
            case CLOCK_SKEW -> skew = Duration.ofMinutes(-5);
            case DRIFT ->
                drift = List.of(new FindingBook.Drift(
                        "primero.rights", "write", "fault", "The role lacks the right write.", "Give it.", JUST_NOW));
            case MAPPING_GOES_ON -> goingOn = List.of("oscar-to-primero/case");
            case NOTICES_UNDELIVERED -> undelivered = List.of(new NoticeBook.Undelivered("mail", 2, LONG_AGO));
            case PAYLOAD_KEY -> unreadable = 1;
        }

        List<Verdict> verdicts = verdicts();

        assertThat(verdicts).extracting(Verdict::reason).contains(trouble.code());
        // A breaker opens for a system that is down, and nothing else follows from anything.
        assertThat(verdicts).hasSize(trouble == Trouble.BREAKER_OPEN ? 2 : 1);
        assertThat(verdicts).allSatisfy(verdict -> {
            assertThat(verdict.details()).isNotBlank();
            assertThat(verdict.remedy()).isNotBlank();
        });
    }

    @Test
    void a_full_disk_is_named_as_the_reason() {
        diskFull = Optional.of(JUST_NOW);
        ledgerAway = true;
        assertThat(verdicts())
                .extracting(Verdict::details)
                .singleElement()
                .asString()
                .contains("full since 2026-03-02T08:59:00Z");
    }

    private List<Verdict> verdicts() {
        boolean[] away = {false};
        Supplier<LedgerReading> source = () -> {
            if (away[0]) {
                throw new IllegalStateException("away");
            }
            return reading();
        };
        try (Readings readings = new Readings(source, Duration.ofHours(1))) {
            away[0] = ledgerAway;
            readings.tryToTake();
            return new Verdicts(
                            readings,
                            new Watched(
                                    List.of("oscar", "primero"),
                                    system -> system.equals("oscar") ? oscar : WELL,
                                    (system, full, last) -> Optional.of(last.plus(Duration.ofDays(2))),
                                    20,
                                    Duration.ofHours(12),
                                    List.of("primero"),
                                    Duration.ofHours(6),
                                    unreadable,
                                    Optional::empty,
                                    () -> diskFull,
                                    () -> goingOn))
                    .get();
        }
    }

    private LedgerReading reading() {
        return new LedgerReading(
                NOW,
                skew,
                List.of(flow("oscar-to-primero", "oscar", true), flow("primero-to-oscar", "primero", false)),
                List.of(cursor("oscar", true), cursor("primero", false)),
                braked,
                replicas,
                List.of(gate),
                held,
                List.of(events),
                new Configuration("3f2a", rejected),
                drift,
                Optional.empty(),
                Optional.empty(),
                undelivered);
    }

    /** @param troubled of the two flows the one that has what is wrong, if it is a flow's */
    private FlowReading flow(String name, String source, boolean troubled) {
        LedgerStatus.Unsettled unsettled = new LedgerStatus.Unsettled(
                name, 0, 0, troubled ? openSince : Optional.empty(), 0, troubled ? parked : 0, 0);
        return new FlowReading(NOW, LONG_AGO, unsettled, Optional.of(cursor(source, troubled)), troubled && paused, 7);
    }

    private SweepCursor cursor(String source, boolean troubled) {
        return new SweepCursor(
                source,
                Optional.empty(),
                Optional.of(JUST_NOW),
                troubled ? lastSweep : Optional.of(JUST_NOW),
                Optional.of(JUST_NOW),
                troubled ? lastFull : Optional.of(JUST_NOW),
                Optional.of(JUST_NOW),
                troubled ? firstFull : Optional.of(LONG_AGO),
                3,
                false,
                troubled ? owed : Optional.empty(),
                Optional.empty());
    }
}
