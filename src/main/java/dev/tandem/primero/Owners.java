package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.outcome.Unmappable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Exchange;

/**
 * The steps of making sure that the owner of a new case exists, as the bean {@code owners}: one that Primero does not know is
 * dropped without a word, and the case seen by nobody (contract primero-v2 §3.8).
 */
public final class Owners {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final String OWNER = "TandemOwner";
    private static final String MAPPED = "TandemMappedCase";

    private final LedgerClock clock;
    private final ConcurrentMap<String, Instant> known = new ConcurrentHashMap<>();

    public Owners(LedgerClock clock) {
        this.clock = clock;
    }

    /** Whether the mapped case in the body names an owner that has not been seen lately. */
    public boolean mustBeAsked(Exchange exchange) {
        String owner = Fields.text(exchange.getMessage().getBody(JsonNode.class).path("fields"), "owned_by");
        exchange.setProperty(OWNER, owner);
        Instant seen = known.get(owner);
        return !Fields.isBlank(owner) && (seen == null || seen.plus(REMEMBERED).isBefore(clock.now()));
    }

    public void ask(Exchange exchange) {
        exchange.setProperty(MAPPED, exchange.getMessage().getBody(JsonNode.class));
        exchange.getMessage()
                .setHeader("CamelHttpQuery", Queries.equal("user_name", exchange.getProperty(OWNER, String.class)));
        exchange.getMessage().setBody(null);
    }

    /**
     * Takes the list of users; the mapped case is the body again.
     *
     * @throws Unmappable if no enabled one has exactly this name
     */
    public void answered(Exchange exchange) {
        String owner = exchange.getProperty(OWNER, String.class);
        for (JsonNode user : exchange.getMessage().getBody(JsonNode.class).path("data")) {
            if (Fields.text(user, "user_name").equals(owner) && !Fields.isTrue(user, "disabled")) {
                known.put(owner, clock.now());
                exchange.getMessage().setBody(exchange.removeProperty(MAPPED));
                return;
            }
        }
        throw new Unmappable(
                "no-such-owner",
                "owned_by",
                "Primero has no enabled user " + owner
                        + " to own the case (field owned_by): see province-owners.csv and agencies.csv",
                owner);
    }
}
