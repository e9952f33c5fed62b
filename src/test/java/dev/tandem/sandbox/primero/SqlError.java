package dev.tandem.sandbox.primero;

/** The database refused the query that Primero built: the list answers 200 without rows (contract primero-v2 §2.5). */
final class SqlError extends RuntimeException {
    SqlError() {
        super("SQL error");
    }
}
