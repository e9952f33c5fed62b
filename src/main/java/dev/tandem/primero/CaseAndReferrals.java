package dev.tandem.primero;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Puts a case and its referrals together that were read at the same time, as the aggregation strategy {@code
 * caseAndReferrals}: the case first. A failure of either is kept for the steps of {@link CaseReading} that ask
 * for it. As the exception of the whole it would count as one that the error handling has seen already.
 */
public final class CaseAndReferrals implements AggregationStrategy {
    /** The referrals: a JSON array, of no matter if the case can have none. */
    static final String REFERRALS = "TandemReferralsAtOnce";
    /** Why the case could not be read: an exception. */
    static final String NO_CASE = "TandemNoCase";
    /** Why the referrals could not be read: an exception. */
    static final String NO_REFERRALS = "TandemNoReferrals";

    @Override
    public Exchange aggregate(Exchange theCase, Exchange answered) {
        if (theCase == null) {
            answered.setProperty(NO_CASE, answered.getException());
            answered.setException(null);
            return answered;
        }
        theCase.setProperty(REFERRALS, answered.getProperty(CaseReading.REFERRALS));
        theCase.setProperty(NO_REFERRALS, answered.getException());
        return theCase;
    }
}
