package dev.tandem.operation;

/** Who watches a long command. Called from one thread at a time. */
public interface Progress {
    /** How a step begins that does nothing but wait for somebody else. */
    String WAITING = "waiting for ";

    /** One that nobody watches. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String step, long expected) {}

        @Override
        public void reached(long done) {}

        @Override
        public void end() {}
    };

    /**
     * A step begins; the one before it, if any, has ended.
     *
     * @param step a few words, such as "reading OSCaR"
     * @param expected how many things it takes, or a negative number if that is not known
     */
    void begin(String step, long expected);

    /** So many of them are done. */
    void reached(long done);

    /** All is done. */
    void end();
}
