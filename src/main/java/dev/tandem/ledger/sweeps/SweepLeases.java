package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.LostLease;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of the sweeps of this process. They are short, so that a dead process's sweep can soon be begun again, and renewed
 * here; but only as long as the sweep itself gives signs of life. One that cannot be given back, because the database is away, is
 * given back once it answers again.
 */
final class SweepLeases {
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(SweepLeases.class);
    private static final long RENEWED_EVERY_SECONDS = 5;

    private final LedgerClock clock;
    private final Consumer<Sweep> renewal;
    private final Map<Sweep, Kept> kept = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "sweep leases");
        thread.setDaemon(true);
        return thread;
    });

    /** @param renewal renews the lease in the ledger, or throws {@link LostLease} */
    SweepLeases(LedgerClock clock, Consumer<Sweep> renewal) {
        this.clock = clock;
        this.renewal = renewal;
        timer.setRemoveOnCancelPolicy(true);
        // Without a sweep there is no thread.
        timer.setKeepAliveTime(RENEWED_EVERY_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** The sweep has begun, and is to be renewed until it has given no sign of life for that long. */
    void keep(Sweep sweep, Duration silence) {
        Kept lease = new Kept(sweep, clock.now().plus(silence));
        kept.put(sweep, lease);
        lease.timing = timer.scheduleWithFixedDelay(
                lease::look, RENEWED_EVERY_SECONDS, RENEWED_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void signOfLife(Sweep sweep, Duration silence) {
        Kept lease = kept.get(sweep);
        if (lease != null) {
            lease.silentFrom = clock.now().plus(silence);
        }
    }

    boolean keeps(Sweep sweep) {
        return kept.containsKey(sweep);
    }

    /** It has ended, and its lease with it. */
    void ended(Sweep sweep) {
        Kept lease = kept.remove(sweep);
        if (lease != null) {
            lease.timing.cancel(false);
        }
    }

    /** It has ended, and its lease is given back now, or as soon as the database answers. */
    void giveBack(Sweep sweep, Runnable inLedger) {
        Kept lease = kept.get(sweep);
        if (lease == null) {
            inLedger.run();
            return;
        }
        lease.last = inLedger;
        lease.look();
    }

    private final class Kept {
        private final Sweep sweep;
        private volatile Instant silentFrom;
        private volatile Runnable last;
        private volatile ScheduledFuture<?> timing;

        Kept(Sweep sweep, Instant silentFrom) {
            this.sweep = sweep;
            this.silentFrom = silentFrom;
        }

        synchronized void look() {
            Runnable giveBack = last;
            try {
                if (!kept.containsKey(sweep)) {
                    return;
                }
                if (giveBack != null) {
                    giveBack.run();
                    ended(sweep);
                } else if (clock.now().isBefore(silentFrom)) {
                    renewal.accept(sweep);
                }
            } catch (LostLease lost) {
                ended(sweep);
            } catch (RuntimeException e) {
                LOG.debug(
                        "the lease of the sweep of {} stays as it is: {}",
                        sweep.source(),
                        e.getClass().getSimpleName());
            }
        }
    }
}
