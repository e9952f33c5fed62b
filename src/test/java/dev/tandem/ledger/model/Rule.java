package dev.tandem.ledger.model;

/** What the protocol asks of a worker or a sweep. The model can leave out each, to see whether it is there for a reason. */
enum Rule {
    GENERATION("an item settles only if it was not marked since it was claimed"),
    INTENDED_FIRST("a call is committed as intended before it is made"),
    LOST_IS_UNKNOWN("a call whose answer is lost may have arrived"),
    TAKEN_OVER_IN_DOUBT("a call that a dead worker began may or may not have arrived"),
    LEASE_COVERS_CALL("a call is made only if the lease lasts for its whole deadline"),
    OPEN_CALL_KEEPS_ITEM("nobody else claims an item with an open call before the call's deadline"),
    NOTHING_AFTER_DEADLINE("nothing is sent after the call's deadline"),
    OUTCOME_NEEDS_TOKEN("only the holder of the item records that a call failed"),
    SETTLING_NEEDS_TOKEN("only the holder of the item settles it"),
    LOCK("a record of the target has one writer"),
    FENCED_LOCK("a worker that lost the lock to another item writes nothing more"),
    COMPARED_ANEW("what is owed is the difference to the target as it is now"),
    RESENT_ONCE("a referral that may have arrived is sent once more, not again and again"),
    NAMED("a referral that is sent once more is named"),
    CURSOR_AFTER_MARKS("the cursor rises after what was read is marked"),
    FINGERPRINT_OF_WHAT_WAS_READ("an item settles with the fingerprint of what was really read");

    final String words;

    Rule(String words) {
        this.words = words;
    }
}
