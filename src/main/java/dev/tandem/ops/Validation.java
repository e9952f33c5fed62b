package dev.tandem.ops;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.LedgerSettings;
import dev.tandem.ledger.Seal;
import dev.tandem.mapping.Examples;
import dev.tandem.mapping.InvalidMappings;
import dev.tandem.mapping.MappingSet;
import dev.tandem.mapping.Mappings;
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
        List<String> faults = new ArrayList<>();
        Optional<MappingSet> mappings = mappings(settings, faults);
        int examples = 0;
        if (mappings.isPresent()) {
            examples = Examples.count(mappings.get());
            Examples.run(mappings.get()).forEach(failure -> faults.add(failure.toString()));
            routes(settings, mappings.get()).forEach(fault -> faults.add(fault.toString()));
        } else {
            faults.add(settings.directories().routes()
                    + ": the routes were not checked, since they need the mappings; mend those first");
        }
        return new ValidationReport(mappings.map(MappingSet::version), examples, faults);
    }

    private static Optional<MappingSet> mappings(Settings settings, List<String> faults) {
        try {
            return Optional.of(MappingSet.load(settings.directories().mappings()));
        } catch (InvalidMappings e) {
            e.faults().forEach(fault -> faults.add(fault.toString()));
            return Optional.empty();
        }
    }

    /** The routes' steps want a ledger to speak to; an empty one in memory does for looking at them. */
    private static List<RouteFault> routes(Settings settings, MappingSet mappings) {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
            Ledger ledger = Ledger.open(database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
            return new RouteChecks(settings, ledger, new Mappings(mappings))
                    .check(settings.directories().routes());
        }
    }
}
