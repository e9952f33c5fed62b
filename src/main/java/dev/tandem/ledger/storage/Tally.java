package dev.tandem.ledger.storage;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What this process did since it started, by flow, kind and outcome. Counts only. */
public final class Tally {
    /** @param outcome {@code sent}, {@code already-there}, {@code parked}, {@code waiting}, {@code retry}, ... */
    public record Entry(String flow, String kind, String outcome) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return toString().compareTo(other.toString());
        }
    }

    private final Map<Entry, LongAdder> counts = new ConcurrentHashMap<>();

    public void count(String flow, String kind, String outcome) {
        count(flow, kind, outcome, 1);
    }

    /** Once what it counts is committed: a transaction that is retried, or fails, would count twice, or what never was. */
    public void count(String flow, String kind, String outcome, long times) {
        Transactions.afterCommit(() -> counts.computeIfAbsent(new Entry(flow, kind, outcome), entry -> new LongAdder())
                .add(times));
    }

    /** How often that happened; 0 if never. */
    public long count(Entry entry) {
        LongAdder count = counts.get(entry);
        return count == null ? 0 : count.sum();
    }

    /** A copy of the counts, in a fixed order. */
    public Map<Entry, Long> counts() {
        Map<Entry, Long> copy = new TreeMap<>();
        counts.forEach((entry, count) -> copy.put(entry, count.sum()));
        return copy;
    }
}
