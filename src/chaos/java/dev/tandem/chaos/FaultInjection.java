package dev.tandem.chaos;

import dev.tandem.chaos.FaultKind.Family;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.http.SimServer;
import dev.tandem.sandbox.oscar.OscarSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Strikes, and heals when it is time. */
final class FaultInjection {
    private record Route(boolean atOscar, String method, String template) {
        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private record Healing(long at, Runnable work) {}

    private static final String UPSERT = "/api/v1/organizations/clients/upsert";
    private static final Route REFERRAL = new Route(true, "POST", UPSERT);
    private static final List<Route> WRITES = List.of(
            REFERRAL,
            REFERRAL,
            new Route(true, "PUT", "/api/v1/organizations/clients/update_links"),
            new Route(true, "PUT", "/api/v1/organizations/referrals/update_statuses"),
            new Route(false, "POST", "/api/v2/cases"),
            new Route(false, "PATCH", "/api/v2/cases/:id"),
            new Route(false, "PATCH", "/api/v2/cases/:id/referrals/:referral"));
    private static final List<Route> READS = List.of(
            new Route(true, "GET", "/api/v1/organizations/clients"),
            new Route(false, "GET", "/api/v2/cases"),
            new Route(false, "GET", "/api/v2/cases/:id"),
            new Route(false, "GET", "/api/v2/cases/:id/referrals"));

    private final Stage stage;
    private final SplittableRandom random;
    private final History history;
    private final ProcessFaults processes;
    private final SlowSave slowSave;
    private final Overtaking overtaking;
    private final List<FaultKind> deck = new ArrayList<>();
    private final List<FaultKind> kinds;
    private final PriorityQueue<Healing> healings = new PriorityQueue<>((one, two) -> Long.compare(one.at(), two.at()));
    private final long began = System.nanoTime();
    private Faults.Rule old;

    final List<InjectedFault> struck = new ArrayList<>();

    FaultInjection(Plan plan, Stage stage, History history) {
        this.stage = stage;
        this.history = history;
        Clients clients = new Clients(stage, history, this);
        this.slowSave = new SlowSave(stage, history, this, clients);
        this.overtaking = new Overtaking(stage, history, this, clients);
        this.random = new SplittableRandom(plan.seed() * 31 + 7);
        this.processes = new ProcessFaults(stage, this, random);
        this.kinds = plan.kinds().stream().filter(kind -> possible(kind, plan)).toList();
    }

    private static boolean possible(FaultKind kind, Plan plan) {
        return switch (kind.family) {
            case EVENT -> plan.protocol().events();
            case DATABASE ->
                plan.database() == StoreKind.POSTGRESQL
                        && (kind != FaultKind.WRONG_CLOCK || Machine.canFakeTime())
                        && (kind != FaultKind.CUT_OFF || plan.replicas() > 1);
            case DISK -> plan.database() == StoreKind.H2 && Machine.canMount();
            case CALL, PROCESS -> true;
        };
    }

    List<FaultKind> kinds() {
        return kinds;
    }

    long millis() {
        return (System.nanoTime() - began) / 1_000_000;
    }

    /**
     * Each kind once, in an order by seed, before any comes again.
     *
     * @param allAreUp waits for it: a fault that strikes only processes that are about to start proves little
     */
    void next(Runnable allAreUp) {
        if (kinds.isEmpty()) {
            return;
        }
        if (deck.isEmpty()) {
            deck.addAll(kinds);
            for (int i = deck.size() - 1; i > 0; i--) {
                java.util.Collections.swap(deck, i, random.nextInt(i + 1));
            }
        }
        FaultKind kind = deck.remove(deck.size() - 1);
        if (!kind.waitsForItsCall()) {
            allAreUp.run();
        }
        strike(kind);
    }

    private void strike(FaultKind kind) {
        long from = millis();
        long[] until = {from};
        String detail = kind.family == Family.CALL
                ? call(kind, until)
                : kind.family == Family.EVENT ? event(kind, until) : processes.strike(kind, until);
        struck.add(new InjectedFault(kind, detail, from, Math.max(until[0], millis())));
    }

    /** Is done after so long, or at the end of the run. */
    void later(long millis, long[] until, Runnable work) {
        until[0] = Math.max(until[0], millis() + millis);
        healings.add(new Healing(System.nanoTime() + millis * 1_000_000, work));
    }

    /** Somebody does something just now, so that there is something to come to. */
    void actNow() {
        history.somebodyRefers(() -> {});
    }

    void healDue() {
        while (!healings.isEmpty() && healings.peek().at() <= System.nanoTime()) {
            healings.poll().work().run();
        }
    }

    /** What still lasts goes on to its end. */
    void healAll() {
        while (!healings.isEmpty()) {
            healDue();
            History.pause(20);
        }
    }

    /** Faults that met no call are taken back. */
    void takeBack() {
        stage.primero.faults().clear();
        stage.oscar.faults().clear();
    }

    boolean await(int millis, BooleanSupplier condition) {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (!condition.getAsBoolean()) {
            healDue();
            if (System.nanoTime() > end) {
                return false;
            }
            History.pause(2);
        }
        return true;
    }

    private String call(FaultKind kind, long[] until) {
        Route write = WRITES.get(random.nextInt(WRITES.size()));
        Route any = random.nextBoolean() ? write : READS.get(random.nextInt(READS.size()));
        int times = 1 + random.nextInt(2);
        // The one call of which a second lost answer means that a person has to look.
        int mayRepeat = REFERRAL.equals(any) ? 1 : times;
        return switch (kind) {
            case ANSWER_LOST -> set(1, write, Fault.dropAfter());
            case LOST_AGAIN -> set(5, REFERRAL, Fault.dropAfter());
            case CALL_LOST -> set(mayRepeat, any, Fault.dropBefore());
            case TIMEOUT_BEFORE_EFFECT -> held(write, until);
            case TIMEOUT_AFTER_EFFECT -> set(1, write, Fault.latency(Duration.ofSeconds(Stage.CALL_SECONDS + 1L)));
            case SLOW -> {
                for (Route read : READS) {
                    set(4, read, Fault.latency(Duration.ofMillis(300 + random.nextInt(1200))));
                }
                yield set(4, write, Fault.latency(Duration.ofMillis(300 + random.nextInt(1200))));
            }
            case OLD_NEWS -> oldNews(until);
            case SLOW_SAVE -> slowSave.strike();
            case OVERTAKING -> overtaking.strike();
            case ERROR_500 -> set(mayRepeat, any, Fault.status(500));
            case ERROR_502_AFTER_EFFECT -> set(1, write, Fault.html(502).afterEffect());
            case REFUSED_4XX -> set(1, write, Fault.status(random.nextBoolean() ? 422 : 400));
            case HTML_200 -> set(mayRepeat, any, Fault.html(200));
            case TRUNCATED_JSON -> set(1, any, Fault.truncated());
            case BROKEN_JSON -> set(1, any, Fault.malformedJson());
            case EMPTY_200 -> set(1, any, Fault.emptyBody());
            case SWALLOWED_200 -> set(1, REFERRAL, OscarSimulator.swallowed());
            case RETRY_AFTER_429 -> set(times, any, Fault.retryAfter(429, 1));
            case RETRY_AFTER_503 -> set(times, any, Fault.retryAfter(503, 1));
            case TOKEN_EXPIRED -> {
                stage.oscar.expireTokens();
                yield "";
            }
            case SYSTEM_DOWN -> down(random.nextBoolean(), until);
            case LATE_COMMIT -> {
                lateCommit();
                yield "";
            }
            default -> throw new IllegalArgumentException(kind.words());
        };
    }

    private String set(int times, Route route, Fault fault) {
        faults(route).times(times, route.method(), route.template(), fault);
        return route.toString();
    }

    private Faults faults(Route route) {
        return route.atOscar() ? stage.oscar.faults() : stage.primero.faults();
    }

    private String held(Route route, long[] until) {
        Hold hold = new Hold();
        Faults.Rule rule = faults(route).times(1, route.method(), route.template(), Fault.holdCall(hold));
        later(1000L * (Stage.CALL_SECONDS + 2), until, () -> {
            rule.remove();
            hold.release();
        });
        return route.toString();
    }

    private String oldNews(long[] until) {
        Route read = new Route(false, "GET", "/api/v2/cases/:id/referrals");
        Faults.Rule rule = faults(read).every(read.method(), read.template(), Fault.latency(Duration.ofMillis(500)));
        old = rule;
        later(4000, until, () -> {
            rule.remove();
            old = null;
        });
        return read.toString();
    }

    /** While news are old, somebody goes on just when the case has been read. */
    void look(int millis) {
        Faults.Rule now = old;
        if (now == null) {
            History.pause(millis);
            return;
        }
        long before = now.struck();
        if (await(1000, () -> now.struck() > before || old == null)) {
            History.pause(30);
        }
    }

    private String down(boolean atOscar, long[] until) {
        SimServer server = atOscar ? stage.oscar.server() : stage.primero.server();
        server.down();
        later(500 + random.nextInt(1500), until, server::up);
        return atOscar ? "oscar" : "primero";
    }

    /** A referral whose save is stamped now, and seen only when another case was saved later and a sweep has passed (§2.5). */
    private void lateCommit() {
        history.somebodyRefers(() -> {
            // What was saved until now is dealt with.
            twoSweepsPass();
            stage.primero.inNextSave(() -> {
                stage.primero.clock().advance(Duration.ofSeconds(200));
                String other = stage.primero.cases().get(0).path("id").asText();
                stage.primero.worker().edit(other, Map.of("name_last", "Example"));
                twoSweepsPass();
            });
        });
    }

    /** By the clock: not each call that lists cases is a sweep. */
    private void twoSweepsPass() {
        boolean unused = await(4500, () -> false);
    }

    private String event(FaultKind kind, long[] until) {
        Events events = stage.events().orElseThrow();
        int some = 1 + random.nextInt(6);
        switch (kind) {
            case EVENTS_LOST -> events.lose(some);
            case EVENTS_DOUBLED -> events.twice(some);
            case EVENTS_SHUFFLED -> events.shuffle(random.nextLong());
            default -> {
                events.hold(true);
                later(2000, until, () -> events.hold(false));
            }
        }
        return "";
    }
}
