/** Sweeps and their cursors, events that ask for one. */
package dev.tandem.ledger.sweeps;
