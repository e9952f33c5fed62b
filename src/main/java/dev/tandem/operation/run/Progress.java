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

    /** One that is told each time at which step the work is, how many things that takes, and how many of them are done. */
    static Progress of(Position told) {
        return new Progress() {
            private String step = "";
            private long expected = -1;

            @Override
            public void begin(String next, long expects) {
                step = next;
                expected = expects;
                reached(0);
            }

            @Override
            public void reached(long done) {
                told.at(step, expected, done);
            }
        };
    }

    /** Takes how far the work is. */
    @FunctionalInterface
    interface Position {
        void at(String step, long expected, long done);
    }
}
