package dev.tandem.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is told of each flow, under one name in JMX and in Prometheus' spelling as a metric with the label {@code flow}. The
 * beans, the metrics and the pages about both are made from this table.
 */
enum Figure {
    PENDING(
            "Pending",
            "records",
            "Records that Tandem will process, now or at their next moment.",
            reading -> reading.unsettled().pending()),
    LEASED("Leased", "records", "Records in work, in all replicas.", reading -> reading.unsettled()
            .leased()),
    WAITING(
            "Waiting",
            "effects",
            "Effects that wait for something else, such as consent. Tandem sends them once it has happened.",
            reading -> reading.unsettled().waiting()),
    PARKED(
            "Parked",
            "effects",
            "Effects in the dead-letter queue; a person or an edit must act (`dead-letters list`).",
            reading -> reading.unsettled().parked()),
    POSSIBLE_REPEATS(
            "PossibleRepeats",
            "effects",
            "Referrals that may have been delivered twice, because an answer was lost. `dead-letters` and the"
                    + " journal name them.",
            reading -> reading.unsettled().possibleRepeats()),
    OLDEST_PENDING_SECONDS(
            "OldestPendingSeconds",
            "seconds",
            "The age of the oldest open record; 0 if all records are settled.",
            reading -> reading.unsettled()
                    .oldestOpenSince()
                    .map(since -> seconds(since, reading.at()))
                    .orElse(0L)),
    LAG_SECONDS(
            "LagSeconds",
            "seconds",
            "The time since the source's last complete sweep began: later changes may be unknown here. A webhook"
                    + " reports a change sooner.",
            reading -> seconds(
                    reading.source()
                            .flatMap(dev.tandem.ledger.sweeps.SweepCursor::lastCompleteBegan)
                            .orElse(reading.initialisedAt()),
                    reading.at())),
    SETTLED_TOTAL(
            "SettledTotal",
            "records",
            "How many times this process has settled a record since it started. A counter: add up all replicas.",
            FlowReading::settledHere),
    LAST_SWEEP("LastSweep", "When a sweep of the source was last complete; empty if never.", FlowReading::lastSweep),
    LAST_FULL_SWEEP(
            "LastFullSweep",
            "When a full sweep of the source was last complete; empty if never.",
            FlowReading::lastFullSweep),
    PAUSED("Paused", "Whether a person has paused the flow: no replica processes its records.");

    private static final String PREFIX = "tandem_";

    private final String attribute;
    private final String unit;
    private final String words;
    private final Class<?> type;
    private final String metric;

    @SuppressWarnings("ImmutableEnumChecker") // functions without a state
    private final Function<FlowReading, Object> shown;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<FlowReading, Double> measured;

    /** A number, the same in both. */
    Figure(String attribute, String unit, String words, Function<FlowReading, Long> value) {
        this.attribute = attribute;
        this.unit = unit;
        this.words = words;
        this.type = Long.class;
        this.metric = PREFIX + snake(attribute);
        this.shown = value::apply;
        this.measured = reading -> value.apply(reading).doubleValue();
    }

    /** A moment: ISO 8601 for people, seconds since 1970 (0 if never) for Prometheus. */
    Figure(String attribute, String words, Function<FlowReading, Optional<Instant>> value) {
        this.attribute = attribute;
        this.unit = "ISO 8601, UTC; as a metric seconds since 1970, 0 if never";
        this.words = words;
        this.type = String.class;
        this.metric = PREFIX + snake(attribute) + "_timestamp_seconds";
        this.shown = reading -> value.apply(reading).map(Instant::toString).orElse("");
        this.measured = reading ->
                value.apply(reading).map(at -> (double) at.getEpochSecond()).orElse(0.0);
    }

    /** Yes or no: 1 or 0. The only one of its kind. */
    Figure(String attribute, String words) {
        this.attribute = attribute;
        this.unit = "true or false; as a metric 1 or 0";
        this.words = words;
        this.type = Boolean.class;
        this.metric = PREFIX + snake(attribute);
        this.shown = FlowReading::paused;
        this.measured = reading -> reading.paused() ? 1.0 : 0.0;
    }

    String attribute() {
        return attribute;
    }

    String unit() {
        return unit;
    }

    String words() {
        return words;
    }

    Class<?> type() {
        return type;
    }

    String metric() {
        return metric;
    }

    boolean counter() {
        return this == SETTLED_TOTAL;
    }

    Object shown(FlowReading reading) {
        return shown.apply(reading);
    }

    double measured(FlowReading reading) {
        return measured.apply(reading);
    }

    private static long seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toSeconds());
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
