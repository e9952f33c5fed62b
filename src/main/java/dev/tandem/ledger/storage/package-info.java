/** Transactions, the database's time, encryption, signals. */
package dev.tandem.ledger.storage;
