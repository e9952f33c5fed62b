package dev.tandem.ledger.model;

/** What the protocol asks of a worker or a sweep. The model can leave out each, to see whether it is there for a reason. */
enum Rule {
    GENERATION("an item settles only if it was not marked since it was claimed"),
    INTENDED_FIRST("that a call is about to be made is committed before it is made"),
    LOST_IS_UNKNOWN("a call whose answer is lost may have arrived"),
    TAKEN_OVER_IN_DOUBT("a call that a dead worker had begun may have arrived, or not"),
    LEASE_COVERS_CALL("a call is made only with lease left for all of its time"),
    OPEN_CALL_KEEPS_ITEM("an item with an open call is claimed by no other before the call's deadline"),
    NOTHING_AFTER_DEADLINE("nothing is sent after the call's deadline"),
    OUTCOME_NEEDS_TOKEN("only who holds the item writes down that a call failed"),
    SETTLING_NEEDS_TOKEN("only who holds the item settles it"),
    LOCK("a record of the target has one writer"),
    FENCED_LOCK("who lost the lock to another item writes no more"),
    COMPARED_ANEW("what is owed is a difference to the target as it is now"),
    RESENT_ONCE("a referral that may have arrived is sent once more, not again and again"),
    NAMED("a referral that is sent once more is named"),
    CURSOR_AFTER_MARKS("the cursor rises after what was read is marked"),
    FINGERPRINT_OF_WHAT_WAS_READ("an item settles with the fingerprint of what was really read");

    final String words;

    Rule(String words) {
        this.words = words;
    }
}
