package dev.tandem.call;

import java.time.Duration;

/** How long calls may take at most, for those who must hold a lease for that long (protocol 2). */
public interface Deadlines {
    /**
     * From the moment a call is handed to its route until it has certainly ended: the wait for a turn, and the call's own
     * total deadline.
     *
     * @param system a configured system's name
     */
    Duration total(String system);
}
