package dev.tandem.observe;

/** What an operator can do to one flow; each answers in a sentence for people. */
public interface FlowControl {
    /** Reads the flow's source now: what changed since the last sweep. Returns before it is read. */
    String syncNow(String flow);

    /** Stops the flow in every replica, across restarts; what is in work is finished. */
    String pause(String flow);

    /** Lets the flow go on. */
    String resume(String flow);

    /** Tries all that is parked in the flow again, but what only a person may send and conflicts. */
    String retryParked(String flow);
}
