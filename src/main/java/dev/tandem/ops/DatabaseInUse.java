package dev.tandem.ops;

/** Another process holds the embedded database: a running service, most likely. */
final class DatabaseInUse extends RuntimeException {
    DatabaseInUse() {
        super("the embedded database is in use", null, false, false);
    }
}
