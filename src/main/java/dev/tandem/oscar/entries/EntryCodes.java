package dev.tandem.oscar.entries;

import java.util.Set;

/** What tying needs of the code lists; an unlisted value gives the empty answer. */
public interface EntryCodes {
    /** The Primero agency of an NGO: agencies list, else {@code agency-} and the name (mapping-facts R4). */
    String agencyOf(String ngo);

    /** The OSCaR name of a row's service (services list, to OSCaR; {@code ""} is no subtype), or {@code ""}. */
    String serviceNameOf(String subtype);

    /** Every subtype code whose OSCaR name this is; {@code ""} stands for "no subtype"; empty if unlisted. */
    Set<String> subtypesOf(String serviceName);

    /** What a {@code referral_status} of OSCaR decides: {@code Accepted} or {@code Exited}, or {@code ""} for no decision. */
    String decisionOf(String oscarStatus);

    /** The decision, in the same words, that a row's {@code referral_status_edf41f2} shows, or {@code ""}. */
    String decisionOfRow(String rowStatus);

    /** The decision, in the same words, that a Primero referral's {@code status} shows, or {@code ""}. */
    String decisionOfReferral(String referralStatus);
}
