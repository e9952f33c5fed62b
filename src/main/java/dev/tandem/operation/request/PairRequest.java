package dev.tandem.operation.request;

import java.util.regex.Pattern;

/**
 * A case and a client that are to be linked, or unlinked.
 *
 * @param caseId the id of the Primero case: the last part of its page's address
 * @param client the OSCaR client, as {@code NGO/SLUG}
 * @param act whether to do it; else what it would mean is answered, and nothing is done
 * @param by who asks, for the journal
 */
public record PairRequest(String caseId, String client, boolean act, String by) {
    private static final Pattern CLIENT = Pattern.compile("[^/\\s]+/[^/\\s]+");

    public PairRequest {
        caseId = RequestRefused.oneLine("caseId", caseId);
        client = RequestRefused.oneLine("client", client);
        if (!CLIENT.matcher(client).matches()) {
            throw RequestRefused.field("client", "NGO/SLUG, such as cif/exam-101");
        }
    }
}
