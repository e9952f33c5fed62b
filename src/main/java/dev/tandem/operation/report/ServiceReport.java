package dev.tandem.operation.report;

import java.time.Instant;

/**
 * Which service this is, and of which ledger.
 *
 * @param database where the ledger is, without a login
 * @param process its id on its host
 */
public record ServiceReport(
        String ledgerId,
        String database,
        long process,
        String host,
        String version,
        Instant since,
        int webhookPort,
        int managementPort) {
    /** In a few words, within a sentence. */
    public String words() {
        return "the Tandem of ledger " + StatusReport.shortId(ledgerId) + " (" + database + "; process " + process
                + " on " + host + ", since " + since + ")";
    }
}
