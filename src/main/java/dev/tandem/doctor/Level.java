package dev.tandem.doctor;

/** What a check found, the mildest first. */
public enum Level {
    /** As it should be. */
    OK,
    /** Not checked: something that another check names stands before it. */
    SKIPPED,
    /** It works, but a person should know. */
    WARN,
    /** Something fails by it, or will. */
    FAULT,
    /** A system or the database does not answer, or refuses the login. */
    UNREACHABLE;

    boolean atLeast(Level other) {
        return compareTo(other) >= 0;
    }
}
