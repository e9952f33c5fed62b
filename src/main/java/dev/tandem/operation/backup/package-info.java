/** Backup and restore of the embedded ledger. */
package dev.tandem.operation.backup;
