package dev.tandem.ledger.storage;

/**
 * The item was taken over by another worker: this one's lease had run out. Nothing more may be sent or written for it here;
 * the other works it once more in full.
 */
public final class LostLease extends RuntimeException {
    public LostLease(String flow, String record) {
        super("the lease on " + flow + " " + record + " was lost to another worker", null, false, false);
    }
}
