/** What is peculiar to Primero: paging while it changes, finding the one case, and writing only what differs. */
package dev.tandem.primero;
