package dev.tandem.chaos;

import java.util.Locale;

/** Where the ledger is. */
enum StoreKind {
    H2,
    POSTGRESQL;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
