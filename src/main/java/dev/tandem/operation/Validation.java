package dev.tandem.operation;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.engine.EditedRoutes;
import dev.tandem.engine.NamedNgos;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.live.Edition;
import dev.tandem.live.EditionChecks;
import dev.tandem.operation.report.ValidationReport;
import dev.tandem.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Checks what people edit: mappings, code lists, examples and routes; offline, and all faults at once. */
public final class Validation {
    private Validation() {}

    /** Settings have been checked before, by reading them. */
    public static ValidationReport validate(Settings settings) {
        Edition edition = Edition.read(
                settings.directories().routes(), settings.directories().mappings());
        // The routes' steps want a ledger to speak to; an empty one in memory does for looking at them.
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
            Ledger ledger = Ledger.open(database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
            EditionChecks.Result result = EditedRoutes.checks(settings, ledger).check(edition);
            List<String> faults = new ArrayList<>(result.faults());
            result.mappings().ifPresent(mappings -> faults.addAll(NamedNgos.faults(settings, mappings)));
            return new ValidationReport(
                    result.mappings().map(mappings -> edition.version()), result.examples(), faults);
        }
    }
}
