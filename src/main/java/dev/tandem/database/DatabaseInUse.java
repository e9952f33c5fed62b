package dev.tandem.database;

/** Another process holds the embedded database: a running service, most likely. See {@link DatabaseHolder}. */
public final class DatabaseInUse extends RuntimeException {
    DatabaseInUse() {
        super("the embedded database is in use", null, false, false);
    }
}
