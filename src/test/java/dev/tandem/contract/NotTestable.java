package dev.tandem.contract;

/** This server offers no way to see whether the clause holds. */
public final class NotTestable extends RuntimeException {
    public NotTestable(String why) {
        super(why);
    }
}
