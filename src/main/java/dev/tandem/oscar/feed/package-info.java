/** OSCaR's feed of clients: asked for in one piece or by windows of creation, read row by row, marked in the ledger. */
package dev.tandem.oscar.feed;
