package dev.tandem.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the checker found, by what it means. */
final class Findings {
    enum Sort {
        LOST("lost", true),
        DOUBLED("doubled without need or word", true),
        STALE("stale: one side does not show what the other decided", true),
        OVERWRITTEN("what a person entered is gone", true),
        WRONGLY_LINKED("wrongly linked", true),
        NOT_AT_REST("neither done nor listed", true),
        UNEXPLAINED("listed for no cause in either system", true),
        BROKEN("a process that ended badly", true),
        REPEATED("repeated, named, after an answer that was really lost", false),
        LISTED("listed for a person, with a cause", false);

        final String words;
        final boolean isFault;

        Sort(String words, boolean isFault) {
            this.words = words;
            this.isFault = isFault;
        }
    }

    private final Map<Sort, List<String>> found = new EnumMap<>(Sort.class);
    /** What was looked at. */
    final Map<String, Long> looked = new TreeMap<>();

    Findings() {
        for (Sort sort : Sort.values()) {
            found.put(sort, new ArrayList<>());
        }
    }

    void add(Sort sort, String what) {
        found.get(sort).add(what);
    }

    void looked(String at, long count) {
        looked.merge(at, count, Long::sum);
    }

    List<String> of(Sort sort) {
        return found.get(sort);
    }

    boolean sound() {
        return found.entrySet().stream()
                .noneMatch(entry -> entry.getKey().isFault && !entry.getValue().isEmpty());
    }

    /** The sorts of fault that there are. */
    List<Sort> faults() {
        return found.keySet().stream()
                .filter(sort -> sort.isFault && !found.get(sort).isEmpty())
                .toList();
    }
}
