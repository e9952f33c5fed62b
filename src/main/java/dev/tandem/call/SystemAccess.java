package dev.tandem.call;

import dev.tandem.call.Destinations.Origin;
import dev.tandem.settings.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * How one system is reached.
 *
 * @param name as the gate, the routes and the metrics call it: lower case, such as {@code primero}
 * @param url scheme, host, port and perhaps a path before the API's own; credentials go to this scheme, host and port only
 * @param user the login
 * @param login how the system wants to be shown the credentials
 * @param maxCalls calls at once, at least 1
 * @param callTimeout one call in all: connect, sign in where needed, send, wait and read
 * @param turnTimeout how long a call waits for its turn before it is given up as not sent
 */
public record SystemAccess(
        String name,
        URI url,
        String user,
        Secret password,
        Login login,
        int maxCalls,
        Duration callTimeout,
        Duration turnTimeout) {

    /** How a system wants to be shown the credentials. */
    public enum Login {
        /** HTTP Basic, sent with every call unasked (contract primero-v2 §1.1). */
        BASIC,
        /** Headers that a sign-in brings (contract oscar-interop §1.1). */
        SIGN_IN,
        /** A token in {@code Authorization: Bearer}, with every call; {@link SystemAccess#password} is the token. */
        BEARER,
        /** None at all. */
        NONE
    }

    /** Primero: Basic login, and no longer wait for a turn than a call may take. */
    public static SystemAccess primero(URI url, String user, Secret password, int maxCalls, Duration callTimeout) {
        return new SystemAccess("primero", url, user, password, Login.BASIC, maxCalls, callTimeout, callTimeout);
    }

    /** OSCaR: signs in, and no longer wait for a turn than a call may take. */
    public static SystemAccess oscar(URI url, String user, Secret password, int maxCalls, Duration callTimeout) {
        return new SystemAccess("oscar", url, user, password, Login.SIGN_IN, maxCalls, callTimeout, callTimeout);
    }

    /** From the moment a call is handed to its route until it has certainly ended: what a lease must cover (protocol 2). */
    public Duration longestCall() {
        return turnTimeout.plus(callTimeout);
    }

    @Override
    public String toString() {
        return name + " at " + Origin.of(url);
    }
}
