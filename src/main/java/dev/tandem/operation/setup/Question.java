package dev.tandem.operation.setup;

import java.util.List;
import java.util.Optional;

/**
 * What is asked for, and tested together.
 *
 * @param setting as in the settings file
 * @param words the question
 * @param secret whether what is typed is not shown, and is kept in a file of its own
 * @param fallback what holds if nothing is typed
 */
record Question(String setting, String words, boolean secret, Optional<String> fallback) {
    /** Of one system: when these are answered, it can be called. */
    static List<Question> system(String name, String words) {
        String setting = "tandem." + name;
        return List.of(
                new Question(setting + ".url", "Address of " + words, false, Optional.empty()),
                new Question(setting + ".user", "User at " + words, false, Optional.empty()),
                new Question(setting + ".password", "Password of this user", true, Optional.empty()));
    }

    /** When this system is read. */
    static List<Question> schedules(String name, String words, String changes, String everything) {
        String setting = "tandem." + name;
        return List.of(
                new Question(
                        setting + ".schedule",
                        "When to read what changed in " + words + " (Quartz cron or off)",
                        false,
                        Optional.of(changes)),
                new Question(
                        setting + ".full-schedule",
                        "When to read all of " + words + " (the same)",
                        false,
                        Optional.of(everything)));
    }

    static Question database(String fallback) {
        return new Question("tandem.db.url", "Database of the ledger (JDBC address)", false, Optional.of(fallback));
    }

    static List<Question> postgresqlLogin() {
        return List.of(
                new Question("tandem.db.user", "User of the database", false, Optional.empty()),
                new Question("tandem.db.password", "Password of this user", true, Optional.empty()));
    }
}
