/** Looking back: the journal searched, and a record found by any id. */
package dev.tandem.ledger.history;
