/** The web pages, in English and Khmer, of what the operations answer. */
package dev.tandem.console;
