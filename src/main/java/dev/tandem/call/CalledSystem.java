package dev.tandem.call;

import dev.tandem.outcome.NotSent;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;

/**
 * One system's queue: no more calls at once than it bears, none while its gate is closed, and after a start one probe
 * before all others (protocol 3), so that a wrong password costs one refusal and not as many as there are workers.
 */
final class CalledSystem {
    private static final Duration BUSY = Duration.ofSeconds(10);

    private final SystemAccess access;
    private final Login login;
    private final Gates gates;
    private final Semaphore permits;
    private final Semaphore probe = new Semaphore(1, true);
    private final CookieStore cookies = new BasicCookieStore();
    private volatile boolean proved;

    CalledSystem(SystemAccess access, Login login, Gates gates) {
        this.access = access;
        this.login = login;
        this.gates = gates;
        this.permits = new Semaphore(access.maxCalls(), true);
    }

    SystemAccess access() {
        return access;
    }

    Login login() {
        return login;
    }

    /**
     * Where its cookies are kept. Primero keeps one row in its table of sessions for each Basic call that does not send its
     * session cookie back (contract primero-v2 §11); from other systems none is taken, since they sign in otherwise.
     */
    CookieStore cookies() {
        return access.login() == SystemAccess.Login.BASIC ? cookies : new BasicCookieStore();
    }

    /**
     * Waits for a turn, which is no part of the call itself.
     *
     * @throws NotSent if the gate is closed, or no turn came within {@link SystemAccess#turnTimeout()}
     */
    Turn awaitTurn() {
        long end = System.nanoTime() + access.turnTimeout().toNanos();
        boolean probing = probing(end);
        try {
            enter(permits, end);
        } catch (NotSent gaveUp) {
            leave(probing);
            throw gaveUp;
        }
        Turn turn = new Turn(probing);
        boolean open = false;
        try {
            open = gates.open(access.name());
        } finally {
            if (!open) {
                turn.close();
            }
        }
        if (!open) {
            proved = false;
            throw NotSent.gateClosed(access.name());
        }
        return turn;
    }

    /** The system refused our credentials. */
    NotSent refusedLogin(String code) {
        proved = false;
        cookies.clear();
        gates.close(access.name(), code);
        return NotSent.gateClosed(access.name());
    }

    private boolean probing(long end) {
        if (proved) {
            return false;
        }
        enter(probe, end);
        if (proved) {
            probe.release();
            return false;
        }
        return true;
    }

    private void enter(Semaphore door, long end) {
        try {
            if (!door.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw NotSent.after("busy", "all calls at once that " + access.name() + " bears were taken", BUSY);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw NotSent.after("stopping", "stopped while waiting for a turn at " + access.name(), BUSY);
        }
    }

    private void leave(boolean probing) {
        if (probing) {
            probe.release();
        }
    }

    /** The right to make one call; given back once. */
    final class Turn implements AutoCloseable {
        private boolean probing;
        private boolean closed;

        private Turn(boolean probing) {
            this.probing = probing;
        }

        /** Lets the others go if this answer shows that the login is right: a proxy's 502 does not. */
        synchronized void answered(int status) {
            if (probing && status < 500) {
                gates.succeeded(access.name());
                proved = true;
                probing = false;
                probe.release();
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                permits.release();
                leave(probing);
            }
        }
    }
}
