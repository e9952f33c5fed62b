package dev.tandem.settings;

/** What to do with a referral to an NGO that does not hold a child who has an OSCaR number already (mapping facts R15). */
public enum SecondNgo {
    /** Send it without a global id; OSCaR gives the child a second number. */
    SEND,
    /** Leave it to a person. */
    PARK
}
