package dev.tandem.ledger.items;

/**
 * One item, held by one worker until its lease ends.
 *
 * @param generation which mark it is worked for: settling needs it to be the newest
 * @param token void as soon as another worker claims the item
 * @param onEvent whether an event has named the record since it was last settled
 * @param notTheDays whether it is due for the first time, or because of an edit: the {@link Brake} looks at it
 */
public record Claim(
        long id, String flow, String record, long generation, long token, boolean onEvent, boolean notTheDays) {}
