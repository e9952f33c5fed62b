package dev.tandem.operation.compare;

import java.util.List;

/**
 * A difference as both systems show it, before the ledger is asked.
 *
 * @param flow whose turn it is, if it is any flow's
 * @param record of that flow
 * @param caseId blank if there is none
 * @param client blank if it is none
 * @param key of the effect; blank for what no effect can mend
 * @param owed whether the ordinary delivery would send it now
 */
record Found(
        Kind kind,
        String ngo,
        String flow,
        String record,
        String caseId,
        String client,
        String key,
        List<String> fields,
        String code,
        String words,
        boolean owed) {
    static final String TO_OSCAR = "primero-to-oscar";
    static final String TO_PRIMERO = "oscar-to-primero";

    /** The child whose data it is: its case, or its client without one. */
    String unit() {
        return caseId.isEmpty() ? client : caseId;
    }

    Found with(Kind otherKind, List<String> otherFields) {
        return new Found(otherKind, ngo, flow, record, caseId, client, key, otherFields, code, words, owed);
    }

    /** What it is about, once, whichever side would be told. */
    String identity() {
        return switch (kind) {
            case DECISION_DIFFERS -> String.join("\n", kind.name(), unit(), key.substring(key.indexOf(':') + 1));
            case REFERRAL_NOT_THERE, HIDDEN_UNTIL_TAKEN_UP -> String.join("\n", kind.name(), unit(), key);
            default -> String.join("\n", kind.name(), unit(), client, key);
        };
    }
}
