package dev.tandem.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.links.EntryMatch;
import dev.tandem.oscar.entries.EntryCodes;
import java.util.Comparator;
import java.util.List;

/**
 * What the ledger itself last wrote on a row as the decision of an NGO. A row that shows it was decided by no person in
 * Primero, so a later referral on it may be decided otherwise (mapping-facts 4.2).
 */
record OwnDecisions(ClientHistory history, List<JsonNode> referrals) {
    private static final String EXITED = "Exited";

    /** Marks the answers whose row shows what we wrote there ourselves. */
    void mark(ArrayNode entries, EntryCodes codes) {
        for (JsonNode entry : entries) {
            JsonNode row = entry.path("row");
            String shown = codes.decisionOfRow(Fields.text(row, "referral_status_edf41f2"));
            if (Fields.text(entry, "as").equals("answer")
                    && !shown.isEmpty()
                    && shown.equals(lastOn(Fields.text(row, "unique_id")))) {
                ((ObjectNode) entry).put("ours", shown);
            }
        }
    }

    /** {@code Accepted}, {@code Exited}, or "" if nothing was written. */
    private String lastOn(String rowId) {
        return history.matches().stream()
                .filter(match -> match.rowId().filter(rowId::equals).isPresent())
                .filter(match -> match.role().filter("ANSWER"::equals).isPresent())
                .flatMap(match -> history.effects(match.record()).stream()
                        .filter(effect -> effect.key().equals(decisionKey(match)) && wrote(effect, match)))
                .max(Comparator.comparing(Effect::sentAt))
                .map(Effect::confirmedValue)
                .orElse("");
    }

    /** {@code decision:cif:12} of the entry {@code cif:12:<uuid>}. */
    private static String decisionKey(EntryMatch match) {
        String[] parts = match.entry().split(":", 3);
        return "decision:" + parts[0] + ":" + parts[1];
    }

    private boolean wrote(Effect effect, EntryMatch match) {
        return effect.state() == EffectState.CONFIRMED
                && effect.sentAt() != null
                && effect.confirmedValue() != null
                // An exit after the acceptance is sent too, but leaves the row accepted.
                && (!effect.confirmedValue().equals(EXITED)
                        || isRejected(match.referralId().orElse("")));
    }

    private boolean isRejected(String referralId) {
        return referrals.stream()
                .anyMatch(referral -> Fields.text(referral, "id").equals(referralId)
                        && Fields.text(referral, "status").equals("rejected"));
    }
}
