package dev.tandem.observe;

import dev.tandem.call.SystemAccess;
import dev.tandem.database.LedgerFiles;
import dev.tandem.engine.DueSweeps;
import dev.tandem.engine.Engine;
import dev.tandem.engine.SystemCalls;
import dev.tandem.ledger.Ledger;
import dev.tandem.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckRegistry;

/** The running service as its operator sees it: what {@code observe} shows, put together and mounted. */
public final class Visible implements AutoCloseable {
    private final Settings settings;
    private final Ledger ledger;
    private final Engine engine;
    private final Observation observation;
    private final List<FlowCommands> controls = new ArrayList<>();

    /** @param ledgerAway why the ledger's database cannot be written now */
    public Visible(Settings settings, Ledger ledger, Engine engine, Supplier<Optional<String>> ledgerAway) {
        this.settings = settings;
        this.ledger = ledger;
        this.engine = engine;
        long unreadable = ledger.snapshots().unreadable();
        observation = new Observation(
                ledger,
                () -> engine.flows().flows(),
                SystemCalls.settings(settings).systems().stream()
                        .map(SystemAccess::name)
                        .toList(),
                engine.reachability(),
                new Limits(settings.alert().parked(), settings.alert().pendingAge()),
                new DueSweeps(settings, ledger)::expected,
                new Watched(
                        settings.webhooks(),
                        settings.webhook().silentAfter(),
                        () -> unreadable,
                        ledgerAway,
                        LedgerFiles::fullSince));
    }

    /** Shows it in the engine, which has started. */
    public void show() {
        observation.showBeans(control("JMX"));
        observation.check(HealthCheckRegistry.get(engine.context()));
        observation.measure(engine.context().getRegistry().findSingleByType(MeterRegistry.class));
        DegradedPage.mount(engine.context(), settings.http().managementPort(), observation::verdicts);
    }

    /** The routes have changed: their flows may be others. */
    public void follow() {
        observation.follow();
    }

    /** What can be done to a flow, by whom the journal then names. */
    public FlowControl control(String by) {
        FlowCommands control = new FlowCommands(ledger, engine, by, observation::look);
        controls.add(control);
        return control;
    }

    @Override
    public void close() {
        controls.forEach(FlowCommands::close);
        observation.close();
    }
}
