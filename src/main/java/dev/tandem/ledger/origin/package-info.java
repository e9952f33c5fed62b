/** From when on a ledger is responsible, and what is older. */
package dev.tandem.ledger.origin;
