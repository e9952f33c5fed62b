package dev.tandem.call;

import java.time.Duration;

/**
 * Whether a system may be called with the credentials we have (protocol 3, "Gate"). Kept in the ledger, so that all
 * replicas and the next start see the same. Implementations are called from many threads and may block on the database.
 */
public interface Gates {
    /** Whether calls to this system may be made; asked before each call. */
    boolean open(String system);

    /**
     * The system refused the credentials: no replica calls it again until they change or a person opens the gate.
     *
     * @param code why, such as {@code http-401}
     */
    void close(String system, String code);

    /**
     * Takes the turn to sign in to this system: simultaneous sign-ins lose tokens, so one process at a time does.
     *
     * @param longest after which another may, should this one die
     * @return false if another process is at it
     */
    boolean beginSignIn(String system, Duration longest);

    /** Gives that turn back. */
    void endSignIn(String system);

    /**
     * The first call since the start, or since the gate was seen closed, was answered, and not with 401. Not told of
     * every later one.
     */
    default void succeeded(String system) {}
}
