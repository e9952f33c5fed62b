package dev.tandem.observe;

import dev.tandem.ledger.GateBook;
import dev.tandem.ledger.effects.HeldCalls;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.settings.NoticeSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The metrics of {@link Figure} and {@link Gauge}, with every value of every label from the start: a counter that is absent
 * until it is first counted cannot be alerted on. No label holds an id or anything else of a record.
 */
final class Meters {
    private final MeterRegistry registry;
    private final Readings readings;
    private final Tally tally;

    Meters(MeterRegistry registry, Readings readings, Tally tally) {
        this.registry = registry;
        this.readings = readings;
        this.tally = tally;
    }

    void reading() {
        put(Gauge.READING_AGE, Tags.empty(), () -> readings.age().toMillis() / 1000.0);
    }

    void notices() {
        for (String channel : List.of(NoticeSettings.MAIL, NoticeSettings.WEBHOOK)) {
            put(Gauge.UNDELIVERED_NOTICES, Tags.of("channel", channel), () -> readings.told()
                    .map(reading -> (double) reading.undelivered(channel))
                    .orElse(Double.NaN));
        }
    }

    void parity() {
        parity(Gauge.PARITY_RATIO, Tags.empty(), Parity::ratio);
        parity(Gauge.PARITY_RECORDS, Tags.empty(), parity -> parity.run().records());
        parity(Gauge.PARITY_IN_STEP, Tags.empty(), parity -> parity.run().inStep());
        parity(Gauge.PARITY_PENDING, Tags.empty(), parity -> parity.run().pending());
        for (String kind : Gauge.DIFFERENCES) {
            parity(Gauge.PARITY_DIFFERENCES, Tags.of("kind", kind), parity -> parity.differences(kind));
        }
        put(Gauge.PARITY_TIMESTAMP, Tags.empty(), () -> readings.told()
                .flatMap(LedgerReading::parity)
                .map(parity -> (double) parity.run().endedAt().getEpochSecond())
                .orElse(0.0));
    }

    private void parity(Gauge gauge, Tags tags, ToDoubleFunction<Parity> value) {
        put(gauge, tags, () -> readings.told()
                .flatMap(LedgerReading::parity)
                .map(value::applyAsDouble)
                .orElse(Double.NaN));
    }

    void flow(Flow flow) {
        String name = flow.name();
        for (Figure figure : Figure.values()) {
            DoubleSupplier value = () -> readings.told()
                    .flatMap(reading -> reading.flow(name))
                    .map(figure::measured)
                    .orElse(Double.NaN);
            put(figure.metric(), figure.counter(), figure.words(), Tags.of("flow", name), value);
        }
        for (String outcome : Gauge.RECORD_OUTCOMES) {
            Tally.Entry entry = new Tally.Entry(name, "record", outcome);
            put(Gauge.RECORDS, Tags.of("flow", name, "outcome", outcome), () -> tally.count(entry));
        }
        for (String kind : Gauge.kinds(flow)) {
            for (String outcome : Gauge.OUTCOMES) {
                Tally.Entry entry = new Tally.Entry(name, kind, outcome);
                put(Gauge.EFFECTS, Tags.of("flow", name, "kind", kind, "outcome", outcome), () -> tally.count(entry));
            }
        }
    }

    void systems(Watched watched) {
        for (String system : watched.systems()) {
            Tags tags = Tags.of("system", system);
            put(Gauge.GATE_CLOSED, tags, () -> readings.told()
                    .map(reading -> closed(reading.gates(), system) ? 1.0 : 0.0)
                    .orElse(Double.NaN));
            put(Gauge.CALLS_HELD, tags, () -> readings.told()
                    .map(reading -> (double) reading.held().stream()
                            .filter(held -> held.system().equals(system))
                            .mapToLong(HeldCalls.Held::waiting)
                            .sum())
                    .orElse(Double.NaN));
            put(Gauge.DRIFT, tags, () -> readings.told()
                    .map(reading -> (double) reading.drift().stream()
                            .filter(drift -> drift.system().equals(system))
                            .count())
                    .orElse(Double.NaN));
            put(
                    Gauge.TARGET_DOWN,
                    tags,
                    () -> watched.reachability().apply(system).down() ? 1 : 0);
            put(
                    Gauge.BREAKER_OPEN,
                    tags,
                    () -> watched.reachability().apply(system).breakerOpen() ? 1 : 0);
        }
    }

    void degraded(Supplier<List<Verdict>> verdicts) {
        for (Trouble trouble : Trouble.values()) {
            put(
                    Gauge.DEGRADED,
                    Tags.of("reason", trouble.code()),
                    () -> codes(verdicts.get()).contains(trouble.code()) ? 1 : 0);
        }
    }

    private static boolean closed(List<GateBook.Gate> gates, String system) {
        return gates.stream().anyMatch(gate -> gate.system().equals(system) && !gate.open());
    }

    private static Set<String> codes(List<Verdict> verdicts) {
        return verdicts.stream().map(Verdict::reason).collect(Collectors.toSet());
    }

    private void put(Gauge gauge, Tags tags, DoubleSupplier value) {
        put(gauge.metric(), gauge.counter(), gauge.words(), tags, value);
    }

    private void put(String name, boolean counter, String words, Tags tags, DoubleSupplier value) {
        // Micrometer adds the _total of a counter itself.
        String dotted = name.replaceFirst("_total$", "").replace('_', '.');
        if (counter) {
            // The object is held weakly, and its counter ends with it: so one that lasts.
            FunctionCounter.builder(dotted, registry, lasting -> value.getAsDouble())
                    .description(words)
                    .tags(tags)
                    .register(registry);
        } else {
            io.micrometer.core.instrument.Gauge.builder(dotted, value::getAsDouble)
                    .description(words)
                    .tags(tags)
                    .register(registry);
        }
    }
}
