package dev.tandem.call;

import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.apache.hc.core5.http.HttpRequest;

/**
 * Shows OSCaR the headers that its sign-in brings: one sign-in per process, and one at a time of all processes that share the
 * ledger, because simultaneous ones lose each other's token (contract oscar-interop §12). What it brought is used until shortly before it expires.
 *
 * <p>The sign-in is a call to a system, so it is an HTTP producer in a route, {@code direct:sign-in-oscar}. It is
 * triggered from here, at the moment when a call finds itself without a token, and not by a step before each call: only
 * here is it known whether one is needed, also in the middle of a call after a 401, and it then runs in the turn and
 * within the deadline of the call that needs it. The e-mail and password go into its body, and the tokens out of its
 * answer, in {@link SignInCall}: neither is ever part of a Camel message.
 */
final class OscarSignIn implements Login {
    /** The route that signs in. */
    static final String ROUTE = "direct:sign-in-oscar";

    private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(10);

    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** What a sign-in brought. */
    record Tokens(String accessToken, String client, String uid, Instant expiry) {
        @Override
        public String toString() {
            return "Tokens until " + expiry;
        }
    }

    private final String system;
    private final InstantSource clock;
    private final Gates gates;
    private final Supplier<Exchange> signIn;
    private final ReentrantLock one = new ReentrantLock(true);
    private volatile Optional<Tokens> tokens = Optional.empty();
    private volatile Optional<Deadline> deadline = Optional.empty();

    /** @param signIn runs the route and returns its exchange, with its exception if it failed */
    OscarSignIn(String system, InstantSource clock, Gates gates, Supplier<Exchange> signIn) {
        this.system = system;
        this.clock = clock;
        this.gates = gates;
        this.signIn = signIn;
    }

    @Override
    public void attach(HttpRequest request, Deadline callsDeadline) {
        Tokens current = valid().orElseGet(() -> obtain(callsDeadline));
        request.setHeader("access-token", current.accessToken());
        request.setHeader("client", current.client());
        request.setHeader("uid", current.uid());
    }

    /** Forgets the token that was refused, but not a newer one that another call has fetched meanwhile. */
    @Override
    public boolean renewable(HttpRequest refused) {
        String token = refused.getFirstHeader("access-token").getValue();
        one.lock();
        try {
            tokens = tokens.filter(known -> !known.accessToken().equals(token));
        } finally {
            one.unlock();
        }
        return true;
    }

    /** Of the call that waits for this sign-in, if one does. */
    Optional<Deadline> deadline() {
        return one.isHeldByCurrentThread() ? deadline : Optional.empty();
    }

    void signedIn(Tokens brought) {
        tokens = Optional.of(brought);
    }

    private Optional<Tokens> valid() {
        return tokens.filter(known -> clock.instant().isBefore(known.expiry().minus(BEFORE_EXPIRY)));
    }

    private Tokens obtain(Deadline callsDeadline) {
        try {
            if (!one.tryLock(callsDeadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw NotSent.unreachable("sign-in-failed", "the sign-in to " + system + " took too long");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw NotSent.after("stopping", "stopped while signing in to " + system, Duration.ofSeconds(10));
        }
        try {
            Optional<Tokens> fetchedMeanwhile = valid();
            if (fetchedMeanwhile.isPresent()) {
                return fetchedMeanwhile.get();
            }
            tokens = Optional.empty();
            deadline = Optional.of(callsDeadline);
            Exchange done = inTurn(callsDeadline);
            return tokens.orElseThrow(() -> unsent(done.getException()));
        } finally {
            deadline = Optional.empty();
            one.unlock();
        }
    }

    private Exchange inTurn(Deadline callsDeadline) {
        while (!gates.beginSignIn(system, callsDeadline.left().plus(AFTER_DEADLINE))) {
            if (callsDeadline.passed()) {
                throw NotSent.after("signing-in", "another process is signing in to " + system, AFTER_DEADLINE);
            }
            pause();
        }
        try {
            return signIn.get();
        } finally {
            gates.endSignIn(system);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw NotSent.after("stopping", "stopped while signing in to " + system, Duration.ofSeconds(10));
        }
    }

    /** Whatever became of the sign-in, the call that waited for it was not sent. */
    private Setback unsent(Exception failure) {
        Setback setback = ObjectHelper.getException(Setback.class, failure);
        if (setback instanceof AnswerLost lost) {
            return NotSent.unreachable("sign-in-" + lost.code(), "the sign-in to " + system + " got no answer");
        }
        return setback == null
                ? NotSent.unreachable("sign-in-failed", "the sign-in to " + system + " brought no token")
                : setback;
    }
}
