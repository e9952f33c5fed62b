package dev.tandem.operation.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * With what the service works.
 *
 * @param settings in force; no secret and no credential is among them
 * @param versions of routes and mappings, the newest first
 * @param routes that run, by id
 */
public record ConfigurationReport(Map<String, String> settings, List<Version> versions, List<Route> routes) {
    /**
     * One version.
     *
     * @param accepted whether it came into force; else it was rejected
     * @param files those that differ from the version before
     * @param faults why it was rejected, each with file and line
     */
    public record Version(String version, Instant at, boolean accepted, List<String> files, List<String> faults) {}

    /**
     * One route.
     *
     * @param from where it begins, without options
     * @param calls the routes that it calls, by id
     * @param serves the flows and source systems that it names to the ledger
     */
    public record Route(String id, String description, String from, Set<String> calls, Set<String> serves) {}
}
