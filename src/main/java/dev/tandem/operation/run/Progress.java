package dev.tandem.operation.run;

/** Who watches a long command. Called from one thread at a time. */
@FunctionalInterface
public interface Progress {
    /** How a step begins that does nothing but wait for another process. */
    String WAITING = "waiting for ";

    /** One that nobody watches. */
    Progress NONE = (step, expected) -> {};

    /**
     * A step begins; the one before it, if any, has ended.
     *
     * @param step a few words, such as "reading OSCaR"
     * @param expected how many things it takes, or a negative number if that is not known
     */
    void begin(String step, long expected);

    /** So many of them are done. */
    default void reached(long done) {}

    /** All is done. */
    default void end() {}
}
