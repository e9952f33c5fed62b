package dev.tandem.ledger.storage;

import dev.tandem.database.LedgerDatabase;

/**
 * A failure that may come again every second, such as of a look for work: to be told once, until it is another one or is over.
 * That the database is away is not told here, but once for the whole service.
 */
public final class Recurrence {
    private volatile String last = "";

    /** Whether it is to be told. */
    public boolean isNews(Throwable failure) {
        String name = failure.getClass().getName();
        boolean news = !name.equals(last) && LedgerDatabase.lost(failure).isEmpty();
        last = name;
        return news;
    }

    public void over() {
        last = "";
    }
}
