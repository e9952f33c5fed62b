package dev.tandem.engine;

import dev.tandem.call.Gates;
import dev.tandem.ledger.GateBook;
import java.time.Duration;

/** The gates of the calls, kept in the ledger. */
final class LedgerGates implements Gates {
    private final GateBook book;

    LedgerGates(GateBook book) {
        this.book = book;
    }

    @Override
    public boolean open(String system) {
        return book.open(system);
    }

    @Override
    public void close(String system, String code) {
        book.close(system, code);
    }

    @Override
    public boolean beginSignIn(String system, Duration longest) {
        return book.beginSignIn(system, longest);
    }

    @Override
    public void endSignIn(String system) {
        book.endSignIn(system);
    }

    @Override
    public void succeeded(String system) {
        // Nothing to write: an open gate has no memory.
    }
}
