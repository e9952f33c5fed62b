package dev.tandem.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at both sides for what must cross, and tells when it has. */
final class Watch {
    private record Open(Crossing crossing, Story story, long since) {}

    private final Narrator narrator;
    private final List<Open> open = new ArrayList<>();
    private final Map<Crossing.To, Map<Crossing.Kind, Integer>> crossed = new EnumMap<>(Crossing.To.class);
    private Duration slowest = Duration.ZERO;

    Watch(Narrator narrator) {
        this.narrator = narrator;
    }

    void expect(Act act, Story story) {
        act.crossings().forEach(crossing -> open.add(new Open(crossing, story, System.nanoTime())));
    }

    void look() {
        for (Open one : List.copyOf(open)) {
            if (one.crossing().arrived().getAsBoolean()) {
                Duration took = Duration.ofNanos(System.nanoTime() - one.since());
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                crossed.computeIfAbsent(one.crossing().to(), to -> new EnumMap<>(Crossing.Kind.class))
                        .merge(one.crossing().kind(), 1, Integer::sum);
                narrator.crossed(one.crossing(), took);
                open.remove(one);
            }
        }
    }

    boolean awaitsNothing() {
        return open.isEmpty();
    }

    /** Those of which something is still under way. */
    Set<Story> stories() {
        Set<Story> stories = new HashSet<>();
        open.forEach(one -> stories.add(one.story()));
        return stories;
    }

    List<String> missing() {
        return open.stream().map(one -> one.crossing().words()).toList();
    }

    int crossed(Crossing.To to, Crossing.Kind kind) {
        return crossed.getOrDefault(to, Map.of()).getOrDefault(kind, 0);
    }

    int crossed() {
        return crossed.values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    Duration slowest() {
        return slowest;
    }
}
