package dev.tandem.operation;

import dev.tandem.engine.Engine;
import dev.tandem.engine.OscarAccount;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.origin.Baseline;
import dev.tandem.live.InForce;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.Reason;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.oscar.feed.AccountRegistration;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SystemSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the ledger, once both systems have answered to these settings (protocol 8). */
final class Initialisation {
    private static final String TO_PRIMERO = "oscar-to-primero";

    private final Settings settings;
    private final Ledger ledger;
    private final InForce inForce;

    Initialisation(Settings settings, Ledger ledger, InForce inForce) {
        this.settings = settings;
        this.ledger = ledger;
        this.inForce = inForce;
    }

    InitReport make(InitRequest request) {
        if (ledger.origin().isPresent()) {
            throw thereIsOne();
        }
        Optional<Instant> since = since(request);
        // What an attempt before this one has closed; its cause may be mended.
        settings.systems().forEach(system -> ledger.gates().reopen(system.name()));
        try (Engine engine = new Engine(settings, ledger, inForce, false)) {
            engine.start();
            check(engine, "primero");
            check(engine, "oscar");
            mustBeRegistered(engine);
            settings.systems().stream()
                    .map(SystemSettings::name)
                    .filter(system -> engine.begins("check-" + system))
                    .forEach(system -> check(engine, system));
            boolean made =
                    ledger.initialise(mode(request), since, () -> since.ifPresent(moment -> readBaseline(engine)));
            if (!made) {
                throw thereIsOne();
            }
            return report(since);
        }
    }

    private static OperationFailed thereIsOne() {
        return new OperationFailed(
                OperationFailed.WRONG, List.of("There is a ledger in this database already; it was left as it is."));
    }

    private Optional<Instant> since(InitRequest request) {
        Instant now = ledger.clock().now();
        if (request instanceof InitRequest.Since since) {
            if (since.moment().isAfter(now)) {
                throw new OperationFailed(
                        OperationFailed.WRONG,
                        List.of(
                                "--since " + since.moment() + " is in the future (the database's time is " + now + ").",
                                "T is when the integration before this one stopped, or now. No ledger was made."));
            }
            return Optional.of(since.moment());
        }
        return request instanceof InitRequest.Adopt ? Optional.empty() : Optional.of(now);
    }

    private static String mode(InitRequest request) {
        if (request instanceof InitRequest.Adopt) {
            return "adopt";
        }
        return request instanceof InitRequest.Recover ? Baseline.RECOVER : "since";
    }

    /** Clients first: cases are then linked to them as they are read. */
    private static void readBaseline(Engine engine) {
        ask(engine, "oscar", "read-existing-clients").ifPresent(setback -> {
            throw unreachable("oscar", setback);
        });
        ask(engine, "primero", "read-existing-cases").ifPresent(setback -> {
            throw unreachable("primero", setback);
        });
    }

    private InitReport report(Optional<Instant> since) {
        List<InitReport.Baseline> older = new ArrayList<>();
        long strangers = ledger.baseline().strangers(TO_PRIMERO);
        if (strangers > 0) {
            older.add(new InitReport.Baseline(TO_PRIMERO, "case", strangers));
        }
        ledger.status().effects().stream()
                .filter(count -> count.state().equals("baseline"))
                .forEach(count -> older.add(new InitReport.Baseline(count.flow(), count.kind(), count.effects())));
        List<Reason> reasons = new ArrayList<>();
        long links = ledger.baseline().links(TO_PRIMERO);
        if (since.isPresent() && links + strangers == 0) {
            reasons.add(new Reason(
                    "baseline",
                    "no-clients",
                    "OSCaR shows no client older than this ledger: if it has any, its answer was wrong;"
                            + " empty this database and say init again",
                    0,
                    List.of()));
        }
        reasons.addAll(Status.reasons(ledger));
        return new InitReport(since, older, links, reasons);
    }

    /** Where it can be seen; if that answer does not come, the first sweep sees it. */
    private static void mustBeRegistered(Engine engine) {
        if (engine.begins("check-account-of-oscar")
                && ask(engine, "oscar", "check-account-of-oscar")
                        .filter(setback -> setback.code().equals(AccountRegistration.MISSING))
                        .isPresent()) {
            throw OscarAccount.notRegistered();
        }
    }

    private static void check(Engine engine, String system) {
        ask(engine, system, "check-" + system).ifPresent(setback -> {
            throw unreachable(system, setback);
        });
    }

    /** What came in the way, if it is something that has a meaning. */
    private static Optional<Setback> ask(Engine engine, String system, String route) {
        Exception failure = engine.ask(route, Map.of()).getException();
        if (failure instanceof Setback setback) {
            return Optional.of(setback);
        }
        if (failure != null) {
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of(system + " cannot be asked: " + failure.getClass().getSimpleName(), "No ledger was made."));
        }
        return Optional.empty();
    }

    /** The two have settings of their own, any further one those of its name. */
    private static String setting(String system) {
        return List.of("primero", "oscar").contains(system) ? "tandem." + system : "tandem.system." + system;
    }

    private static OperationFailed unreachable(String system, Setback setback) {
        boolean login = setback instanceof NotSent notSent && notSent.gate().isPresent();
        return new OperationFailed(
                OperationFailed.UNREACHABLE,
                List.of(
                        login
                                ? system + " refused the login: check " + setting(system) + ".user and .password."
                                : system + " did not answer as it should (" + setback.getMessage() + "): check "
                                        + setting(system) + ".url.",
                        "No ledger was made."));
    }
}
