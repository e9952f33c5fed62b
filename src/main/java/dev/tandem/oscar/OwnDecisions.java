package dev.tandem.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.links.EntryMatch;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What the ledger itself last wrote on a row as the decision of an NGO. A row that shows it was decided by no person in
 * Primero, so a later referral on it may be decided otherwise (mapping-facts 4.2).
 */
final class OwnDecisions {
    private static final String EXITED = "Exited";

    private record Written(String decision, Instant at) {}

    private final List<EntryMatch> ties;
    private final Function<String, List<Effect>> effectsOfRecord;
    private final List<JsonNode> referrals;

    /**
     * @param ties of the case
     * @param effectsOfRecord the effects of one client
     * @param referrals of the case
     */
    OwnDecisions(List<EntryMatch> ties, Function<String, List<Effect>> effectsOfRecord, List<JsonNode> referrals) {
        this.ties = ties;
        this.effectsOfRecord = effectsOfRecord;
        this.referrals = referrals;
    }

    /** {@code Accepted}, {@code Exited}, or "" if nothing was written. */
    String lastOn(String rowId) {
        return ties.stream()
                .filter(tie -> tie.rowId().filter(rowId::equals).isPresent())
                .filter(tie -> tie.role().filter("ANSWER"::equals).isPresent())
                .flatMap(tie -> effectsOfRecord.apply(tie.record()).stream()
                        .filter(effect -> effect.key().equals(decisionKey(tie)) && wrote(effect, tie))
                        .map(effect -> new Written(effect.confirmedValue(), effect.sentAt())))
                .max(Comparator.comparing(Written::at))
                .map(Written::decision)
                .orElse("");
    }

    /** {@code decision:cif:12} of the entry {@code cif:12:<uuid>}. */
    private static String decisionKey(EntryMatch tie) {
        String[] parts = tie.entry().split(":", 3);
        return "decision:" + parts[0] + ":" + parts[1];
    }

    private boolean wrote(Effect effect, EntryMatch tie) {
        return effect.state() == EffectState.CONFIRMED
                && effect.sentAt() != null
                && effect.confirmedValue() != null
                // An exit after the acceptance is said too, but leaves the row accepted.
                && (!effect.confirmedValue().equals(EXITED)
                        || isRejected(tie.referralId().orElse("")));
    }

    private boolean isRejected(String referralId) {
        return referrals.stream()
                .anyMatch(referral -> Fields.text(referral, "id").equals(referralId)
                        && Fields.text(referral, "status").equals("rejected"));
    }
}
