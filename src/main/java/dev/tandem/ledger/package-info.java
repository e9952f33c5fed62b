/**
 * The ledger: which records need work, what is owed to the other system, and its outcome. It knows neither system nor
 * mapping; {@code docs/develop/protocol.md} says what must hold.
 */
package dev.tandem.ledger;
