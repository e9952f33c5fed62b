package dev.tandem.operation.setup;

import dev.tandem.database.LedgerDatabase;
import dev.tandem.engine.EditionLoader;
import dev.tandem.engine.Engine;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Answers at work: one call to a system as the service makes it, or one connection to the database. */
final class Trial {
    private Trial() {}

    /** A problem in a sentence, if there is one. Signs in once: Primero locks an account after six failures. */
    static Optional<String> ofSystem(Answers answers, String system) {
        // A ledger to be thrown away: what a gate remembers would hold for the next answer.
        Settings settings = answers.settings(
                Map.of("tandem.db.url", "jdbc:h2:mem:" + UUID.randomUUID(), "tandem.call-timeout", "30s"));
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {});
                Engine engine =
                        new Engine(settings, opened.ledger(), EditionLoader.load(settings, opened.ledger()), false)) {
            engine.start();
            Exception failure = engine.ask("check-" + system, Map.of()).getException();
            if (failure == null) {
                return Optional.empty();
            }
            if (failure instanceof NotSent notSent && notSent.gate().isPresent()) {
                return Optional.of(system + " refused the login: user or password is wrong"
                        + (system.equals("primero") ? ". It locks an account after six failures." : "."));
            }
            String why = failure instanceof Setback
                    ? failure.getMessage()
                    : failure.getClass().getSimpleName();
            return Optional.of(system + " did not answer as it should (" + why + "): check the address.");
        }
    }

    static Optional<String> ofDatabase(Answers answers) {
        try {
            Settings settings = answers.settings(Map.of());
            LedgerDatabase.open(settings.db(), settings.work().workers()).pool().close();
            return Optional.empty();
        } catch (OperationFailed failed) {
            return Optional.of(failed.getMessage());
        }
    }
}
