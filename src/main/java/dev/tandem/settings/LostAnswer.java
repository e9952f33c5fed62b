package dev.tandem.settings;

/** What to do with a referral to OSCaR whose answer was lost (protocol 3). */
public enum LostAnswer {
    /** Send it once more after a wait; a doubled entry harms a child less than a missing one. */
    RESEND,
    /** Leave it to a person at once. */
    PARK
}
