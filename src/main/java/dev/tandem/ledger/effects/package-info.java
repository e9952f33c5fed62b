/** What is owed, and what became of it. */
package dev.tandem.ledger.effects;
