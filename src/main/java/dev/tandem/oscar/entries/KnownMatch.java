package dev.tandem.oscar.entries;

/**
 * That an entry belongs to a row of the Primero case, as the ledger remembers it.
 *
 * @param entryKey {@code <ngo>:<referral_id or program_name>:<uuid in lower case, or name>}
 * @param rowUniqueId the row that the entry made, or whose referral it answers
 * @param primeroReferralId the referral that it answers; null for {@link Role#ROW}, and where none was left to name
 */
public record KnownMatch(String entryKey, Role role, String rowUniqueId, String primeroReferralId) {
    /** ROW: the entry made the row. ANSWER: the entry answers a referral on the row. */
    public enum Role {
        ROW,
        ANSWER
    }
}
