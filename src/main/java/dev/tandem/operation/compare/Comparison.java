package dev.tandem.operation.compare;

import dev.tandem.engine.Engine;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.route.LedgerComponent;
import dev.tandem.ledger.route.SharedReading;
import dev.tandem.ledger.route.SweepHeaders;
import dev.tandem.live.InForce;
import dev.tandem.live.RoutedFlows;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.run.Draining;
import dev.tandem.operation.run.Progress;
import dev.tandem.operation.run.ScratchLedger;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.jdbi.v3.core.Jdbi;

/**
 * One comparison: both systems are read, and the ordinary routes and mappings run on a scratch ledger whose calls that change
 * something are not made. What they would send is what differs.
 */
public final class Comparison implements AutoCloseable {
    private static final Duration NO_PATIENCE = Duration.ZERO;

    private final Settings settings;
    private final InForce inForce;
    private final Ledger real;
    private final boolean hasLedger;
    private final boolean service;
    private final ScratchLedger scratch;
    private final Jdbi database;
    private final ReadCases cases;
    private final WouldBeSent sent;
    private final ReadingCalls calls;
    private volatile boolean stopped;

    /**
     * @param database of the ledger, which may not have been initialised yet
     * @param service whether it is a service's, whose full sweeps that are due are served by the same reading
     */
    public Comparison(Settings settings, InForce inForce, Ledger ledger, DataSource database, boolean service) {
        this.service = service;
        this.settings = settings;
        this.inForce = inForce;
        this.real = ledger;
        this.hasLedger = ledger.origin().isPresent();
        this.scratch = ScratchLedger.knowingOf(hasLedger ? Optional.of(database) : Optional.empty(), ledger);
        this.database = Jdbi.create(scratch.database());
        this.cases = new ReadCases(this.database, ledger.seal());
        this.sent = new WouldBeSent(this.database);
        this.calls = new ReadingCalls(cases, sent);
    }

    /**
     * Compares.
     *
     * @throws OperationFailed if a system cannot be read, or it was stopped: half a comparison says nothing
     */
    public CompareReport compare(CompareRequest request, Progress progress) {
        if (request.repair() && !hasLedger) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("There is no ledger yet that could deliver what differs: tandem init makes one."));
        }
        Instant began = real.clock().now();
        boolean all = request.since().isEmpty();
        try (Engine engine = new Engine(settings, scratch.ledger(), inForce, false, Optional.of(calls));
                DueReadings due = new DueReadings(settings, real)) {
            engine.start();
            LedgerComponent ledger = engine.context().getComponent("ledger", LedgerComponent.class);
            if (service && all) {
                due.begin("oscar");
                due.begin("primero");
                ledger.share(due);
            }
            read("Primero", source(engine, "primero"), request.since(), engine, progress);
            calls.read(all);
            // A case is worked on once its clients are known: their items wake it.
            scratch.ledger().pauses().pause(Found.TO_OSCAR, "compare");
            engine.deliver();
            read("OSCaR", source(engine, "oscar"), request.since(), engine, progress);
            drain(engine, List.of(Found.TO_PRIMERO), "comparing clients", progress);
            scratch.ledger().pauses().resume(Found.TO_OSCAR);
            drain(engine, List.of(Found.TO_PRIMERO, Found.TO_OSCAR), "comparing cases", progress);
            ledger.hold();
            ledger.share(SharedReading.NONE);
            read("what changed meanwhile", source(engine, "primero"), Optional.of(began), engine, progress);
            mustBeWhole();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        } finally {
            progress.end();
        }
        return new Summary(real, hasLedger, database, began, request)
                .of(new Differences(database, cases, inForce.mappings().current(), mayBeThere()).find(sent, all));
    }

    /** Ends it soon, from another thread; nothing has to be cleaned up after it. */
    public void stop() {
        stopped = true;
        // What reads finds its sweep taken over, with the next page or batch.
        database.useHandle(handle -> handle.execute("update sweep set token = token + 1"));
    }

    private RoutedFlows.Source source(Engine engine, String name) {
        return engine.flows().sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new OperationFailed(
                        OperationFailed.WRONG, List.of("No route reads " + name + ": there is nothing to compare.")));
    }

    private void read(String what, RoutedFlows.Source source, Optional<Instant> since, Engine engine, Progress progress)
            throws InterruptedException {
        if (stopped) {
            throw stopped();
        }
        progress.begin("reading " + what, -1);
        Map<String, Object> headers = new HashMap<>();
        headers.put(SweepHeaders.FULL, since.isEmpty());
        since.ifPresent(from -> headers.put(SweepHeaders.SINCE, from.toString()));
        Exchange exchange = engine.sweep(source, headers, () -> stopped).orElseThrow(Comparison::stopped);
        Object outcome =
                exchange.getException() != null ? exchange.getException() : exchange.getProperty(Carried.OUTCOME);
        if (stopped) {
            throw stopped();
        }
        if (outcome instanceof Throwable failure) {
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of(
                            "The reading of " + what + " ended early: "
                                    + (failure instanceof Setback
                                            ? failure.getMessage()
                                            : failure.getClass().getSimpleName())
                                    + ".",
                            "Half a comparison says nothing. Compare again once this is mended."));
        }
    }

    private void drain(Engine engine, List<String> flows, String step, Progress progress) throws InterruptedException {
        Draining draining = new Draining(
                scratch.ledger(),
                flows,
                () -> !stopped
                        && engine.context()
                                .getComponent("ledger", LedgerComponent.class)
                                .busy());
        progress.begin(step, draining.begin());
        draining.await(NO_PATIENCE, progress);
        if (stopped) {
            throw stopped();
        }
    }

    /** What a system did not answer for is in neither camp. */
    private void mustBeWhole() {
        long open = scratch.ledger().status().toDo(List.of(Found.TO_PRIMERO, Found.TO_OSCAR)).stream()
                .mapToLong(flow -> flow.open())
                .sum();
        boolean closed = List.of("primero", "oscar").stream()
                .anyMatch(system -> !scratch.ledger().gates().open(system));
        if (open > 0 && (closed || unanswered() > 0)) {
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of(
                            open + " records could not be compared: a system did not answer, or refused the login.",
                            "Half a comparison says nothing. Compare again once it answers."));
        }
    }

    private long unanswered() {
        return database.withHandle(
                handle -> handle.createQuery("select count(*) from work_item where state <> 'settled' and failures > 0")
                        .mapTo(Long.class)
                        .one());
    }

    private BiPredicate<String, String> mayBeThere() {
        if (!hasLedger) {
            return (referral, code) -> code.equals("baseline");
        }
        return (referral, code) -> {
            int at = referral.indexOf(' ');
            String caseId = referral.substring(0, at);
            Collection<Effect> known = real.effects().of(Found.TO_OSCAR, caseId);
            return known.stream()
                    .filter(effect -> effect.key().equals(referral.substring(at + 1)))
                    .anyMatch(effect -> effect.state() == EffectState.CONFIRMED
                            || effect.state() == EffectState.BASELINE
                            || effect.mayHaveArrived());
        };
    }

    private static OperationFailed stopped() {
        return new OperationFailed(OperationFailed.UNREACHABLE, List.of("The comparison was stopped."));
    }

    @Override
    public void close() {
        scratch.close();
    }
}
