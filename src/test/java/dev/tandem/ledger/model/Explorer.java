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

    /** A state that was reached, the nearest way to it, and each way without a fault. */
    private static final class Reached {
        final State state;
        final Reached from;
        final String by;
        final List<Reached> before = new ArrayList<>(2);
        boolean getsToRest;

        Reached(State state, Reached from, String by) {
            this.state = state;
            this.from = from;
            this.by = by;
        }
    }

    private final Protocol protocol;
    private final Map<State, Reached> all = new HashMap<>();
    private final List<Reached> atRest = new ArrayList<>();

    Explorer(Protocol protocol) {
        this.protocol = protocol;
    }

    int states() {
        return all.size();
    }

    Optional<Breach> explore(State start) {
        Reached first = new Reached(start, null, "at first");
        all.put(start, first);
        ArrayDeque<Reached> next = new ArrayDeque<>(List.of(first));
        while (!next.isEmpty()) {
            Reached here = next.remove();
            for (Promise promise : Promise.values()) {
                if (!promise.holdsIn(here.state)) {
                    return breach(promise, here);
                }
            }
            boolean rests = true;
            for (Step step : protocol.from(here.state)) {
                Reached there = all.get(step.to());
                if (there == null) {
                    there = new Reached(step.to(), here, step.words());
                    all.put(step.to(), there);
                    next.add(there);
                }
                if (!step.fault()) {
                    rests = false;
                    there.before.add(here);
                }
            }
            if (rests) {
                atRest.add(here);
                if (!Promise.nothingIsLost(here.state)) {
                    return breach(Promise.NOTHING_LOST, here);
                }
            }
        }
        return neverAtRest();
    }

    /** Backwards from where all is done: what is not met on the way can never get there without another fault. */
    private Optional<Breach> neverAtRest() {
        ArrayDeque<Reached> next = new ArrayDeque<>(atRest);
        atRest.forEach(state -> state.getsToRest = true);
        while (!next.isEmpty()) {
            for (Reached earlier : next.remove().before) {
                if (!earlier.getsToRest) {
                    earlier.getsToRest = true;
                    next.add(earlier);
                }
            }
        }
        return all.values().stream()
                .filter(state -> !state.getsToRest)
                .findFirst()
                .flatMap(state -> breach(Promise.NOTHING_LOST, state));
    }

    private static Optional<Breach> breach(Promise promise, Reached at) {
        ArrayDeque<String> story = new ArrayDeque<>();
        for (Reached step = at; step.from != null; step = step.from) {
            story.addFirst(step.by);
        }
        return Optional.of(new Breach(promise, List.copyOf(story)));
    }
}
