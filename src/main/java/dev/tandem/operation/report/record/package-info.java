/** What is known of a record: its dead letters, its story, the journal. */
package dev.tandem.operation.report.record;
