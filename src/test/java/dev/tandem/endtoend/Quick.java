package dev.tandem.endtoend;

import java.nio.file.Path;
import java.util.Base64;

/** Benches whose Tandem does in seconds what otherwise takes minutes: leases, retries, sweeps. */
final class Quick {
    /** Calls to OSCaR at once: those beyond it are intended and wait for their turn. */
    static final int AT_ONCE = 2;

    private Quick() {}

    /** On the embedded database. */
    static Bench bench(Path directory) {
        return new Bench(directory)
                .with("tandem.call-timeout", "5s")
                .with("tandem.oscar.feed-timeout", "4s")
                .with("tandem.lease", "5s")
                .with("tandem.workers", "6")
                .with("tandem.oscar.max-calls", String.valueOf(AT_ONCE))
                .with("tandem.oscar.schedule", "0/2 * * * * ?")
                .with("tandem.primero.schedule", "1/2 * * * * ?")
                .with("tandem.retry.min", "200ms")
                .with("tandem.retry.max", "1s")
                .with("tandem.retry.attempts", "100")
                .with("tandem.oscar.lost-answer-wait", "1s");
    }

    /** On PostgreSQL, where a test can look at the tables meanwhile, and several can work. */
    static Bench bench(Path directory, String postgresql) {
        return bench(directory)
                .with("tandem.db.url", postgresql)
                .with("tandem.db.user", "postgres")
                .with("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]));
    }
}
