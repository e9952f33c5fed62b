package dev.tandem.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.route.Carried;
import dev.tandem.oscar.feed.AccountRegistration;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import dev.tandem.outcome.Waits;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * What a refusal of the upsert means (protocol 3), as the bean {@code referralRefusals}: OSCaR saves the referral before it
 * looks at the client, so the same 422 may come after nothing was saved, or after half of it was.
 */
public final class ReferralRefusals {
    /** Blank only for an account that is not registered: it is never sent (contract oscar-interop §1.2). */
    private static final String SENDER = "referred_from";

    private static final Set<String> OF_THE_REFERRAL = Set.of(
            "name_of_referee",
            "referral_phone",
            "level_of_risk",
            "services",
            "client_name",
            "client_global_id",
            "referred_to",
            "referred_from",
            "ngo_name");

    private final Ledger ledger;

    public ReferralRefusals(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Says what the refusal that was caught means for the referral.
     *
     * @throws Setback always
     */
    public void refused(Exchange exchange) {
        Refused refused = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class);
        if (refused.fields().contains(SENDER)) {
            AccountRegistration.closeGate(ledger);
            throw NotSent.gateClosed("oscar", AccountRegistration.WORDS);
        }
        JsonNode candidate = exchange.getProperty(Carried.CANDIDATE, JsonNode.class);
        throw meaning(refused, candidate);
    }

    static Setback meaning(Refused refused, JsonNode candidate) {
        if ("record-was-found".equals(refused.code())) {
            String ngo = Fields.text(candidate, "organization_name");
            return new Waits(
                    "feed:" + ngo + ":" + Fields.text(candidate.path("case"), "case_id"),
                    "an earlier referral was taken up by this NGO; waits until OSCaR's feed shows its client");
        }
        if (refused.fields().isEmpty()) {
            return refused;
        }
        boolean savedInPart = refused.status() == 422 && !OF_THE_REFERRAL.containsAll(refused.fields());
        String words = savedInPart
                ? "OSCaR saved the referral but refused the client's " + String.join(", ", refused.fields())
                        + "; sent again, the referral would stand there twice"
                : refused.getMessage() + ": once that is corrected in Primero, the referral goes by itself";
        return new Refused(savedInPart ? "saved-in-part" : refused.code(), words, refused.status(), refused.fields());
    }
}
