package dev.tandem.ledger.route;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;

/** Removes what is older than the option {@code keep}; the body becomes how many entries of the journal that were. */
final class ForgetAction implements LedgerAction {
    /** Far longer than a signed event is taken for after it was signed: five minutes, before and after. */
    private static final Duration SIGNED_AT_MOST = Duration.ofHours(1);

    private final LedgerEndpoint endpoint;
    private final Duration keep;

    ForgetAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.keep = Duration.ofMillis(TimeUtils.toMilliSeconds(endpoint.required(endpoint.getKeep(), "keep")));
    }

    @Override
    public void process(Exchange exchange) {
        endpoint.ledger().housekeeping().forgetEvents(SIGNED_AT_MOST);
        exchange.getMessage().setBody(endpoint.ledger().housekeeping().forgetJournal(keep));
    }
}
