package dev.tandem.ops;

import dev.tandem.ledger.Ledger;
import dev.tandem.mapping.Mappings;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Makes the ledger, once both systems have answered to these settings (protocol 8). */
final class Birthing {
    private final Settings settings;
    private final Ledger ledger;
    private final Mappings mappings;

    Birthing(Settings settings, Ledger ledger, Mappings mappings) {
        this.settings = settings;
        this.ledger = ledger;
        this.mappings = mappings;
    }

    InitReport make(Birth birth) {
        if (ledger.birth().isPresent()) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("There is a ledger in this database already; it was left as it is."));
        }
        Optional<Instant> since = since(birth);
        try (Engine engine = new Engine(settings, ledger, mappings, false)) {
            engine.start();
            check(engine, "primero");
            check(engine, "oscar");
        }
        ledger.beBorn(mode(birth), since);
        return new InitReport(since, List.of(), 0, List.of());
    }

    private Optional<Instant> since(Birth birth) {
        if (birth instanceof Birth.Since since) {
            return Optional.of(since.moment());
        }
        if (birth instanceof Birth.SinceNow) {
            return Optional.of(ledger.clock().now());
        }
        if (birth instanceof Birth.Recover) {
            throw new OperationFailed(
                    OperationFailed.WRONG, List.of("init --recover is not in this version yet: nothing was made."));
        }
        return Optional.empty();
    }

    private static String mode(Birth birth) {
        return birth instanceof Birth.Adopt ? "adopt" : "since";
    }

    private static void check(Engine engine, String system) {
        Exchange exchange = engine.ask("check-" + system, Map.of());
        if (exchange.getException() instanceof Setback setback) {
            throw unreachable(system, setback);
        }
        if (exchange.getException() != null) {
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of(system + " cannot be asked: "
                            + exchange.getException().getClass().getSimpleName()));
        }
    }

    private static OperationFailed unreachable(String system, Setback setback) {
        boolean login = setback instanceof NotSent notSent && notSent.gate().isPresent();
        return new OperationFailed(
                OperationFailed.UNREACHABLE,
                List.of(
                        login
                                ? system + " refused the login: check tandem." + system
                                        + ".user and .password, then `tandem reopen " + system + "`."
                                : system + " did not answer as it should (" + setback.getMessage() + "): check tandem."
                                        + system + ".url.",
                        "No ledger was made."));
    }
}
