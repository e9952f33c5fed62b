package dev.tandem.ops.observe;

import dev.tandem.call.Reachability;
import dev.tandem.ledger.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.health.HealthCheckRegistry;

/** A running service, made visible: beans, metrics and verdicts over one reading of the ledger every few seconds. */
public final class Observation implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final List<String> flows;
    private final Ledger ledger;
    private final Readings readings;
    private final Reachability reachability;
    private final Verdicts verdicts;
    private final Beans beans = new Beans(ManagementFactory.getPlatformMBeanServer());

    public Observation(
            Ledger ledger,
            List<String> flows,
            Reachability reachability,
            Limits limits,
            Schedules schedules,
            Watched watched) {
        this.ledger = ledger;
        this.flows = List.copyOf(flows);
        this.reachability = reachability;
        readings = new Readings(() -> LedgerReading.of(ledger, flows), EVERY);
        verdicts = new Verdicts(readings, reachability::of, systems(), limits, schedules, watched);
    }

    /** Registers the beans of each flow and of the configuration. */
    public void showBeans(FlowControl control) {
        for (String flow : flows) {
            beans.register(
                    Beans.nameOfFlow(flow),
                    Beans.flow(
                            flow,
                            () -> readings.told()
                                    .flatMap(reading -> reading.flow(flow))
                                    .orElseThrow(),
                            control));
        }
        beans.register(
                Beans.nameOfConfiguration(),
                Beans.configuration(() -> readings.newest().configuration(), verdicts));
    }

    /** Registers the metrics. */
    public void measure(MeterRegistry registry) {
        Meters meters = new Meters(registry);
        meters.flows(flows, readings);
        meters.tally(flows, ledger.tally());
        meters.systems(systems(), readings, reachability);
        meters.degraded(verdicts);
    }

    /** What is wrong now; nothing if all is well. */
    public List<Verdict> verdicts() {
        return verdicts.get();
    }

    /** Makes readiness depend on the ledger. */
    public void check(HealthCheckRegistry checks) {
        checks.register(new LedgerHealth(this::ledgerAway));
    }

    private Optional<String> ledgerAway() {
        return readings.failing()
                ? Optional.of(
                        "the ledger's database last answered " + readings.age().toSeconds() + " seconds ago")
                : Optional.empty();
    }

    /** Looks again at once, after something was changed by a person's word. */
    public void look() {
        readings.take();
    }

    private List<String> systems() {
        return flows.stream()
                .map(flow -> flow.substring(0, flow.indexOf("-to-")))
                .toList();
    }

    @Override
    public void close() {
        beans.close();
        readings.close();
    }
}
