package dev.tandem.sandbox.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The faults that are set, on demand or at random by seed, and how often each struck. Thread-safe. */
public final class Faults {
    /** One fault that was set; {@link #struck} counts it. */
    public final class Rule {
        private final Predicate<Request> where;
        private final Fault fault;
        private final double probability;
        private final long seed;
        private final AtomicLong left;
        private final AtomicLong struck = new AtomicLong();
        private final Map<String, AtomicLong> seen = new ConcurrentHashMap<>();

        private Rule(Predicate<Request> where, Fault fault, long times, double probability, long seed) {
            this.where = where;
            this.fault = fault;
            this.left = new AtomicLong(times);
            this.probability = probability;
            this.seed = seed;
        }

        public long struck() {
            return struck.get();
        }

        public void remove() {
            rules.remove(this);
        }

        private boolean strikes(Request request) {
            if (!where.test(request) || !drawn(request)) {
                return false;
            }
            if (left.getAndUpdate(n -> n > 0 ? n - 1 : n) == 0) {
                return false;
            }
            struck.incrementAndGet();
            return true;
        }

        /** Drawn from the call and how often it was made, so that the threads' order does not change the outcome. */
        private boolean drawn(Request request) {
            if (probability >= 1) {
                return true;
            }
            String call = request.method() + " " + request.path();
            long nth = seen.computeIfAbsent(call, k -> new AtomicLong()).incrementAndGet();
            return new SplittableRandom(seed ^ (call.hashCode() * 0x9E3779B97F4A7C15L) ^ (nth * 0xC2B2AE3D27D4EB4FL))
                            .nextDouble()
                    < probability;
        }
    }

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicLong> struck = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> lost = new ConcurrentHashMap<>();

    /** A predicate on method and path template ({@code /api/v2/cases/:id}); {@code *} stands for any. */
    public static Predicate<Request> on(String method, String template) {
        return request -> (method.equals("*") || method.equals(request.method()))
                && (template.equals("*") || template.equals(request.template()));
    }

    /** Strikes the next call of that route once. */
    public Rule next(String method, String template, Fault fault) {
        return times(1, method, template, fault);
    }

    public Rule times(int times, String method, String template, Fault fault) {
        return add(on(method, template), fault, times, 1, 0);
    }

    public Rule every(String method, String template, Fault fault) {
        return add(on(method, template), fault, -1, 1, 0);
    }

    public Rule times(int times, Predicate<Request> where, Fault fault) {
        return add(where, fault, times, 1, 0);
    }

    /** Strikes each such call with that probability, decided by the seed, the call, and how often it was made. */
    public Rule atRandom(long seed, double probability, String method, String template, Fault fault) {
        return add(on(method, template), fault, -1, probability, seed);
    }

    private Rule add(Predicate<Request> where, Fault fault, long times, double probability, long seed) {
        Rule rule = new Rule(where, fault, times, probability, seed);
        rules.add(rule);
        return rule;
    }

    /** The next such call takes effect and then stands until the hold is released. */
    public Hold holdAnswer(String method, String template) {
        Hold hold = new Hold();
        next(method, template, Fault.holdAnswer(hold));
        return hold;
    }

    /** The next such call stands before it takes effect. */
    public Hold holdCall(String method, String template) {
        Hold hold = new Hold();
        next(method, template, Fault.holdCall(hold));
        return hold;
    }

    /** Removes all faults and lets held calls go; the counts stay. */
    public void clear() {
        List<Rule> removed = new ArrayList<>(rules);
        rules.clear();
        removed.forEach(rule -> rule.fault.hold().ifPresent(Hold::release));
    }

    /** How often each fault struck, by its name. */
    public Map<String, Long> struck() {
        return snapshot(struck);
    }

    public long struck(String name) {
        return struck.getOrDefault(name, new AtomicLong()).get();
    }

    /** Calls that took effect and whose answer did not reach the caller, of one route. */
    public long lostAnswers(String method, String template) {
        return lost.getOrDefault(method + " " + template, new AtomicLong()).get();
    }

    /** The same for all routes, by {@code METHOD template}. */
    public Map<String, Long> lostAnswers() {
        return snapshot(lost);
    }

    Optional<Fault> strike(Request request) {
        for (Rule rule : rules) {
            if (rule.strikes(request)) {
                count(struck, rule.fault.name());
                return Optional.of(rule.fault);
            }
        }
        return Optional.empty();
    }

    void lostAnswer(Request request) {
        count(lost, request.method() + " " + request.template());
    }

    private static void count(Map<String, AtomicLong> counts, String key) {
        counts.computeIfAbsent(key, k -> new AtomicLong()).incrementAndGet();
    }

    private static Map<String, Long> snapshot(Map<String, AtomicLong> counts) {
        Map<String, Long> copy = new TreeMap<>();
        counts.forEach((key, value) -> copy.put(key, value.get()));
        return copy;
    }
}
