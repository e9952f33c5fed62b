/** The {@code ledger:} component: the words in which routes speak to the ledger. */
package dev.tandem.ledger.route;
