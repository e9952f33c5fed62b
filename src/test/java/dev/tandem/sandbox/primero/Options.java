package dev.tandem.sandbox.primero;

import dev.tandem.sandbox.http.SimClock;

/**
 * How a simulator is started.
 *
 * @param user the service account; its role is {@link Role#service()}
 * @param port 0 for any free one
 * @param seed for the order of rows with equal keys
 */
public record Options(String user, String password, Version version, SimClock clock, int port, long seed) {
    public static Options defaults() {
        return new Options("tandem", "synthetic-password", Version.V2_15, SimClock.real(), 0, 1);
    }

    public Options withUser(String name, String secret) {
        return new Options(name, secret, version, clock, port, seed);
    }

    public Options withVersion(Version other) {
        return new Options(user, password, other, clock, port, seed);
    }

    public Options withClock(SimClock other) {
        return new Options(user, password, version, other, port, seed);
    }

    public Options withPort(int other) {
        return new Options(user, password, version, clock, other, seed);
    }

    public Options withSeed(long other) {
        return new Options(user, password, version, clock, port, other);
    }

    @Override
    public String toString() {
        return "Options[" + user + ", " + version + "]";
    }
}
