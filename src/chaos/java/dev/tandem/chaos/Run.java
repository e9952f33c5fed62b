package dev.tandem.chaos;

import dev.tandem.chaos.Findings.Sort;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run of one plan: people act, faults strike, then all comes to rest and is looked at. */
final class Run {
    /** How much was on its way at a moment. */
    record Sample(long millis, long backlog) {}

    /** What came of it. */
    record Outcome(
            Plan plan,
            Findings findings,
            List<InjectedFault> faults,
            List<Sample> samples,
            Map<String, Long> struck,
            long millis,
            long putOff,
            long lostAnswers) {}

    /** A call to search is no sweep, but looks like one: two moments of the schedule have gone by in any case. */
    private static final int LEAST_REST_SECONDS = 5;

    private static final int LAST_ROUNDS = 2;

    /** How often a long run shows that it goes on. */
    private static final int ACTS_A_LINE = 1_000;

    private static final long MOST_RESTS = 4;
    private static final int STILL_SECONDS = 40;

    private final Plan plan;
    private final Stage stage;
    private final History history;
    private final FaultInjection injection;
    private final Instant began = Instant.now();
    private final Findings findings = new Findings();
    private final List<Sample> samples = new ArrayList<>();
    private long nextSample;
    private long activity;
    private long activeAt;

    private Run(Plan plan, Stage stage, int pauseMillis) {
        this.plan = plan;
        this.stage = stage;
        this.history = new History(plan, pauseMillis, stage);
        this.injection = new FaultInjection(plan, stage, history);
    }

    static Outcome of(Plan plan, Path directory, int pauseMillis, Optional<Path> classesBefore) {
        try (Stage stage = new Stage(plan, directory, classesBefore)) {
            return new Run(plan, stage, pauseMillis).run();
        }
    }

    private Outcome run() {
        history.looking(injection::look);
        history.begin();
        stage.init();
        stage.events().ifPresent(Events::begin);
        stage.replicas.forEach(Replica::start);
        injection.await(60_000, () -> stage.open().isPresent() && swept(1));
        int struck = 0;
        for (Step step : history.steps()) {
            history.perform(step);
            tick(step.pauseMillis());
            for (; struck < plan.faultsBefore(step.number() + 1); struck++) {
                injection.next(this::awaitAllUp);
            }
            if (step.number() % ACTS_A_LINE == ACTS_A_LINE - 1) {
                System.out.printf(
                        Locale.ROOT,
                        "%5d s: %,d of %,d acts, %,d faults, %,d on their way%n",
                        injection.millis() / 1000,
                        step.number() + 1,
                        plan.acts(),
                        struck,
                        Backlog.of(history.kept, stage));
            }
        }
        injection.healAll();
        boolean rests = rest();
        injection.takeBack();
        // What people could not do before, because the other side did not know of it.
        for (int round = 0; rests && round < LAST_ROUNDS && history.putOff() > 0; round++) {
            boolean any = false;
            for (int i = history.putOff(); i > 0; i -= 3) {
                any |= history.again();
            }
            if (!any) {
                break;
            }
            rests = rest();
        }
        end();
        LostAnswers answers = new LostAnswers(stage, began, injection.struck);
        LedgerView ledger = LedgerView.read(stage.store);
        new Checker(history.kept, stage, ledger, answers, findings).check();
        Map<String, Long> counts = new TreeMap<>(stage.oscar.faults().struck());
        stage.primero.faults().struck().forEach((name, times) -> counts.merge(name, times, Long::sum));
        return new Outcome(
                plan,
                findings,
                List.copyOf(injection.struck),
                samples,
                counts,
                injection.millis(),
                history.putOff(),
                Math.max(answers.knownToSimulator(), ledger.lostAnswers));
    }

    private void tick(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        do {
            injection.healDue();
            startTheDead();
            sample();
            History.pause(Math.min(20, Math.max(0, (until - System.nanoTime()) / 1_000_000)));
        } while (System.nanoTime() < until);
    }

    /** As whatever runs it would do. */
    private void startTheDead() {
        for (Replica replica : stage.replicas) {
            if (!replica.isAlive()) {
                findings.looked("processes that ended by themselves", 1);
                replica.startWith(List.of());
            }
        }
    }

    private void sample() {
        if (injection.millis() < nextSample) {
            return;
        }
        long before = System.nanoTime();
        samples.add(new Sample(injection.millis(), Backlog.of(history.kept, stage)));
        // Counting must not become what is measured.
        nextSample = injection.millis() + Math.max(200, (System.nanoTime() - before) / 1_000_000 * 30);
    }

    private void awaitAllUp() {
        boolean unused = injection.await(20_000, () -> stage.replicas.stream()
                .filter(replica -> !replica.isStopped())
                .allMatch(Replica::isUp));
    }

    private boolean swept(long times) {
        return !plan.protocol().sweeps()
                || (stage.primero.calls().count("GET", "/api/v2/cases") >= times
                        && stage.oscar.calls().count("GET", "/api/v1/organizations/clients") >= times);
    }

    private boolean rest() {
        long cases = stage.primero.calls().count("GET", "/api/v2/cases");
        long feeds = stage.oscar.calls().count("GET", "/api/v1/organizations/clients");
        // One may be under way already that began before the last act.
        long more = plan.protocol() == Plan.Protocol.EVENTS_ALONE ? 0 : 2;
        long least = plan.database() == StoreKind.H2 ? 3500 : 1200;
        long began = System.nanoTime();
        long end = began + plan.restSeconds() * 1_000_000_000L;
        long atLast = began + MOST_RESTS * plan.restSeconds() * 1_000_000_000L;
        while (System.nanoTime() < end || (goesOn() && System.nanoTime() < atLast)) {
            tick(200);
            long now = stage.primero.effectiveWrites() + writesAtOscar();
            if (now != activity) {
                activity = now;
                activeAt = System.nanoTime();
            }
            boolean quiet = System.nanoTime() - activeAt > least * 1_000_000;
            if (quiet
                    && System.nanoTime() - began > LEAST_REST_SECONDS * 1_000_000_000L
                    && stage.primero.calls().count("GET", "/api/v2/cases") >= cases + more
                    && stage.oscar.calls().count("GET", "/api/v1/organizations/clients") >= feeds + more
                    && open() == 0) {
                return true;
            }
        }
        return false;
    }

    /** On a machine that has other things to do, work that goes on takes its time; work for ever is none. */
    private boolean goesOn() {
        return System.nanoTime() - activeAt < STILL_SECONDS * 1_000_000_000L;
    }

    private long writesAtOscar() {
        return stage.oscar.calls().counts().entrySet().stream()
                .filter(entry ->
                        !entry.getKey().startsWith("GET") && !entry.getKey().endsWith("sign_in"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private long open() {
        if (plan.database() == StoreKind.H2) {
            return (long) stage.open().orElse(1);
        }
        try (Connection connection = stage.store.open();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select count(*) from work_item where state <> 'settled'")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException notNow) {
            return 1;
        }
    }

    private void end() {
        for (Replica replica : stage.replicas) {
            int code = replica.endOrderly();
            if (code != 0) {
                findings.add(Sort.BROKEN, "replica " + replica.number + " ended with " + code);
            }
        }
    }
}
