package dev.tandem.oscar.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.Ledger;
import dev.tandem.outcome.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Whether OSCaR has our account registered as an external system, as the bean {@code accountRegistration}. One that is not is
 * served like any other, but what it is shown as referrals to the ministry are those between NGOs, and each referral of ours
 * is refused (contract oscar-interop §1.2, §12): nothing may be made of what it reads.
 */
public final class AccountRegistration {
    /** Why the gate is closed then. */
    public static final String MISSING = "not-registered";

    public static final String WORDS = "OSCaR's account is not registered as an external system";

    private static final String SYSTEM = "oscar";
    private static final Duration LOOKED_AT = Duration.ofDays(30);

    private final Ledger ledger;

    public AccountRegistration(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The query for what changed lately, in which a registered account's block A says {@code is_referred}. */
    public void ask(Exchange exchange) {
        FeedQuery.set(exchange, FeedQuery.since(ledger.clock().now().minus(LOOKED_AT)));
    }

    /** @throws Refused if the feed in the body shows that it is not registered */
    public void check(Exchange exchange) throws IOException {
        try (Feed feed = new Feed(exchange.getMessage().getBody(InputStream.class))) {
            boolean found = false;
            while (!found && feed.hasNext()) {
                JsonNode client = feed.next().client();
                found = client != null && isBlockA(client);
                if (found && missing(client)) {
                    throw new Refused(MISSING, WORDS, 0, List.of());
                }
            }
        }
        exchange.getMessage().setBody(null);
    }

    /** What no row shows to a registered account: a client of block A that is not referred. */
    static boolean missing(JsonNode client) {
        return isBlockA(client)
                && client.path("is_referred").isBoolean()
                && !client.path("is_referred").booleanValue();
    }

    private static boolean isBlockA(JsonNode client) {
        return client.has("organization_id") && client.has("referral_consent_form");
    }

    /** No call is made any more, by any replica, until it is registered and a person opens the gate. */
    public static void closeGate(Ledger ledger) {
        ledger.gates().close(SYSTEM, MISSING);
    }
}
