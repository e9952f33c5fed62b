/** Who may tell us that something changed, and what is taken of what they say: a record's id and nothing else. */
package dev.tandem.webhook;
