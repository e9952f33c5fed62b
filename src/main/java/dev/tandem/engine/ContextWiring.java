package dev.tandem.engine;

import dev.tandem.call.Calls;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.route.LedgerComponent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.quartz.QuartzComponent;

/** Prepares a context before its routes make their endpoints. Public, as Camel wants it. */
public final class ContextWiring implements CamelConfiguration {
    private static final AtomicInteger ENGINES = new AtomicInteger();

    private final Calls calls;
    private final Ledger ledger;
    private final int workers;
    private final boolean held;
    private final BiConsumer<Exchange, Work> atClaim;

    ContextWiring(Calls calls, Ledger ledger, int workers, boolean held, BiConsumer<Exchange, Work> atClaim) {
        this.held = held;
        this.atClaim = atClaim;
        this.calls = calls;
        this.ledger = ledger;
        this.workers = workers;
    }

    @Override
    public void configure(CamelContext context) {
        LedgerComponent component = context.getComponent("ledger", LedgerComponent.class);
        component.use(ledger, workers);
        component.atClaim(atClaim);
        context.getCamelContextExtension().addInterceptStrategy(new StepErrors());
        if (held) {
            component.hold();
        }
        calls.configure(context);
        // Quartz has one scheduler of a name in a process: each engine has its own.
        QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
        quartz.setPrefixInstanceName(false);
        quartz.setProperties(Map.of(
                "org.quartz.scheduler.instanceName",
                "tandem-" + ENGINES.incrementAndGet(),
                "org.quartz.threadPool.class",
                QuartzThreads.class.getName(),
                "org.quartz.jobStore.misfireThreshold",
                "60000"));
    }
}
