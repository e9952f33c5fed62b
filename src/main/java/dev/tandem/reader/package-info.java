/** How moments are written for a reader: in the reader's zone and language. */
package dev.tandem.reader;
