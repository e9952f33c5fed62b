package dev.tandem.observe;

import dev.tandem.ledger.storage.Flow;
import dev.tandem.live.Allowed;
import dev.tandem.live.Edition;
import dev.tandem.live.RoutedFlows;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** {@code docs/reference/metrics.md}, from the tables that the metrics are made of. */
final class MetricsPage {
    private MetricsPage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                <!-- Made from the service's own tables by MetricsPageTest; edits here are lost. -->

                For people who build dashboards and alerts. Prometheus reads `http://HOST:9876/observe/metrics` (the port is
                `tandem.management.port`). [Monitoring](../operate/monitoring.md) explains how to collect and alert; [JMX](jmx.md) has the same
                numbers.

                - Flows are those of the routes in force: `primero-to-oscar` and `oscar-to-primero`. Systems are `primero`, `oscar` and those of
                  `tandem.system.*`. Every value of every label exists from the start, and none contains data of a record.
                - With several replicas, numbers from the ledger are the same in all of them: use `max by (flow)`. Each process has its own
                  counters: use `sum`. Each process finds out on its own whether a target is down.

                ## For each flow, from the ledger

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
        page.append("\n## Other metrics\n\n| metric | type | |\n|---|---|---|\n");
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
        page.append("\nKinds of effects in the shipped routes:\n\n");
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

                `http://HOST:9876/observe/health/degraded`, and the attribute `Degraded` of `dev.tandem:type=Configuration` in JMX, show the
                reasons that apply now, each in a sentence.

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

                Camel measures each route and step, with the id of the route as a label: `camel_exchanges_total`,
                `camel_exchanges_failed_total`, `camel_exchanges_inflight`, `camel_route_policy_seconds`. The most useful routes are
                `call-primero`, `call-oscar`, `feed-oscar` (every call), `sweep-primero` and `sweep-oscar`.
                """);
        return page.toString();
    }

    private static List<Flow> shipped() {
        return RoutedFlows.of(
                        Edition.read(Path.of("routes"), Path.of("mappings")).routes(), new Allowed(Set.of()))
                .flows();
    }

    private static String type(boolean counter) {
        return counter ? "counter" : "gauge";
    }

    private static String ticked(Collection<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }
}
