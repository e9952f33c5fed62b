/** What is owed to the other system, and its outcome. */
package dev.tandem.ledger.effects;
