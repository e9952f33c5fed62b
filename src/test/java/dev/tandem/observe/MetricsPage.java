package dev.tandem.observe;

import dev.tandem.ledger.storage.Flow;
import dev.tandem.live.Edition;
import dev.tandem.live.RoutedFlows;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** {@code docs/reference/metrics.md}, from the tables that the metrics are made of. */
final class MetricsPage {
    private MetricsPage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                <!-- Made from the service's own tables by MetricsPageTest; edits here are lost. -->

                `http://HOST:9876/observe/metrics` (the port is `tandem.management.port`), for Prometheus. The flows are
                those of the routes in force, `primero-to-oscar` and `oscar-to-primero`, the systems `primero`, `oscar` and those
                of `tandem.system.*`. Every value of every label is there from the start, and none holds anything of a record. How to collect and alert: [monitoring.md](../operate/monitoring.md).
                The same in JMX: [jmx.md](jmx.md).

                With several replicas, what comes from the ledger is the same in all of them: take `max by (flow)`. Counters
                are each process's own: take `sum`. Whether a target is down is each process's own finding.

                ## Of each flow, from the ledger

                | metric | type | JMX | unit | |
                |---|---|---|---|---|
                """);
        for (Figure figure : Figure.values()) {
            page.append("| `")
                    .append(figure.metric())
                    .append("{flow}` | ")
                    .append(type(figure.counter()))
                    .append(" | `")
                    .append(figure.attribute())
                    .append("` | ")
                    .append(figure.unit())
                    .append(" | ")
                    .append(figure.words())
                    .append(" |\n");
        }
        page.append("\n## Others\n\n| metric | type | |\n|---|---|---|\n");
        for (Gauge gauge : Gauge.values()) {
            page.append("| `").append(gauge.metric());
            if (!gauge.labels().isEmpty()) {
                page.append('{').append(gauge.labels()).append('}');
            }
            page.append("` | ")
                    .append(type(gauge.counter()))
                    .append(" | ")
                    .append(gauge.words())
                    .append(" |\n");
        }
        page.append("\nKinds of effects, as the routes that ship name them:\n\n");
        for (Flow flow : shipped()) {
            page.append("- `")
                    .append(flow.name())
                    .append("`: ")
                    .append(ticked(Gauge.kinds(flow)))
                    .append("\n");
        }
        page.append("\nOutcomes: ").append(ticked(Gauge.OUTCOMES)).append(".\n");
        page.append("""

                ## Reasons of `tandem_degraded`

                With the sentence of each that holds now: `http://HOST:9876/observe/health/degraded`, and the attribute `Degraded` of
                `dev.tandem:type=Configuration` in JMX.

                | reason | what it means | what to do |
                |---|---|---|
                """);
        for (Trouble trouble : Trouble.values()) {
            page.append("| `")
                    .append(trouble.code())
                    .append("` | ")
                    .append(trouble.words())
                    .append(" | ")
                    .append(trouble.remedy())
                    .append(" |\n");
        }
        page.append("""

                ## Camel's own

                Each route and step is measured by Camel, with the id of the route as a label: `camel_exchanges_total`,
                `camel_exchanges_failed_total`, `camel_exchanges_inflight`, `camel_route_policy_seconds`. Of use are the routes
                `call-primero`, `call-oscar`, `feed-oscar` (every call that was made), `sweep-primero`, `sweep-oscar`.
                """);
        return page.toString();
    }

    private static List<Flow> shipped() {
        return RoutedFlows.of(
                        Edition.read(Path.of("routes"), Path.of("mappings")).routes())
                .flows();
    }

    private static String type(boolean counter) {
        return counter ? "counter" : "gauge";
    }

    private static String ticked(Collection<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }
}
