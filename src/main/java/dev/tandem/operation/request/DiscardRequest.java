package dev.tandem.operation.request;

/**
 * What is to be given up.
 *
 * @param because why, for the journal
 * @param by who asks, for the journal
 */
public record DiscardRequest(long id, String because, String by) {
    public DiscardRequest {
        because = RequestRefused.oneLine("because", because);
    }
}
