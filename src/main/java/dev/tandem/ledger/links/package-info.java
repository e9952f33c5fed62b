/** Which records of the two systems are one, and what was last seen of them. */
package dev.tandem.ledger.links;
