package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * In which states a client and one of its entries were read together.
 *
 * @param client the client's {@code status}; blank if that was not noted
 * @param entry the entry's {@code referral_status}; blank for an enrolment
 */
record EntryState(String client, String entry) {
    private static final Pattern A_STATUS = Pattern.compile("[A-Za-z ]{0,20}");
    private static final Set<String> TAKEN = Set.of("Accepted", "Active");

    static EntryState of(JsonNode client, Entry entry) {
        return new EntryState(status(Fields.text(client, "status")), status(entry.status()));
    }

    /** As the ledger keeps it: {@code Accepted>Referred}. */
    static EntryState parsed(String kept) {
        int between = kept.indexOf('>');
        return new EntryState(kept.substring(0, between), kept.substring(between + 1));
    }

    /** Whatever else may stand there is kept by nobody. */
    private static String status(String text) {
        return A_STATUS.matcher(text).matches() ? text : "?";
    }

    /** Whether the NGO had the child in its care. */
    boolean taken() {
        return TAKEN.contains(client);
    }

    boolean left() {
        return "Exited".equals(client);
    }

    boolean referred() {
        return "Referred".equals(client);
    }

    @Override
    public String toString() {
        return client + ">" + entry;
    }
}
