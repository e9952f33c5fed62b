/** Work items: marked, claimed, worked, settled. */
package dev.tandem.ledger.items;
