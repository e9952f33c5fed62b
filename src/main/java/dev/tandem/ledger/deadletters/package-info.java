/** What is parked: listed, tried again, discarded. */
package dev.tandem.ledger.deadletters;
