/**
 * How an effect or a command can end, in words that the ledger, the mappings and the calls share. It is the bottom of the
 * house: it knows none of them.
 *
 * <p>Nothing here carries a body, a name or any other personal value: reasons are codes, field names and plain words.
 */
package dev.tandem.outcome;
