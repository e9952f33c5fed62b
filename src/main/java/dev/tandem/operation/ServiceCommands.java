package dev.tandem.operation;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.live.RouteMap;
import dev.tandem.observe.FlowControl;
import dev.tandem.observe.Overview;
import dev.tandem.operation.compare.CompareJobs;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.CompareState;
import dev.tandem.operation.report.ConfigurationReport;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.report.FlowReport;
import dev.tandem.operation.report.ServiceReport;
import dev.tandem.operation.report.SyncState;
import dev.tandem.operation.report.record.HistoryReport;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.operation.request.HistoryQuery;
import dev.tandem.operation.request.RequestRefused;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.settings.Release;
import dev.tandem.settings.Settings;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** What a running service does on request: also what needs its started routes. */
public final class ServiceCommands extends LedgerCommands {
    private static final int VERSIONS_SHOWN = 20;

    private final Ledger ledger;
    private final SyncJobs syncs;
    private final CompareJobs compares;
    private final FlowControl control;
    private final Function<DoctorRequest, DoctorReport> doctor;
    private final Settings settings;
    private final Supplier<Overview> overview;
    private final Histories histories;
    private final Supplier<List<RouteMap.Node>> routes;
    private final Instant since;

    public ServiceCommands(
            Settings settings,
            Ledger ledger,
            Supplier<List<String>> flows,
            BiFunction<String, Map<String, Object>, Exchange> systems,
            SyncJobs syncs,
            CompareJobs compares,
            FlowControl control,
            Function<DoctorRequest, DoctorReport> doctor,
            Supplier<Overview> overview,
            Supplier<List<RouteMap.Node>> routes) {
        super(settings, ledger, flows, systems);
        this.settings = settings;
        this.overview = overview;
        this.routes = routes;
        histories = new Histories(ledger);
        this.ledger = ledger;
        this.syncs = syncs;
        this.compares = compares;
        this.control = control;
        this.doctor = doctor;
        this.since = ledger.clock().now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Keeps who is about to change something, and from where. */
    public void journal(String call, String by) {
        ledger.store().in(handle -> Journal.asked(handle, ledger.store().now(), call, by));
    }

    ServiceReport service(Operation.Nothing request) {
        String[] processAtHost = ManagementFactory.getRuntimeMXBean().getName().split("@", 2);
        return new ServiceReport(
                ledger.identity().ledgerId(),
                settings.db().address(),
                ProcessHandle.current().pid(),
                processAtHost[processAtHost.length - 1],
                Release.version(),
                since,
                settings.http().port(),
                settings.http().managementPort());
    }

    SyncState beginSync(SyncRequest request) {
        request.flow().filter(flow -> !flows().contains(flow)).ifPresent(unknown -> {
            throw RequestRefused.field("flow", "one of " + flows());
        });
        return syncs.begin(request)
                .orElseThrow(() -> new RequestRefused(429, "too-many", "too many syncs wait already"));
    }

    SyncState syncState(Operation.ById request) {
        return syncs.state(request.id())
                .orElseThrow(() ->
                        new RequestRefused(404, "no-such-id", "there is no sync " + request.id() + ", or no longer"));
    }

    DoctorReport doctor(DoctorRequest request) {
        return doctor.apply(request);
    }

    CompareState beginCompare(CompareRequest request) {
        return compares.begin(request)
                .orElseThrow(() -> new RequestRefused(409, "under-way", "a comparison is under way"));
    }

    CompareState compareState(Operation.Nothing nothing) {
        return compares.state()
                .orElseThrow(
                        () -> new RequestRefused(404, "no-comparison", "none was begun since this service started"));
    }

    CompareState stopCompare(Operation.Nothing nothing) {
        compares.stop();
        return compareState(nothing);
    }

    FlowReport pause(Operation.ByFlow request) {
        return new FlowReport(control.pause(known(request.flow())));
    }

    FlowReport resume(Operation.ByFlow request) {
        return new FlowReport(control.resume(known(request.flow())));
    }

    Overview overview(Operation.Nothing request) {
        return overview.get();
    }

    ConfigurationReport configuration(Operation.Nothing request) {
        return new ConfigurationReport(
                new TreeMap<>(settings.placeholders()),
                ledger.editions().newest(VERSIONS_SHOWN).stream()
                        .map(entry -> new ConfigurationReport.Version(
                                entry.version(), entry.at(), entry.accepted(), entry.files(), entry.faults()))
                        .toList(),
                routes.get().stream()
                        .map(node -> new ConfigurationReport.Route(
                                node.id(), node.description(), node.from(), node.calls(), node.serves()))
                        .toList());
    }

    HistoryReport history(HistoryQuery query) {
        return histories.of(query, flows());
    }

    private String known(String flow) {
        if (!flows().contains(flow)) {
            throw new RequestRefused(404, "no-such-flow", "the routes deliver " + flows());
        }
        return flow;
    }
}
