package dev.tandem.sandbox.primero;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Which saves there were: names of users and fields, never values. */
final class WriteLog {
    private final Map<String, List<Write>> byCase = new ConcurrentHashMap<>();
    private final LongAdder effective = new LongAdder();

    void add(Write write) {
        byCase.compute(write.caseId(), (id, before) -> {
            List<Write> writes = before == null ? new ArrayList<>(2) : new ArrayList<>(before);
            writes.add(write);
            return writes;
        });
        if (write.hadEffect()) {
            effective.increment();
        }
    }

    List<Write> of(String caseId) {
        return List.copyOf(byCase.getOrDefault(caseId, List.of()));
    }

    List<Write> all(Predicate<Write> which) {
        return byCase.values().stream().flatMap(List::stream).filter(which).toList();
    }

    long effective() {
        return effective.sum();
    }
}
