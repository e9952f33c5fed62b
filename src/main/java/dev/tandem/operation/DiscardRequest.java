package dev.tandem.operation;

/**
 * What is to be given up.
 *
 * @param because why, for the journal; not blank
 * @param by who says so, for the journal
 */
public record DiscardRequest(long id, String because, String by) {}
