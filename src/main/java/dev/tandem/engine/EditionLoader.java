package dev.tandem.engine;

import dev.tandem.ledger.Ledger;
import dev.tandem.live.Edition;
import dev.tandem.live.EditionChecks;
import dev.tandem.live.InForce;
import dev.tandem.settings.Settings;

/** Takes what people edit from the settings' directories for one command, checked as each edit of a running service is. */
public final class EditionLoader {
    private EditionLoader() {}

    /** @throws dev.tandem.outcome.OperationFailed with every fault, before any of it is loaded */
    public static InForce load(Settings settings, Ledger ledger) {
        Edition edition = Edition.read(
                settings.directories().routes(), settings.directories().mappings());
        InForce inForce =
                EditedRoutes.checks(settings, ledger).inForce(edition, ledger.editions(), EditionChecks.UNUSABLE);
        NamedNgos.check(settings, inForce.mappings().current());
        return inForce;
    }
}
