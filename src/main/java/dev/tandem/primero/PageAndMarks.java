package dev.tandem.primero;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Puts together what is done at the same time, as the aggregation strategy {@code pageAndMarks}: the next page is read, and
 * the last one is marked. What came in the way of either is kept for the step {@link CaseSweep#read}, which ends the sweep with
 * it; as the exception of the whole it would count as one that the error handling has seen already.
 */
public final class PageAndMarks implements AggregationStrategy {
    private static final String FAILURE = "TandemPageFailed";

    @Override
    public Exchange aggregate(Exchange page, Exchange done) {
        Exchange whole = page == null ? done : page;
        if (done.getException() != null && whole.getProperty(FAILURE) == null) {
            whole.setProperty(FAILURE, done.getException());
        }
        whole.setException(null);
        return whole;
    }

    static void orThrow(Exchange exchange) throws Exception {
        Exception failure = exchange.getProperty(FAILURE, Exception.class);
        if (failure != null) {
            throw failure;
        }
    }
}
