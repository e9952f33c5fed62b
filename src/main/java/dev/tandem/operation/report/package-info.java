/** What comes back from an operation: codes, counts, ids and times, never personal data. */
package dev.tandem.operation.report;
