package dev.tandem.ledger.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through every state that can be reached, the nearest first, so that a broken promise is shown in the fewest steps. */
final class Explorer {
    /** @param story the steps that lead there */
    record Breach(Promise promise, List<String> story) {
        @Override
        public String toString() {
            return promise + " is broken:\n  " + String.join("\n  ", story);
        }
    }

    private record Came(State from, String by) {}

    private final Protocol protocol;
    private final Map<State, Came> reached = new HashMap<>();
    private final Map<State, List<State>> before = new HashMap<>();
    private final List<State> atRest = new ArrayList<>();

    Explorer(Protocol protocol) {
        this.protocol = protocol;
    }

    int states() {
        return reached.size();
    }

    Optional<Breach> explore(State start) {
        ArrayDeque<State> next = new ArrayDeque<>(List.of(start));
        reached.put(start, new Came(null, "at first"));
        while (!next.isEmpty()) {
            State state = next.remove();
            for (Promise promise : Promise.values()) {
                if (!promise.holdsIn(state)) {
                    return breach(promise, state);
                }
            }
            boolean rests = true;
            for (Step step : protocol.from(state)) {
                if (!step.fault()) {
                    rests = false;
                    before.computeIfAbsent(step.to(), to -> new ArrayList<>(2)).add(state);
                }
                if (reached.putIfAbsent(step.to(), new Came(state, step.words())) == null) {
                    next.add(step.to());
                }
            }
            if (rests) {
                atRest.add(state);
                if (!Promise.nothingIsLost(state)) {
                    return breach(Promise.NOTHING_LOST, state);
                }
            }
        }
        return neverAtRest();
    }

    /** Backwards from where all is done: what is not met on the way can never get there without another fault. */
    private Optional<Breach> neverAtRest() {
        ArrayDeque<State> next = new ArrayDeque<>(atRest);
        Map<State, Boolean> getsThere = new HashMap<>();
        atRest.forEach(state -> getsThere.put(state, true));
        while (!next.isEmpty()) {
            for (State earlier : before.getOrDefault(next.remove(), List.of())) {
                if (getsThere.put(earlier, true) == null) {
                    next.add(earlier);
                }
            }
        }
        return reached.keySet().stream()
                .filter(state -> !getsThere.containsKey(state))
                .findFirst()
                .flatMap(state -> breach(Promise.NOTHING_LOST, state));
    }

    private Optional<Breach> breach(Promise promise, State state) {
        ArrayDeque<String> story = new ArrayDeque<>();
        for (Came came = reached.get(state); came.from() != null; came = reached.get(came.from())) {
            story.addFirst(came.by());
        }
        return Optional.of(new Breach(promise, List.copyOf(story)));
    }
}
