package dev.tandem.contract;

/** What came of asking one clause. */
public sealed interface Outcome {
    record AsSaid() implements Outcome {}

    /** Neither text holds anything of a record but what the suite itself has put there. */
    record Different(String said, String seen) implements Outcome {}

    record NotTestable(String why) implements Outcome {}
}
