package dev.tandem.sandbox.http;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Which calls came in, without their bodies. Counts go on for ever, the list keeps the newest. Thread-safe. */
public final class CallLog {
    private static final int KEPT = 200_000;

    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long number;

    synchronized void add(Instant at, Request request, int status, int outcome, Optional<String> fault) {
        calls.addLast(new Call(
                ++number,
                at,
                request.method(),
                request.template(),
                request.query(),
                status,
                outcome,
                fault,
                request.notes()));
        if (calls.size() > KEPT) {
            calls.removeFirst();
        }
        counts.merge(request.method() + " " + request.template(), 1L, Long::sum);
    }

    /** Calls of one route, such as {@code count("GET", "/api/v2/cases/:id")}, whatever became of them. */
    public synchronized long count(String method, String template) {
        return counts.getOrDefault(method + " " + template, 0L);
    }

    public synchronized long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Calls by {@code METHOD template}. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    public synchronized List<Call> list() {
        return new ArrayList<>(calls);
    }

    public List<Call> list(Predicate<Call> which) {
        return list().stream().filter(which).toList();
    }

    public List<Call> list(String method, String template) {
        return list(call -> call.method().equals(method) && call.template().equals(template));
    }

    public synchronized void clear() {
        calls.clear();
        counts.clear();
    }
}
