package dev.tandem.observe;

import dev.tandem.call.Reachability;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.Flow;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckRegistry;

/** A running service, made visible: beans, metrics and verdicts over one reading of the ledger every few seconds. */
public final class Observation implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Supplier<List<Flow>> flows;
    private final List<String> systems;
    private final Ledger ledger;
    private final Readings readings;
    private final Reachability reachability;
    private final Verdicts verdicts;
    private final Watched watched;
    private final Beans beans = new Beans(ManagementFactory.getPlatformMBeanServer());
    private final Set<Flow> shown = new HashSet<>();
    private final Set<String> shownNames = new ConcurrentSkipListSet<>();
    private Optional<FlowControl> control = Optional.empty();
    private Optional<Meters> meters = Optional.empty();

    /**
     * Begins to read.
     *
     * @param flows those of the routes in force
     * @param systems those that the settings name
     */
    public Observation(
            Ledger ledger,
            Supplier<List<Flow>> flows,
            List<String> systems,
            Reachability reachability,
            Limits limits,
            Schedules schedules,
            Watched watched) {
        this.ledger = ledger;
        this.flows = flows;
        this.systems = List.copyOf(systems);
        this.reachability = reachability;
        readings = new Readings(() -> LedgerReading.of(ledger, names()), EVERY);
        this.watched = watched;
        verdicts = new Verdicts(readings, reachability::of, systems, limits, schedules, watched);
    }

    /** Registers the beans of each flow and of the configuration. */
    public void showBeans(FlowControl ofFlows) {
        control = Optional.of(ofFlows);
        beans.register(
                Beans.nameOfConfiguration(),
                Beans.configuration(() -> readings.newest().configuration(), verdicts));
        follow();
    }

    /** Registers the metrics. */
    public void measure(MeterRegistry registry) {
        Meters all = new Meters(registry, readings, ledger.tally());
        all.reading();
        all.systems(systems, reachability);
        all.degraded(verdicts);
        shown.forEach(all::flow);
        meters = Optional.of(all);
    }

    /** Shows the flows that have come with new routes; one that is gone stays, with what the ledger still has of it. */
    public synchronized void follow() {
        readings.take();
        for (Flow flow : flows.get()) {
            if (shown.add(flow)) {
                shownNames.add(flow.name());
                control.ifPresent(doing -> show(flow.name(), doing));
                meters.ifPresent(all -> all.flow(flow));
            }
        }
    }

    private void show(String flow, FlowControl doing) {
        if (!beans.has(Beans.nameOfFlow(flow))) {
            beans.register(
                    Beans.nameOfFlow(flow),
                    Beans.flow(
                            flow,
                            () -> readings.told()
                                    .flatMap(reading -> reading.flow(flow))
                                    .orElseThrow(),
                            doing));
        }
    }

    /** What is wrong now; nothing if all is well. */
    public List<Verdict> verdicts() {
        return verdicts.get();
    }

    /** Makes readiness depend on the ledger. */
    public void check(HealthCheckRegistry checks) {
        checks.register(new LedgerHealth(() -> watched.diskFullSince()
                .get()
                .map(since -> "The disk of the ledger's database is full.")
                .or(watched.ledgerAway())));
    }

    /** Looks again at once, after something was changed by a person's word. */
    public void look() {
        readings.take();
    }

    /** Those of the routes, and those shown before: the ledger may still hold something of them. */
    private List<String> names() {
        return Stream.concat(flows.get().stream().map(Flow::name), shownNames.stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        beans.close();
        readings.close();
    }
}
