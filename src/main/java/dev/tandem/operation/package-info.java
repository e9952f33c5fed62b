/** What an operator can ask of Tandem, and what comes back: reports hold codes, counts, ids and times, never personal data. */
package dev.tandem.operation;
