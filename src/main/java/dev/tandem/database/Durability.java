package dev.tandem.database;

/** For a database that does not see by itself to it that a commit outlives a power failure. */
@FunctionalInterface
public interface Durability {
    /** Of a database that does. */
    Durability ITS_OWN = () -> {};

    /** Returns once all that has been committed is on the disk; asked after each commit, before anybody hears of it. */
    void ensure();
}
