package dev.tandem.operation;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.database.LedgerDatabase;
import dev.tandem.doctor.Doctor;
import dev.tandem.doctor.Finding;
import dev.tandem.doctor.Level;
import dev.tandem.doctor.ProposedRow;
import dev.tandem.engine.EditedRoutes;
import dev.tandem.engine.Engine;
import dev.tandem.engine.NamedNgos;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.live.Edition;
import dev.tandem.live.EditionChecks;
import dev.tandem.live.InForce;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.operation.request.DoctorRequest;
import dev.tandem.settings.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Looks at everything around Tandem, with or without a ledger, and beside a running service; writes nothing. */
public final class Doctoring {
    private static final List<String> ABOUT = List.of("tandem", "database", "primero", "oscar");
    private static final String ROUTES = "routes-and-mappings";

    private Doctoring() {}

    /**
     * Looks from this process, or, where a service holds the embedded database, has the service look.
     *
     * @param service the operations of that service
     */
    public static DoctorReport examine(Settings settings, DoctorRequest request, Supplier<Operations> service) {
        if (LedgerDatabase.isHeld(settings.db())) {
            try (Operations running = service.get()) {
                return running.doctor(request);
            }
        }
        return examine(settings, request);
    }

    private static DoctorReport examine(Settings settings, DoctorRequest request) {
        Doctor doctor = new Doctor(settings, Clock.systemUTC());
        List<Finding> found = new ArrayList<>(doctor.here(LedgerDatabase.asItIs(settings.db()), Set.of()));
        List<ProposedRow> unlisted = List.of();
        // A ledger that is thrown away: what is refused here closes no gate of the real one.
        try (HikariDataSource memory = new HikariDataSource()) {
            memory.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
            Ledger ledger = Ledger.open(memory, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
            for (String system : List.of("primero", "oscar")) {
                ledger.gates().register(system, "");
            }
            Edition edition = Edition.read(
                    settings.directories().routes(), settings.directories().mappings());
            EditionChecks.Result checked = EditedRoutes.checks(settings, ledger).check(edition);
            List<String> faults = new ArrayList<>(checked.faults());
            checked.mappings().ifPresent(mappings -> faults.addAll(NamedNgos.faults(settings, mappings)));
            if (faults.isEmpty()) {
                InForce inForce = new InForce(edition, checked.mappings().orElseThrow());
                try (Engine engine = new Engine(settings, ledger, inForce, false)) {
                    engine.start();
                    found.add(routes(inForce));
                    Doctor.Systems systems =
                            doctor.systems(engine, inForce.mappings().current(), known(settings));
                    found.addAll(systems.findings());
                    unlisted = systems.unlisted();
                    request.writeProbe().map(systems::writeProbe).ifPresent(found::add);
                }
            }
            faults.forEach(fault -> found.add(new Finding(
                    ROUTES,
                    Level.FAULT,
                    fault,
                    "{}",
                    "Correct the named file and line (`tandem validate`); neither system was looked at.")));
        }
        return report(found, unlisted);
    }

    /** The same in a running service, which has its routes, its ledger and its ports open. */
    static DoctorReport examine(
            Settings settings,
            DoctorRequest request,
            Ledger ledger,
            DataSource database,
            Engine engine,
            InForce inForce) {
        Doctor doctor = new Doctor(settings, Clock.systemUTC());
        List<Finding> found = new ArrayList<>(doctor.here(
                database, Set.of(settings.http().port(), settings.http().managementPort())));
        found.add(routes(inForce));
        Doctor.Systems systems = doctor.systems(engine, inForce.mappings().current(), Doctor.Known.of(ledger));
        found.addAll(systems.findings());
        request.writeProbe().map(systems::writeProbe).ifPresent(found::add);
        return report(found, systems.unlisted());
    }

    private static Finding routes(InForce inForce) {
        return new Finding(
                ROUTES, Level.OK, "", "Routes and mappings are sound (version " + inForce.version() + ").", "");
    }

    /** What the real ledger knows, if there is one that can be read as it is. */
    private static Doctor.Known known(Settings settings) {
        if (settings.db().file().filter(file -> !file.toFile().exists()).isPresent()) {
            return Doctor.Known.NOTHING;
        }
        try {
            Ledger ledger = Ledger.asItIs(LedgerDatabase.asItIs(settings.db()), OpenedLedger.ledgerSettings(settings));
            return ledger.origin().isPresent() ? Doctor.Known.of(ledger) : Doctor.Known.NOTHING;
        } catch (RuntimeException unreadable) {
            // The checks of the database say so.
            return Doctor.Known.NOTHING;
        }
    }

    /** What is said of several subjects in the same words is said once. */
    private static DoctorReport report(List<Finding> found, List<ProposedRow> unlisted) {
        Map<Finding, List<String>> grouped = new LinkedHashMap<>();
        List<Finding> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(finding -> ABOUT.indexOf(finding.about())));
        sorted.forEach(finding -> grouped.computeIfAbsent(
                        new Finding(finding.check(), finding.level(), "", finding.sentence(), finding.remedy()),
                        first -> new ArrayList<>())
                .add(finding.subject()));
        return new DoctorReport(
                grouped.entrySet().stream()
                        .map(one -> DoctorReport.Line.of(
                                one.getKey().check(),
                                one.getKey().level().name().toLowerCase(Locale.ROOT),
                                one.getValue().stream()
                                        .filter(subject -> !subject.isEmpty())
                                        .toList(),
                                one.getKey().sentence(),
                                one.getKey().remedy()))
                        .toList(),
                unlisted.stream()
                        .map(row -> new DoctorReport.Proposed(row.list(), row.cells(), row.where()))
                        .toList());
    }
}
