/** What a person does to a record by hand: links it, unlinks it, has it forgotten. */
package dev.tandem.ledger.hands;
