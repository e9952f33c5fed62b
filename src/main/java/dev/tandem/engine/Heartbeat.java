package dev.tandem.engine;

import dev.tandem.ledger.Ledger;
import dev.tandem.live.InForce;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the ledger that this service lives, and with which version of routes and mappings it works. */
public final class Heartbeat implements AutoCloseable {
    /** An edit reaches every node's mounted files within a minute or so. */
    private static final int LOOKS_OF_PATIENCE = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Ledger ledger;
    private final InForce inForce;
    private final Duration patience;
    private final String id = ManagementFactory.getRuntimeMXBean().getName() + "-"
            + UUID.randomUUID().toString().substring(0, 8);

    public Heartbeat(Ledger ledger, InForce inForce, Duration lookEvery) {
        this.ledger = ledger;
        this.inForce = inForce;
        this.patience = patience(lookEvery);
    }

    /** How long an edit may take to reach all replicas. */
    public static Duration patience(Duration lookEvery) {
        return lookEvery.multipliedBy(LOOKS_OF_PATIENCE);
    }

    public void beat() {
        ledger.replicas().alive(id, inForce.version(), patience);
    }

    @Override
    public void close() {
        try {
            ledger.replicas().leaves(id);
        } catch (RuntimeException e) {
            // It is forgotten by itself within half a minute.
            LOG.debug("the ledger was not told of the stop: {}", e.getClass().getSimpleName());
        }
    }
}
