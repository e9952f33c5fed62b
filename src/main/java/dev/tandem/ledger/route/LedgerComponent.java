package dev.tandem.ledger.route;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** {@code ledger:ACTION}, the words in which routes speak to the ledger, which is bound by whoever starts the context. */
@Component("ledger")
public class LedgerComponent extends DefaultComponent {
    private Ledger ledger;
    private int workers = 8;
    private Semaphore free;
    private volatile boolean held;
    private volatile SharedReading shared = SharedReading.NONE;
    private BiConsumer<Exchange, Work> atClaim = (exchange, work) -> {};

    /** The ledger to speak to, and how many records may be in work at once over all flows. */
    public void use(Ledger ledgerInUse, int recordsAtOnce) {
        ledger = ledgerInUse;
        workers = recordsAtOnce;
        free = new Semaphore(recordsAtOnce, true);
    }

    /** What is done with each claimed item before its route begins: it is bound to the version that is in force then. */
    public void atClaim(BiConsumer<Exchange, Work> binding) {
        atClaim = binding;
    }

    BiConsumer<Exchange, Work> atClaim() {
        return atClaim;
    }

    /** The sweeps of this context serve another ledger too. */
    public void share(SharedReading reading) {
        shared = reading;
    }

    SharedReading shared() {
        return shared;
    }

    /** Nothing is claimed until {@link #release}: whoever reads the sources first has each record worked on once, not twice. */
    public void hold() {
        held = true;
    }

    /** Claims begin, or go on. */
    public void release() {
        held = false;
        ledger.signals().raise();
    }

    /** Whether any record is in work in this process. */
    public boolean busy() {
        return free.availablePermits() < workers;
    }

    boolean held() {
        return held;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String action, Map<String, Object> parameters) throws Exception {
        LedgerEndpoint endpoint = new LedgerEndpoint(uri, this, new LedgerOptions(action, parameters));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    Ledger ledger() {
        if (ledger == null) {
            throw new IllegalStateException("no ledger is bound to the ledger: component");
        }
        return ledger;
    }

    Semaphore free() {
        return free;
    }
}
