package dev.tandem.operation.request;

/**
 * A record that is to be forgotten.
 *
 * @param id the id of a Primero case, or an OSCaR client as {@code NGO/SLUG}
 * @param act whether to do it; else what it would mean is answered, and nothing is done
 * @param by who asks, for the journal
 */
public record ForgetRequest(String id, boolean act, String by) {
    public ForgetRequest {
        id = RequestRefused.oneLine("id", id);
    }
}
